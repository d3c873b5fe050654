//! JSON that is written piece by piece, because most of it is known beforehand.

use serde::Serialize;

/// A JSON text on its way. Whoever writes it sees to commas and brackets.
#[derive(Debug)]
pub(crate) struct Json(Vec<u8>);

impl Json {
    /// Nothing as yet, with room for that many bytes.
    pub(crate) fn with_capacity(bytes: usize) -> Json {
        Json(Vec::with_capacity(bytes))
    }

    /// Writes what is JSON already.
    pub(crate) fn raw(&mut self, json: &str) -> &mut Json {
        self.0.extend_from_slice(json.as_bytes());
        self
    }

    /// Writes a string.
    pub(crate) fn string(&mut self, text: &str) -> &mut Json {
        if !is_plain(text) {
            return self.value(text);
        }
        self.0.push(b'"');
        self.0.extend_from_slice(text.as_bytes());
        self.0.push(b'"');
        self
    }

    /// Writes a string or `null`.
    pub(crate) fn optional(&mut self, text: Option<&str>) -> &mut Json {
        match text {
            Some(text) => self.string(text),
            None => self.raw("null"),
        }
    }

    /// Writes a value whose serialization cannot fail: of strings, numbers, and maps with string keys.
    pub(crate) fn value<T: Serialize + ?Sized>(&mut self, value: &T) -> &mut Json {
        let _ = serde_json::to_writer(&mut self.0, value);
        self
    }

    /// The text.
    pub(crate) fn into_bytes(self) -> Vec<u8> {
        self.0
    }
}

/// Whether JSON has the text as it is (RFC 8259, section 7): no quotation mark, no backslash, no control character.
fn is_plain(text: &str) -> bool {
    // All bytes are looked at, many at a time, which is faster than to stop at the first one.
    let special = |byte: &u8| *byte < 0x20 || *byte == b'"' || *byte == b'\\';
    let mut chunks = text.as_bytes().chunks(1024);
    chunks.all(|chunk| {
        chunk
            .iter()
            .fold(true, |plain, byte| plain & !special(byte))
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn strings_are_those_of_serde(text in prop_oneof!["[ -~]{0,40}", "\\PC{0,40}", any::<String>()]) {
            let mut json = Json::with_capacity(0);
            json.string(&text);
            prop_assert_eq!(json.into_bytes(), serde_json::to_vec(&text).unwrap());
        }
    }

    #[test]
    fn special_characters_anywhere() {
        for special in ['"', '\\', '\n', '\0', '\u{1f}'] {
            for before in [0, 1, 1023, 1024, 5000] {
                let text = "a".repeat(before) + &special.to_string() + "b";
                let mut json = Json::with_capacity(0);
                json.string(&text);
                assert_eq!(json.into_bytes(), serde_json::to_vec(&text).unwrap());
            }
        }
    }

    #[test]
    fn nothing_is_null() {
        let mut json = Json::with_capacity(0);
        json.optional(None).raw(",").optional(Some("x"));
        assert_eq!(json.into_bytes(), b"null,\"x\"");
    }
}
