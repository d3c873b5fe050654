//! A value of the file, and where it stands.

use serde_json::Value;

use super::{KeyPath, Section};
use crate::{Problem, Refusal};

/// The longest text of a value that a message repeats, in characters.
const MAX_SHOWN: usize = 40;

/// A value that the file gives; never null, which is the same as nothing.
#[derive(Clone, Debug)]
pub(crate) struct Given<'a> {
    pub(crate) path: KeyPath,
    pub(crate) value: &'a Value,
}

impl<'a> Given<'a> {
    /// The value is none of its setting.
    pub(crate) fn refuse(&self, refusal: Refusal, problems: &mut Vec<Problem>) {
        problems.push(Problem {
            key: self.path.to_string(),
            value: shown(self.value),
            refusal,
        });
    }

    /// The same for a value that may be a secret: only its kind is told.
    pub(crate) fn refuse_secret(&self, refusal: Refusal, problems: &mut Vec<Problem>) {
        problems.push(Problem {
            key: self.path.to_string(),
            value: kind(self.value).to_owned(),
            refusal,
        });
    }

    /// The object that the value has to be.
    pub(crate) fn section(&self, problems: &mut Vec<Problem>) -> Option<Section<'a>> {
        match self.value {
            Value::Object(members) => Some(Section::new(self.path.clone(), members)),
            _ => {
                let refusal = Refusal::new("an object is expected", "write `{ .. }`");
                self.refuse_secret(refusal, problems);
                None
            }
        }
    }

    /// The elements of the list that the value has to be, of `what`.
    pub(crate) fn elements(
        &self,
        what: &str,
        problems: &mut Vec<Problem>,
    ) -> Option<Vec<Given<'a>>> {
        let Value::Array(elements) = self.value else {
            let refusal = Refusal::new(format!("a list of {what} is expected"), "write `[ .. ]`");
            self.refuse(refusal, problems);
            return None;
        };
        let given = |(index, value)| Given {
            path: self.path.index(index),
            value,
        };
        Some(elements.iter().enumerate().map(given).collect())
    }
}

/// A value for a message.
pub(crate) fn shown(value: &Value) -> String {
    match value {
        Value::Array(_) | Value::Object(_) => kind(value).to_owned(),
        _ => {
            let text = value.to_string();
            match text.char_indices().nth(MAX_SHOWN) {
                Some((end, _)) => format!("{}..", &text[..end]),
                None => text,
            }
        }
    }
}

/// What JSON calls it, without the value.
pub(crate) fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "a text",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}
