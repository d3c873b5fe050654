//! Values of fields.

use std::fmt;

use serde::Serialize;
use serde_json::Number;

/// A value, as a line has it.
///
/// Not `serde_json::Value`: its maps, which no field has, are code in every app.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
pub(super) enum FieldValue {
    /// A text.
    Text(String),
    /// A number.
    Number(Number),
    /// `true` or `false`.
    Bool(bool),
    /// The messages of an error and of what led to it.
    Messages(Vec<String>),
}

impl FieldValue {
    /// The text, if it is one.
    pub(super) fn as_str(&self) -> Option<&str> {
        match self {
            FieldValue::Text(text) => Some(text),
            _ => None,
        }
    }
}

/// As JSON.
impl fmt::Display for FieldValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            FieldValue::Number(number) => number.fmt(f),
            FieldValue::Bool(value) => value.fmt(f),
            // Texts and their lists are always JSON.
            value => f.write_str(&serde_json::to_string(value).unwrap_or_default()),
        }
    }
}

impl From<i64> for FieldValue {
    fn from(value: i64) -> FieldValue {
        FieldValue::Number(value.into())
    }
}

impl From<u64> for FieldValue {
    fn from(value: u64) -> FieldValue {
        FieldValue::Number(value.into())
    }
}

impl From<String> for FieldValue {
    fn from(value: String) -> FieldValue {
        FieldValue::Text(value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_shown_as_json() {
        let text = |text: &str| FieldValue::from(text.to_owned());
        let messages = FieldValue::Messages(vec!["a".to_owned(), "b\"".to_owned()]);
        let shown = [
            text("a \"b\"\n"),
            FieldValue::from(-7i64),
            FieldValue::Bool(true),
            messages,
        ]
        .map(|value| {
            let json = serde_json::to_string(&value).unwrap();
            assert_eq!(value.to_string(), json);
            json
        });
        assert_eq!(shown, [r#""a \"b\"\n""#, "-7", "true", r#"["a","b\""]"#]);
    }
}
