//! JSON in const evaluation.
//!
//! The same code measures and writes: without room for bytes it only counts. It has a slice, because
//! rustc would put a const generic into the types of all variables again in each call.

use crate::bytes::copy;

/// JSON that is measured or written.
pub(crate) struct Json<'b> {
    pub(crate) bytes: &'b mut [u8],
    pub(crate) length: usize,
}

impl<'b> Json<'b> {
    pub(crate) const fn new(bytes: &'b mut [u8]) -> Json<'b> {
        Json { bytes, length: 0 }
    }

    /// Text that is JSON, or a part of it.
    pub(crate) const fn raw(&mut self, text: &str) {
        let end = self.length + text.len();
        if end <= self.bytes.len() {
            copy(self.bytes, self.length, text.as_bytes());
        }
        self.length = end;
    }

    /// A list of strings.
    pub(crate) const fn strings(&mut self, texts: &[&str]) {
        self.raw("[");
        let mut at = 0;
        while at < texts.len() {
            if at > 0 {
                self.raw(",");
            }
            self.string(texts[at]);
            at += 1;
        }
        self.raw("]");
    }

    /// A JSON string (RFC 8259, 7).
    pub(crate) const fn string(&mut self, text: &str) {
        self.raw("\"");
        let bytes = text.as_bytes();
        let (mut start, mut at) = (0, 0);
        while at < bytes.len() {
            if at + 8 <= bytes.len()
                && let Some(block) = bytes.split_at(at).1.first_chunk::<8>()
                && !needs_escape(u64::from_le_bytes(*block))
            {
                at += 8;
                continue;
            }
            let byte = bytes[at];
            if byte == b'"' || byte == b'\\' || byte < 0x20 {
                self.raw(text.split_at(at).0.split_at(start).1);
                if byte < 0x20 {
                    self.raw("\\u00");
                    self.raw(if byte < 0x10 { "0" } else { "1" });
                    let digit = (byte & 15) as usize;
                    self.raw("0123456789abcdef".split_at(digit + 1).0.split_at(digit).1);
                } else {
                    self.raw(if byte == b'"' { "\\\"" } else { "\\\\" });
                }
                start = at + 1;
            }
            at += 1;
        }
        self.raw(text.split_at(start).1);
        self.raw("\"");
    }

    pub(crate) const fn number(&mut self, number: u32) {
        let mut digits = crate::text::Text::<10>::new();
        digits.push_number(number);
        self.raw(digits.as_str());
    }
}

/// Whether any of eight bytes is a quotation mark, a backslash or a control
/// character: the classic test for a zero byte, three times.
const fn needs_escape(block: u64) -> bool {
    const ONES: u64 = 0x0101_0101_0101_0101;
    const HIGH: u64 = 0x8080_8080_8080_8080;
    let quote = block ^ (ONES * b'"' as u64);
    let backslash = block ^ (ONES * b'\\' as u64);
    let hits = quote.wrapping_sub(ONES) & !quote
        | backslash.wrapping_sub(ONES) & !backslash
        | block.wrapping_sub(ONES * 0x20) & !block;
    hits & HIGH != 0
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn string(text: &str) -> String {
        let mut bytes = [0; 512];
        let mut json = Json::new(&mut bytes);
        json.string(text);
        let length = json.length;
        let mut measured = Json::new(&mut []);
        measured.string(text);
        assert_eq!(measured.length, length);
        String::from_utf8(bytes[..length].to_vec()).unwrap()
    }

    proptest! {
        #[test]
        fn strings_read_back(text in "(\\PC|[\\x00-\\x1f\"\\\\]){0,40}") {
            prop_assert_eq!(serde_json::from_str::<String>(&string(&text)).unwrap(), text);
        }
    }
}
