//! Lines for people.

use std::fmt;

use super::{
    escape::OneLine,
    invocation::{REQUEST_ID, ROUTE},
    line::Line,
    value::FieldValue,
};

/// The line, with its line break:
/// `2026-11-21T09:49:03.017Z  WARN [8476a536 GET /users/{id}] shop::users: no such user name="Zoë"`.
///
/// What the framework says of the invocation comes first, where no message can forge it.
pub(super) fn line(mut line: Line<'_>) -> String {
    let message = line.take_message();
    let mut text = format!("{} {:>5}", line.timestamp, line.level);
    let known: Vec<&str> = [REQUEST_ID, ROUTE]
        .iter()
        .filter_map(|key| line.invocation.get(key)?.as_str())
        .collect();
    if !known.is_empty() {
        text.push_str(&format!(" [{}]", known.join(" ")));
    }
    text.push_str(&format!(" {}: {message}", line.target));
    for (name, value) in line.fields.iter() {
        text.push_str(&format!(" {name}={}", Plain(value)));
    }
    format!("{}\n", OneLine(&text))
}

/// A value of a field. Text is in quotes where it could be taken for more than one field.
struct Plain<'a>(&'a FieldValue);

impl fmt::Display for Plain<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            FieldValue::Text(text) if is_a_word(text) => f.write_str(text),
            FieldValue::Messages(messages) => {
                write!(f, "{}", FieldValue::Text(messages.join(": ")))
            }
            value => write!(f, "{value}"),
        }
    }
}

fn is_a_word(text: &str) -> bool {
    !text.is_empty()
        && text
            .chars()
            .all(|character| character.is_alphanumeric() || "_-.:/+@".contains(character))
}
