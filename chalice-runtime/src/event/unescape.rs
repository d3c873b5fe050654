//! Decodes JSON strings.

use super::scan::{first, specials};

/// What the JSON string says whose inside begins at `at`, and where it ends, behind its quotation
/// mark; `None` for what is no JSON string.
///
/// Bodies are the longest texts of an event, and, being JSON themselves, have an escape every few bytes. So eight bytes
/// at a time are taken, and those from an escape on are taken back.
pub(super) fn unescape(json: &[u8], at: usize) -> Option<(usize, Vec<u8>)> {
    let mut rest = json.get(at..)?;
    // No escape is shorter than what it stands for; and there is room for a word at the end.
    let mut decoded = Vec::with_capacity(rest.len() + 8);
    while let Some(chunk) = rest.first_chunk::<8>() {
        let found = specials(u64::from_le_bytes(*chunk));
        decoded.extend_from_slice(chunk);
        if found == 0 {
            rest = &rest[8..];
            continue;
        }
        let length = first(found);
        decoded.truncate(decoded.len() - (8 - length));
        rest = &rest[length..];
        if let [b'"', after @ ..] = rest {
            return Some((json.len() - after.len(), decoded));
        }
        rest = escape(rest, &mut decoded)?;
    }
    loop {
        rest = match rest {
            [b'"', after @ ..] => return Some((json.len() - after.len(), decoded)),
            [b'\\', ..] => escape(rest, &mut decoded)?,
            [byte, after @ ..] => {
                decoded.push(*byte);
                after
            }
            [] => return None,
        };
    }
}

/// Decodes the escape that `rest` begins with, and returns what is behind it.
#[inline]
fn escape<'a>(rest: &'a [u8], decoded: &mut Vec<u8>) -> Option<&'a [u8]> {
    let [_, escaped, after @ ..] = rest else {
        return None;
    };
    if matches!(escaped, b'"' | b'\\') {
        decoded.push(*escaped);
        return Some(after);
    }
    rare_escape(rest, *escaped, decoded)
}

#[inline(never)]
fn rare_escape<'a>(rest: &'a [u8], escaped: u8, decoded: &mut Vec<u8>) -> Option<&'a [u8]> {
    let byte = match escaped {
        b'/' => b'/',
        b'n' => b'\n',
        b't' => b'\t',
        b'r' => b'\r',
        b'b' => 0x08,
        b'f' => 0x0C,
        b'u' => {
            let (character, length) = unicode(rest)?;
            decoded.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes());
            return rest.get(length..);
        }
        _ => return None,
    };
    decoded.push(byte);
    rest.get(2..)
}

/// The character that the escape stands for, alone or with the one behind it, and the length of both.
fn unicode(json: &[u8]) -> Option<(char, usize)> {
    let high = unit(json)?;
    if let Some(character) = char::from_u32(high) {
        return Some((character, 6));
    }
    // RFC 8259, 7: a character beyond U+FFFF is a pair of surrogates.
    let low = unit(json.get(6..)?)?;
    if !(0xD800..0xDC00).contains(&high) || !(0xDC00..0xE000).contains(&low) {
        return None;
    }
    let character = char::from_u32(0x1_0000 + ((high - 0xD800) << 10) + (low - 0xDC00))?;
    Some((character, 12))
}

/// The four digits of `\u0041`.
fn unit(json: &[u8]) -> Option<u32> {
    let digits = json.get(..6)?.strip_prefix(b"\\u")?;
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
            r#""\x""#,
            r#""\u12""#,
            r#""\u12g4""#,
            r#""\u+123""#,
            r#""\ud83d""#,
            r#""\ud83dx""#,
            r#""\ude00\ud83d""#,
            r#""\ud83d\u0041""#,
            "\"a",
            "\"\\",
            "\"\\u",
            "\"",
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
