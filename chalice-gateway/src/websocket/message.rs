//! Messages of clients.

use std::time::Duration;

use serde_json::{Map, Value};

use super::disconnect::Closing;
use super::notice;
use crate::Malformed;
use crate::limits::{INTEGRATION_TIMEOUT, MAX_LAMBDA_RESPONSE};
use crate::proxy_response;

/// A message of a client.
#[derive(Clone, Copy, Debug)]
pub enum ClientMessage<'a> {
    /// A text message.
    Text(&'a str),
    /// A binary message, which WebSocket APIs do not take.
    Binary,
}

/// What becomes of a message.
#[derive(Clone, Debug)]
pub enum MessageOutcome {
    /// The function of its route has to be invoked.
    Invoke(MessageInvocation),
    /// No route takes it: the client gets this text.
    Reply(String),
    /// The connection has to be closed.
    Close(Closing),
}

/// An invocation of the function that answers a message's route.
#[derive(Clone, Debug)]
pub struct MessageInvocation {
    /// The function's name within the app.
    pub function: String,
    /// The event, as JSON.
    pub event: Vec<u8>,
    /// API Gateway's id of the event.
    pub request_id: String,
    /// The route that was chosen.
    pub route_key: String,
    pub(super) connection_id: String,
}

impl MessageInvocation {
    /// Reads what the function returned, of which the client gets nothing, whatever its status code.
    ///
    /// # Errors
    ///
    /// Why API Gateway does not accept it; the client then gets
    /// [`function_error`](Self::function_error).
    pub fn try_answer(&self, payload: &[u8]) -> Result<(), Malformed> {
        read(payload).map(drop)
    }

    /// The text that the client gets when the function failed. The connection stays open.
    pub fn function_error(&self) -> String {
        self.notice("Internal server error")
    }

    /// The text that the client gets when the function did not return within its [`timeout`](Self::timeout).
    pub fn timed_out(&self) -> String {
        self.notice("Endpoint request timed out")
    }

    /// How long API Gateway waits for the function.
    pub fn timeout(&self) -> Duration {
        INTEGRATION_TIMEOUT
    }

    fn notice(&self, message: &str) -> String {
        notice::frame(message, &self.connection_id, &self.request_id)
    }
}

/// Reads what a function returned.
pub(super) fn read(payload: &[u8]) -> Result<http::Response<bytes::Bytes>, Malformed> {
    if payload.len() > MAX_LAMBDA_RESPONSE {
        return Err(Malformed::TooLarge {
            bytes: payload.len(),
        });
    }
    proxy_response::read(payload)
}

/// The value of the route selection expression `$request.body.action`: nothing
/// unless the message is a JSON object whose `action` is a string.
pub(super) fn action(text: &str) -> Option<String> {
    let mut members: Map<String, Value> = serde_json::from_str(text).ok()?;
    match members.remove("action")? {
        Value::String(action) => Some(action),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_action_is_a_string_in_an_object() {
        for (text, expected) in [
            (r#"{"action":"join","room":"a"}"#, Some("join")),
            (r#" { "action" : "" } "#, Some("")),
            (r#"{"action":"a","action":"b"}"#, Some("b")),
            (r#"{"action":1}"#, None),
            (r#"{"action":null}"#, None),
            (r#"{"Action":"join"}"#, None),
            (r#"{"data":{"action":"join"}}"#, None),
            (r#"["action"]"#, None),
            ("action", None),
            ("", None),
            (r#"{"action":"join""#, None),
        ] {
            assert_eq!(action(text).as_deref(), expected, "{text}");
        }
        let deep = format!(
            "{{\"action\":\"a\",\"b\":{}1{}}}",
            "[".repeat(60_000),
            "]".repeat(60_000)
        );
        assert_eq!(action(&deep), None);
    }

    proptest! {
        #[test]
        fn any_action_is_found(key in ".*", other in ".*") {
            let text = serde_json::json!({ "other": other, "action": key }).to_string();
            prop_assert_eq!(action(&text), Some(key));
        }

        #[test]
        fn no_text_is_too_strange(text in ".*") {
            action(&text);
        }
    }
}
