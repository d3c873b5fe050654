//! An open connection, as events and `@connections` tell it.

use std::net::IpAddr;
use std::time::SystemTime;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE;
use uuid::Uuid;

use crate::clock::Instant;

/// A connection between a client and a WebSocket API.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Connection {
    pub(super) id: String,
    pub(super) connected_at: Instant,
    pub(super) source_ip: IpAddr,
    pub(super) user_agent: Option<String>,
}

impl Connection {
    pub(super) fn new(
        source_ip: IpAddr,
        user_agent: Option<String>,
        now: SystemTime,
    ) -> Connection {
        Connection {
            id: new_id(),
            connected_at: Instant::at(now),
            source_ip,
            user_agent,
        }
    }

    /// The id, random, in the form of API Gateway's: `L0SM9cOFvHcCIhw=`.
    pub fn id(&self) -> &str {
        &self.id
    }
}

/// An id of a connection, a message or a request, in the form in which WebSocket
/// APIs have them: 11 bytes in base64's alphabet for URLs, with padding.
pub(super) fn new_id() -> String {
    // Bytes 6 and 8 of a random UUID are partly fixed; these are not.
    let random = Uuid::new_v4().into_bytes();
    let mut bytes = [0; 11];
    bytes[..6].copy_from_slice(&random[..6]);
    bytes[6..].copy_from_slice(&random[9..14]);
    URL_SAFE.encode(bytes)
}

/// Whether a text has the form of an id.
pub(super) fn is_id(text: &str) -> bool {
    !text.is_empty() && URL_SAFE.decode(text).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_have_the_form_of_aws_and_differ() {
        let ids: std::collections::HashSet<_> = (0..1000).map(|_| new_id()).collect();
        assert_eq!(ids.len(), 1000);
        assert!(
            ids.iter()
                .all(|id| id.len() == 16 && id.ends_with('=') && is_id(id))
        );
    }

    #[test]
    fn what_has_the_form_of_an_id() {
        for (text, expected) in [
            ("L0SM9cOFvHcCIhw=", true),
            ("ZmDx-dJ4FiACFkQ=", true),
            ("connection-1", true),
            ("", false),
            ("L0SM9cOFvHcCIhw", false),
            ("a/b", false),
            ("a b=", false),
        ] {
            assert_eq!(is_id(text), expected, "{text}");
        }
    }
}
