//! Characters that a line must not contain as they are.

use std::fmt::{self, Write as _};

/// Whether a character could end a line, steer a terminal, or show a line as
/// something that it is not: control characters, line and paragraph
/// separators, and those that reverse the direction of text.
fn is_deceptive(character: char) -> bool {
    character.is_control()
        || matches!(
            character,
            '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}'
        )
}

/// A text on one line: a line is an entry of CloudWatch Logs, and what a
/// client sent must not be able to start one.
pub(super) struct OneLine<'a>(pub(super) &'a str);

impl fmt::Display for OneLine<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for character in self.0.chars() {
            if is_deceptive(character) {
                write!(f, "{}", character.escape_default())?;
            } else {
                f.write_char(character)?;
            }
        }
        Ok(())
    }
}

/// JSON that means the same. JSON itself asks for an escape of U+0000 to
/// U+001F alone; outside of its strings it has no other deceptive character.
pub(super) fn json(json: String) -> String {
    if !json.chars().any(is_deceptive) {
        return json;
    }
    let mut escaped = String::with_capacity(json.len() + 16);
    for character in json.chars() {
        if is_deceptive(character) {
            // All of them are in the Basic Multilingual Plane: one unit of UTF-16 each.
            // Writing to a `String` does not fail.
            let _ = write!(escaped, "\\u{:04x}", u32::from(character));
        } else {
            escaped.push(character);
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_line_stays_one_line() {
        assert_eq!(
            OneLine("a\r\nERROR b\u{1b}[0m é\u{2028}\u{202e}").to_string(),
            r"a\r\nERROR b\u{1b}[0m é\u{2028}\u{202e}"
        );
    }

    proptest! {
        #[test]
        fn json_means_what_it_meant(text in any::<String>(), control in "[\u{7f}-\u{a0}\u{2028}-\u{202e}\n]*") {
            let value = serde_json::json!({ &control: text, "key": [&control] });
            let escaped = json(value.to_string());
            prop_assert!(!escaped.chars().any(is_deceptive), "{}", escaped);
            prop_assert_eq!(serde_json::from_str::<serde_json::Value>(&escaped).unwrap(), value);
        }

        #[test]
        fn no_text_has_a_deceptive_character(text in any::<String>()) {
            let escaped = OneLine(&text).to_string();
            prop_assert!(!escaped.chars().any(is_deceptive), "{}", escaped);
        }
    }
}
