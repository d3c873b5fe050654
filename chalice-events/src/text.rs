//! The text of a message.

use serde_json::Value;

/// The text of a message: a text as it is, or a [`Value`] written as JSON.
#[derive(Clone, Debug)]
pub struct MessageText(pub(super) String);

impl From<&str> for MessageText {
    fn from(text: &str) -> MessageText {
        MessageText(text.to_owned())
    }
}

impl From<String> for MessageText {
    fn from(text: String) -> MessageText {
        MessageText(text)
    }
}

impl From<Value> for MessageText {
    fn from(value: Value) -> MessageText {
        MessageText(value.to_string())
    }
}
