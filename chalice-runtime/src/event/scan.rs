//! Finds the members of JSON objects without reading what they hold.
//!
//! An event has hundreds of texts, of which a handler asks for a few. AWS Lambda passes on JSON only,
//! so what is skipped is not checked: ends of texts and of nested values are all that is looked for. What
//! is asked for is decoded, and checked, then.

use std::{borrow::Cow, ops::Range};

use super::text::Member;

/// The members of one object, in order.
#[derive(Clone, Debug)]
pub(super) struct Scanner<'a> {
    json: &'a str,
    at: usize,
    /// No member has been read.
    at_first: bool,
}

impl<'a> Scanner<'a> {
    /// At the first member of an object; `None` for any other JSON.
    pub(super) fn object(json: &'a str) -> Option<Scanner<'a>> {
        let mut scanner = Scanner {
            json,
            at: 0,
            at_first: true,
        };
        scanner.skip_space();
        scanner.pass(b'{')?;
        Some(scanner)
    }

    /// The name of the next member, undecoded; then its value is next. `Some(None)` at the end of the object.
    pub(super) fn name(&mut self) -> Option<Option<&'a str>> {
        self.skip_space();
        if self.pass(b'}').is_some() {
            return Some(None);
        }
        if !self.at_first {
            self.pass(b',')?;
            self.skip_space();
        }
        self.at_first = false;
        let name = self.string()?;
        self.skip_space();
        self.pass(b':')?;
        self.skip_space();
        let inside = name.start + 1..name.end - 1;
        self.json.get(inside).map(Some)
    }

    /// Passes over a value.
    pub(super) fn value(&mut self) -> Option<Member<'a>> {
        let range = match self.byte()? {
            b'"' => self.string()?,
            b'{' | b'[' => self.nested()?,
            _ => self.literal()?,
        };
        self.json.get(range).map(Member)
    }

    /// Passes over a text and decodes it on the way, where it has escapes: `None` beside it where it
    /// says what is there.
    pub(super) fn decoded_string(&mut self) -> Option<(Member<'a>, Option<Vec<u8>>)> {
        let bytes = self.json.as_bytes();
        let start = self.at;
        let special = special(bytes, start + 1)?;
        let (end, decoded) = match bytes.get(special)? {
            b'"' => (special + 1, None),
            _ => {
                let (end, decoded) = super::unescape::unescape(bytes, start + 1)?;
                (end, Some(decoded))
            }
        };
        self.at = end;
        let text = self.json.get(start..end)?;
        Some((Member(text), decoded))
    }

    /// The members of the object that is next, in the hands of `read`, which has to take all of them.
    pub(super) fn nested_object<T>(
        &mut self,
        read: impl FnOnce(&mut Scanner<'a>) -> Option<T>,
    ) -> Option<(Member<'a>, T)> {
        let start = self.at;
        let mut inner = Scanner {
            json: self.json,
            at: start,
            at_first: true,
        };
        inner.pass(b'{')?;
        let value = read(&mut inner)?;
        self.at = inner.at;
        let text = self.json.get(start..inner.at)?;
        Some((Member(text), value))
    }

    /// The elements of the array that is next, in the hands of `read`, which has to pass over each.
    pub(super) fn elements(
        &mut self,
        mut read: impl FnMut(&mut Scanner<'a>) -> Option<()>,
    ) -> Option<()> {
        self.pass(b'[')?;
        self.skip_space();
        if self.pass(b']').is_some() {
            return Some(());
        }
        loop {
            read(self)?;
            self.skip_space();
            if self.pass(b']').is_some() {
                return Some(());
            }
            self.pass(b',')?;
            self.skip_space();
        }
    }

    /// Passes over a text, and says whether it has escapes.
    pub(super) fn text(&mut self) -> Option<(Member<'a>, bool)> {
        let bytes = self.json.as_bytes();
        let start = self.at;
        self.pass(b'"')?;
        let special = special(bytes, self.at)?;
        let has_escapes = bytes.get(special) == Some(&b'\\');
        self.at = match has_escapes {
            true => string_end(bytes, special)?,
            false => special + 1,
        };
        let text = self.json.get(start..self.at)?;
        Some((Member(text), has_escapes))
    }

    /// Whether the value that is next begins with that byte.
    pub(super) fn is_next(&self, byte: u8) -> bool {
        self.byte() == Some(byte)
    }

    /// Whether nothing follows.
    pub(super) fn is_at_end(&mut self) -> bool {
        self.skip_space();
        self.at == self.json.len()
    }

    fn byte(&self) -> Option<u8> {
        self.json.as_bytes().get(self.at).copied()
    }

    fn pass(&mut self, byte: u8) -> Option<()> {
        self.is_next(byte).then(|| self.at += 1)
    }

    fn skip_space(&mut self) {
        while let Some(b' ' | b'\n' | b'\r' | b'\t') = self.byte() {
            self.at += 1;
        }
    }

    /// From quotation mark to quotation mark.
    fn string(&mut self) -> Option<Range<usize>> {
        let start = self.at;
        self.pass(b'"')?;
        self.at = string_end(self.json.as_bytes(), self.at)?;
        Some(start..self.at)
    }

    fn nested(&mut self) -> Option<Range<usize>> {
        let bytes = self.json.as_bytes();
        let (start, mut at, mut depth) = (self.at, self.at, 0_usize);
        loop {
            match *bytes.get(at)? {
                b'"' => at = string_end(bytes, at + 1)?,
                b'{' | b'[' => {
                    depth += 1;
                    at += 1;
                }
                b'}' | b']' => {
                    depth -= 1;
                    at += 1;
                    if depth == 0 {
                        self.at = at;
                        return Some(start..at);
                    }
                }
                _ => at += 1,
            }
        }
    }

    fn literal(&mut self) -> Option<Range<usize>> {
        let start = self.at;
        while !matches!(
            self.byte()?,
            b',' | b'}' | b']' | b' ' | b'\n' | b'\r' | b'\t'
        ) {
            self.at += 1;
        }
        let is_known = match self.json.get(start..self.at)? {
            "null" | "true" | "false" => true,
            other => other.starts_with(|first: char| first == '-' || first.is_ascii_digit()),
        };
        is_known.then_some(start..self.at)
    }
}

impl<'a> Iterator for Scanner<'a> {
    type Item = (Cow<'a, str>, Member<'a>);

    /// The next member, its name decoded.
    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let name = self.name()??;
            let value = self.value()?;
            if !name.contains('\\') {
                return Some((Cow::Borrowed(name), value));
            }
            if let Ok(name) = serde_json::from_str(&format!("\"{name}\"")) {
                return Some((Cow::Owned(name), value));
            }
        }
    }
}

/// Behind the quotation mark that ends the text whose inside is at `at`.
fn string_end(bytes: &[u8], mut at: usize) -> Option<usize> {
    loop {
        at = special(bytes, at)?;
        match bytes.get(at)? {
            b'"' => return Some(at + 1),
            // A backslash, and what it escapes.
            _ => at += 2,
        }
    }
}

/// Where the next quotation mark or backslash is, from `at` on.
pub(super) fn special(bytes: &[u8], mut at: usize) -> Option<usize> {
    while let Some(chunk) = bytes.get(at..)?.first_chunk() {
        let found = specials(u64::from_le_bytes(*chunk));
        if found != 0 {
            return Some(at + first(found));
        }
        at += 8;
    }
    let rest = bytes.get(at..)?;
    let found = rest.iter().position(|byte| matches!(byte, b'"' | b'\\'))?;
    Some(at + found)
}

/// A bit for the first quotation mark or backslash in a word, and perhaps for others behind it.
pub(super) fn specials(word: u64) -> u64 {
    const ONES: u64 = u64::from_ne_bytes([1; 8]);
    const HIGH: u64 = ONES << 7;
    // Of a byte that is zero, and of no byte before it, the highest bit is left.
    let zeros = |word: u64| word.wrapping_sub(ONES) & !word & HIGH;
    zeros(word ^ (ONES * b'"' as u64)) | zeros(word ^ (ONES * b'\\' as u64))
}

/// The byte that the lowest bit of `found` belongs to, in a little-endian word.
pub(super) fn first(found: u64) -> usize {
    (found.trailing_zeros() / 8) as usize
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::{Value, json};

    use super::*;
    use crate::event::tests::any_event;

    fn members(json: &str) -> Vec<(String, Value)> {
        let members = Scanner::object(json).into_iter().flatten();
        members
            .map(|(name, value)| (name.into_owned(), serde_json::from_str(value.0).unwrap()))
            .collect()
    }

    #[test]
    fn members_are_found_in_order() {
        let json = "\n { \"a\\u0062\" : [1, {\"]\": \"}\"}] ,\"\":\"\\\"\\\\\" , \"c\":-1.5e3\t, \"d\" : null } ";
        let expected = [
            ("ab", json!([1, { "]": "}" }])),
            ("", json!("\"\\")),
            ("c", json!(-1500.0)),
            ("d", json!(null)),
        ];
        assert_eq!(
            members(json),
            expected.map(|(name, value)| (name.to_owned(), value))
        );
        assert_eq!(members("{}"), []);
        for none in ["[]", "\"{}\"", "", "null", "17"] {
            assert!(Scanner::object(none).is_none(), "{none}");
        }
    }

    #[test]
    fn what_is_no_json_ends_the_members() {
        for bad in [
            "{",
            "{\"",
            "{\"a",
            "{\"a\"",
            "{\"a\":",
            "{\"a\":}",
            "{\"a\":\"",
            "{\"a\":\"\\",
            "{\"a\":\"\\\"",
            "{\"a\":[",
            "{\"a\":nul}",
            "{\"a\":1",
            "{\"a\" 1}",
            "{a:1}",
            "{,}",
            "{\"a\":x}",
        ] {
            assert_eq!(members(bad), [], "{bad}");
        }
        assert_eq!(members("{\"a\":1 \"b\":2}").len(), 1);
    }

    proptest! {
        #[test]
        fn the_next_special_byte_is_found(bytes in "[a-d\"\\\\é\u{7f}]{0,60}", at in 0..60usize) {
            let bytes = bytes.as_bytes();
            let rest = bytes.get(at..);
            let expected = rest.and_then(|rest| rest.iter().position(|byte| b"\"\\".contains(byte)));
            prop_assert_eq!(special(bytes, at), expected.map(|found| at + found));
        }

        #[test]
        fn no_byte_but_two_is_special(before in prop::collection::vec(any::<u8>(), 0..40), byte: u8) {
            let plain = |byte: &u8| !matches!(byte, b'"' | b'\\');
            let mut bytes: Vec<u8> = before.into_iter().filter(plain).collect();
            bytes.push(byte);
            bytes.extend([b'x'; 20]);
            let expected = bytes.iter().position(|byte| !plain(byte));
            prop_assert_eq!(special(&bytes, 0), expected);
        }

        #[test]
        fn members_are_those_that_serde_finds(event in any_event(), pretty in any::<bool>()) {
            let json = if pretty { format!("{event:#}") } else { event.to_string() };
            let found: serde_json::Map<String, Value> = members(&json).into_iter().collect();
            prop_assert_eq!(&Value::Object(found), &event);
            let mut scanner = Scanner::object(&json).unwrap();
            while let Some(Some(_)) = scanner.name() {
                scanner.value().unwrap();
            }
            prop_assert!(scanner.is_at_end());
        }

        #[test]
        fn any_text_can_be_scanned(json in "[{}\\[\\]\":,\\\\a1n é]{0,40}") {
            for (_, value) in Scanner::object(&json).into_iter().flatten() {
                prop_assert!(json.contains(value.0));
            }
        }
    }
}
