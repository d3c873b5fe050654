//! What an app sends to a client.

use bytes::Bytes;
use serde::de::DeserializeOwned;

/// A message that the app has sent to a connection; see [`Socket::receive`](super::Socket::receive).
///
/// It can be compared to a text: `assert_eq!(socket.receive().await.unwrap(), "hello")`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SocketMessage {
    /// A text: whatever the app has sent that is UTF-8.
    Text(String),
    /// Bytes that are not UTF-8.
    Binary(Bytes),
}

impl SocketMessage {
    /// The message as text.
    ///
    /// # Panics
    ///
    /// When it is not UTF-8.
    #[track_caller]
    pub fn text(&self) -> &str {
        match self {
            SocketMessage::Text(text) => text,
            SocketMessage::Binary(bytes) => {
                panic!(
                    "the message is no text, but {} bytes: {}",
                    bytes.len(),
                    bytes.escape_ascii()
                )
            }
        }
    }

    /// The message as bytes.
    pub fn bytes(&self) -> &[u8] {
        match self {
            SocketMessage::Text(text) => text.as_bytes(),
            SocketMessage::Binary(bytes) => bytes,
        }
    }

    /// The message, from JSON.
    ///
    /// # Panics
    ///
    /// When it is not JSON of a `T`.
    #[track_caller]
    pub fn json<T: DeserializeOwned>(&self) -> T {
        match serde_json::from_slice(self.bytes()) {
            Ok(value) => value,
            Err(error) => panic!(
                "the message is not the JSON that is expected: {error}: {}",
                self.bytes().escape_ascii()
            ),
        }
    }
}

impl PartialEq<str> for SocketMessage {
    fn eq(&self, text: &str) -> bool {
        matches!(self, SocketMessage::Text(message) if message == text)
    }
}

impl PartialEq<&str> for SocketMessage {
    fn eq(&self, text: &&str) -> bool {
        *self == **text
    }
}
