//! Decodes JSON strings.

use super::scan::{first, specials};

/// What the JSON string says whose inside begins at `at`, and where it ends, behind its quotation
/// mark; `None` for what is no JSON string.
///
/// Bodies are the longest texts of an event, and, being JSON themselves, have an escape every few bytes. They are
/// taken eight bytes at a time, of which those behind an escape are overwritten.
pub(super) fn unescape(json: &[u8], mut at: usize) -> Option<(usize, Vec<u8>)> {
    // No escape is shorter than what it stands for; and there is room for a word at the end.
    let mut decoded = vec![0; json.len().checked_sub(at)? + 8];
    let mut to = 0;
    loop {
        while let Some(chunk) = json.get(at..)?.first_chunk::<8>() {
            decoded.get_mut(to..to + 8)?.copy_from_slice(chunk);
            let found = specials(u64::from_le_bytes(*chunk));
            let length = if found == 0 { 8 } else { first(found) };
            at += length;
            to += length;
            if found != 0 {
                break;
            }
        }
        match *json.get(at)? {
            b'"' => {
                decoded.truncate(to);
                return Some((at + 1, decoded));
            }
            b'\\' => {
                let simple = match *json.get(at + 1)? {
                    escaped @ (b'"' | b'\\' | b'/') => escaped,
                    b'n' => b'\n',
                    b't' => b'\t',
                    b'r' => b'\r',
                    b'b' => 0x08,
                    b'f' => 0x0C,
                    b'u' => {
                        let (character, length) = unicode(json, at)?;
                        let encoded = decoded.get_mut(to..to + character.len_utf8())?;
                        to += character.encode_utf8(encoded).len();
                        at += length;
                        continue;
                    }
                    _ => return None,
                };
                *decoded.get_mut(to)? = simple;
                to += 1;
                at += 2;
            }
            // One of the last bytes, which are no whole word.
            byte => {
                *decoded.get_mut(to)? = byte;
                to += 1;
                at += 1;
            }
        }
    }
}

/// The character that the escape at `at` stands for, alone or with the one behind it, and the length of both.
fn unicode(json: &[u8], at: usize) -> Option<(char, usize)> {
    let high = unit(json, at)?;
    if let Some(character) = char::from_u32(high) {
        return Some((character, 6));
    }
    // RFC 8259, 7: a character beyond U+FFFF is a pair of surrogates.
    let low = unit(json, at + 6)?;
    if !(0xD800..0xDC00).contains(&high) || !(0xDC00..0xE000).contains(&low) {
        return None;
    }
    let character = char::from_u32(0x1_0000 + ((high - 0xD800) << 10) + (low - 0xDC00))?;
    Some((character, 12))
}

/// The four digits of `\u0041`.
fn unit(json: &[u8], at: usize) -> Option<u32> {
    let digits = json.get(at..at + 6)?.strip_prefix(b"\\u")?;
    digits.iter().try_fold(0, |unit, digit| {
        Some(unit << 4 | char::from(*digit).to_digit(16)?)
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn decoded(json: &str) -> Option<(usize, String)> {
        let (end, decoded) = unescape(json.as_bytes(), 1)?;
        Some((end, String::from_utf8(decoded).unwrap()))
    }

    #[test]
    fn escapes_are_those_of_json() {
        let all = r#""\"\\\/\b\f\n\r\t\u0041\u00e9\ud83d\uDE00\u0000""#;
        let expected = "\"\\/\u{8}\u{C}\n\r\tAé😀\0".to_owned();
        assert_eq!(decoded(all), Some((all.len(), expected)));
        for bad in [
            r#""\x""#, r#""\u12""#, r#""\u12g4""#, r#""\u+123""#, r#""\ud83d""#, r#""\ud83dx""#,
            r#""\ude00\ud83d""#, r#""\ud83d\u0041""#, "\"a", "\"\\", "\"\\u", "\"",
        ] {
            assert_eq!(decoded(bad), None, "{bad}");
        }
    }

    proptest! {
        #[test]
        fn what_serde_writes_is_read(text in any::<String>(), behind in any::<String>()) {
            let json = serde_json::to_string(&text).unwrap();
            let found = decoded(&format!("{json}{behind}"));
            prop_assert_eq!(found, Some((json.len(), text)));
        }

        #[test]
        fn what_serde_reads_is_read_alike(inside in "([a\\\\/bfnrtué]|\\\\\\\\u[0-9a-fD8]{4}|\\\\\\\\[a-z\"]){0,20}") {
            let json = format!("\"{inside}\"");
            if let Ok(text) = serde_json::from_str::<String>(&json) {
                prop_assert_eq!(decoded(&json), Some((json.len(), text)));
            }
        }
    }
}
