//! Nicknames and the names of rooms.

/// How many characters a name may have: 200 bytes at most, of the 1,024 that a sort key of Amazon DynamoDB takes.
pub(crate) const MAX_LENGTH: usize = 50;

/// The name without the white space around it; none if it is empty, too long, or could pass for something else that
/// the chat says, because it breaks the line.
pub(crate) fn name(text: &str) -> Option<&str> {
    let name = text.trim();
    let length = name.chars().count();
    let fits = (1..=MAX_LENGTH).contains(&length) && !name.chars().any(char::is_control);
    fits.then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names() {
        let longest = "é".repeat(MAX_LENGTH);
        for text in ["John", "Mary Ann", "日本", "_", &longest] {
            assert_eq!(name(text), Some(text));
            assert_eq!(name(&format!(" {text}\r\n")), Some(text));
        }
        let too_long = "x".repeat(MAX_LENGTH + 1);
        for text in ["", " ", "\n", "John\nJenny: Hi", "a\u{0}b", &too_long] {
            assert_eq!(name(text), None, "{text:?}");
        }
    }
}
