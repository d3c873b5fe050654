//! Filters of keys: their prefix and their suffix.

use super::S3Error;

/// The most characters of a prefix or a suffix. Amazon S3, `FilterRule`.
pub const MAX_FILTER_LENGTH: usize = 1024;

/// Checks the prefix of a notification's keys.
///
/// # Errors
///
/// When no key matches it.
///
/// ```
/// use chalice_core::event_source::s3::prefix;
/// assert_eq!(prefix("images/"), Ok(()));
/// assert!(prefix("images/*").unwrap_err().to_string().ends_with("write \"images/\""));
/// ```
pub fn prefix(text: &str) -> Result<(), S3Error> {
    let scheme = text.split_once("://").map(|(scheme, _)| scheme);
    if matches!(scheme, Some("s3" | "https" | "http")) {
        return Err(S3Error::Url {
            text: text.to_owned(),
        });
    }
    check("prefix", text)
}

/// Checks the suffix of a notification's keys.
///
/// # Errors
///
/// When no key matches it.
pub fn suffix(text: &str) -> Result<(), S3Error> {
    check("suffix", text)
}

fn check(filter: &'static str, text: &str) -> Result<(), S3Error> {
    let characters = text.chars().count();
    if characters > MAX_FILTER_LENGTH {
        return Err(S3Error::TooLong { filter, characters });
    }
    if text.contains('*') {
        return Err(S3Error::Wildcard {
            filter,
            text: text.to_owned(),
        });
    }
    match text
        .char_indices()
        .find(|(at, character)| !is_encoded(*character, &text[*at..]))
    {
        Some((_, character)) => Err(S3Error::Unencoded {
            filter,
            character,
            encoded: encode(text),
        }),
        None => Ok(()),
    }
}

/// Whether `character`, with which `rest` begins, occurs in a URL-encoded key.
fn is_encoded(character: char, rest: &str) -> bool {
    match character {
        '/' | '!' | '-' | '_' | '.' | '\'' | '(' | ')' | '+' => true,
        '%' => {
            let digits = rest.as_bytes().get(1..3);
            digits.is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit))
        }
        _ => character.is_ascii_alphanumeric(),
    }
}

/// `text` with everything encoded that is not yet.
fn encode(text: &str) -> String {
    let mut encoded = String::new();
    for (at, character) in text.char_indices() {
        if is_encoded(character, &text[at..]) {
            encoded.push(character);
        } else if character == ' ' {
            encoded.push('+');
        } else {
            for byte in character.to_string().bytes() {
                encoded.push_str(&format!("%{byte:02X}"));
            }
        }
    }
    encoded
}

/// What keys have to begin or end with that are not URL-encoded, as those in events of Amazon EventBridge: the filter
/// with each `+` and `%XX` as what it stands for. `None` if the bytes are no text, so that no comparison of texts can
/// stand for the filter.
///
/// ```
/// use chalice_core::event_source::s3::decoded;
/// assert_eq!(decoded("my+photos/%C3%A9").as_deref(), Some("my photos/é"));
/// assert_eq!(decoded("%C3"), None);
/// ```
pub fn decoded(filter: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(filter.len());
    let mut rest = filter.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        rest = after;
        let escaped = match after {
            [high, low, ..] if byte == b'%' => hexadecimal(*high, *low),
            _ => None,
        };
        bytes.push(match (byte, escaped) {
            (_, Some(escaped)) => {
                rest = &after[2..];
                escaped
            }
            (b'+', _) => b' ',
            (byte, _) => byte,
        });
    }
    String::from_utf8(bytes).ok()
}

/// The byte that two hexadecimal digits stand for.
fn hexadecimal(high: u8, low: u8) -> Option<u8> {
    let digit = |byte: u8| char::from(byte).to_digit(16);
    u8::try_from(digit(high)? * 16 + digit(low)?).ok()
}

/// Whether some key matches two filters at once. An empty text filters nothing.
///
/// Amazon S3 refuses two notifications of a bucket whose events and filters both overlap.
pub const fn filters_overlap(
    prefix: &str,
    suffix: &str,
    other_prefix: &str,
    other_suffix: &str,
) -> bool {
    let (a, b) = (prefix.as_bytes(), other_prefix.as_bytes());
    let mut at = 0;
    while at < a.len() && at < b.len() {
        if a[at] != b[at] {
            return false;
        }
        at += 1;
    }
    let (a, b) = (suffix.as_bytes(), other_suffix.as_bytes());
    let mut at = 1;
    while at <= a.len() && at <= b.len() {
        if a[a.len() - at] != b[b.len() - at] {
            return false;
        }
        at += 1;
    }
    true
}

/// Whether a notification with this prefix and suffix is sent for `encoded_key`,
/// a key in the form that it has in events.
pub fn key_matches(prefix: &str, suffix: &str, encoded_key: &str) -> bool {
    encoded_key.starts_with(prefix) && encoded_key.ends_with(suffix)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn problem(result: Result<(), S3Error>) -> String {
        result.unwrap_err().to_string()
    }

    #[test]
    fn what_keys_match() {
        for text in ["", "images/", "year%3D2026/", "a+b", "/leading", ".tar.gz"] {
            assert_eq!(prefix(text), Ok(()));
            assert_eq!(suffix(text), Ok(()));
        }
    }

    #[test]
    fn wildcards() {
        assert!(problem(prefix("images/*")).ends_with("write \"images/\""));
        assert!(problem(suffix("*.jpg")).ends_with("write \".jpg\""));
        assert!(problem(prefix("*")).contains("leave out `prefix`"));
        assert!(problem(suffix("a*b")).contains("in the handler"));
    }

    #[test]
    fn encoding() {
        assert!(problem(prefix("my photos/")).ends_with("write \"my+photos/\""));
        assert!(problem(prefix("year=2026/")).ends_with("write \"year%3D2026/\""));
        assert!(problem(suffix("é")).ends_with("write \"%C3%A9\""));
        assert!(problem(prefix("100%/")).ends_with("write \"100%25/\""));
        assert!(problem(prefix("s3://photos/cats/")).ends_with("\"cats/\""));
        assert!(problem(prefix(&"a".repeat(1025))).contains("1025 characters"));
    }

    #[test]
    fn decoding() {
        assert_eq!(decoded("a+b%2Bc%2fd").as_deref(), Some("a b+c/d"));
        assert_eq!(decoded("100%25").as_deref(), Some("100%"));
        for stays in ["100%", "%z1", "%1", "é"] {
            assert_eq!(decoded(stays).as_deref(), Some(stays));
        }
        for half in ["%F0%9F", "%A9x"] {
            assert_eq!(decoded(half), None);
        }
    }

    proptest! {
        #[test]
        fn the_mended_filter_is_right(text in "[ -~é]{0,30}") {
            if let Err(S3Error::Unencoded { encoded, .. }) = suffix(&text) {
                prop_assert_eq!(suffix(&encoded), Ok(()));
            }
        }

        #[test]
        fn what_is_encoded_is_decoded(text in "[ -*,-~é🦀]{0,30}") {
            let encoded = encode(&text.replace('%', "%25"));
            prop_assert_eq!(decoded(&encoded), Some(text));
        }

        #[test]
        fn overlapping_filters_have_a_common_key(
            prefixes in ("[ab]{0,3}", "[ab]{0,3}"),
            suffixes in ("[ab]{0,3}", "[ab]{0,3}"),
        ) {
            let longest = |a: &String, b: &String| if a.len() > b.len() { a.clone() } else { b.clone() };
            let key = longest(&prefixes.0, &prefixes.1) + "-" + &longest(&suffixes.0, &suffixes.1);
            let common = key_matches(&prefixes.0, &suffixes.0, &key) && key_matches(&prefixes.1, &suffixes.1, &key);
            prop_assert_eq!(filters_overlap(&prefixes.0, &suffixes.0, &prefixes.1, &suffixes.1), common);
        }
    }
}
