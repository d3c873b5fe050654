//! The open connections, and what `@connections` does with them.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::SystemTime;

use bytes::Bytes;
use http::{Response, StatusCode};

use super::connection::Connection;
use super::disconnect::Closing;
use super::management::{self, Command, Verb};
use crate::clock::Instant;
use crate::limits::MAX_WEBSOCKET_MESSAGE;

/// A message to a client.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ServerMessage {
    /// A text message.
    Text(String),
    /// A binary message: what a function has sent is not UTF-8.
    Binary(Bytes),
}

impl From<Bytes> for ServerMessage {
    /// The message that a function has sent as bytes.
    fn from(bytes: Bytes) -> ServerMessage {
        match String::from_utf8(bytes.into()) {
            Ok(text) => ServerMessage::Text(text),
            Err(error) => ServerMessage::Binary(error.into_bytes().into()),
        }
    }
}

/// Carries messages to the client of one connection. Neither of the methods waits.
pub trait Carrier {
    /// Takes a message for the client.
    ///
    /// # Errors
    ///
    /// The message will not reach the client.
    fn send(&self, message: ServerMessage) -> Result<(), Undelivered>;

    /// Closes the connection, after the messages that it has taken.
    fn close(&self, closing: Closing);
}

/// Why a message does not reach a client.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Undelivered {
    /// The client is gone: a 410.
    Gone,
    /// The client does not read, and too many messages are waiting for it: a 429.
    Full,
}

/// The open connections, by id, each with its carrier.
#[derive(Debug)]
pub struct Connections<C> {
    open: Mutex<HashMap<String, Open<C>>>,
}

#[derive(Debug)]
struct Open<C> {
    connection: Connection,
    last_active: Instant,
    carrier: C,
}

impl<C> Default for Connections<C> {
    /// None.
    fn default() -> Connections<C> {
        Connections {
            open: Mutex::default(),
        }
    }
}

impl<C: Carrier> Connections<C> {
    /// Adds a connection, which from now on can be sent messages. The client has
    /// to learn of it only then, so that its first message finds it open.
    pub fn add(&self, connection: Connection, carrier: C) {
        let open = Open {
            last_active: connection.connected_at,
            carrier,
            connection,
        };
        self.lock().insert(open.connection.id.clone(), open);
    }

    /// Notes that something came from the client, for `lastActiveAt`.
    pub fn touch(&self, connection_id: &str, now: SystemTime) {
        if let Some(open) = self.lock().get_mut(connection_id) {
            open.last_active = Instant::at(now);
        }
    }

    /// Removes a connection that is gone; whether it was there.
    pub fn remove(&self, connection_id: &str) -> bool {
        self.lock().remove(connection_id).is_some()
    }

    /// How many connections are open.
    pub fn len(&self) -> usize {
        self.lock().len()
    }

    /// Whether no connection is open.
    pub fn is_empty(&self) -> bool {
        self.lock().is_empty()
    }

    /// Closes all connections.
    pub fn close_all(&self, closing: &Closing) {
        for (_, open) in self.lock().drain() {
            open.carrier.close(closing.clone());
        }
    }

    /// Does what a request to `@connections` asks for at the time `now`; `body` is the request's.
    ///
    /// A connection that is not open is a 410, whether it was so before or not;
    /// after `DELETE`, it is not.
    pub fn execute(&self, command: &Command, body: Bytes, now: SystemTime) -> Response<Bytes> {
        let id = &command.connection_id;
        let mut connections = self.lock();
        let Some(open) = connections.get_mut(id) else {
            return management::gone();
        };
        match command.verb {
            Verb::Get => management::info(&open.connection, open.last_active),
            Verb::Post if body.len() > MAX_WEBSOCKET_MESSAGE => management::payload_too_large(),
            Verb::Post => match open.carrier.send(body.into()) {
                Ok(()) => {
                    open.last_active = Instant::at(now);
                    management::success(StatusCode::OK)
                }
                Err(Undelivered::Full) => management::limit_exceeded(),
                Err(Undelivered::Gone) => {
                    connections.remove(id);
                    management::gone()
                }
            },
            Verb::Delete => {
                open.carrier.close(Closing::by_function());
                connections.remove(id);
                management::success(StatusCode::NO_CONTENT)
            }
        }
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<String, Open<C>>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;
    use std::rc::Rc;
    use std::time::{Duration, UNIX_EPOCH};

    use super::*;

    /// Keeps what it is given, up to three messages.
    #[derive(Clone, Default)]
    struct Mailbox(Rc<RefCell<(Vec<ServerMessage>, Option<Closing>)>>);

    impl Carrier for Mailbox {
        fn send(&self, message: ServerMessage) -> Result<(), Undelivered> {
            let (messages, closing) = &mut *self.0.borrow_mut();
            if closing.is_some() {
                return Err(Undelivered::Gone);
            }
            if messages.len() == 3 {
                return Err(Undelivered::Full);
            }
            messages.push(message);
            Ok(())
        }

        fn close(&self, closing: Closing) {
            self.0.borrow_mut().1 = Some(closing);
        }
    }

    fn at(seconds: u64) -> SystemTime {
        UNIX_EPOCH + Duration::from_secs(seconds)
    }

    fn open() -> (Connections<Mailbox>, Mailbox, String) {
        let connections = Connections::default();
        let mailbox = Mailbox::default();
        let connection = Connection::new([192, 0, 2, 7].into(), Some("test/1".to_owned()), at(1));
        let id = connection.id.clone();
        connections.add(connection, mailbox.clone());
        (connections, mailbox, id)
    }

    fn run(
        connections: &Connections<Mailbox>,
        verb: Verb,
        id: &str,
        body: impl Into<Bytes>,
    ) -> Response<Bytes> {
        let command = Command {
            verb,
            connection_id: id.to_owned(),
        };
        connections.execute(&command, body.into(), at(9))
    }

    #[test]
    fn messages_reach_the_client_as_text_where_they_can() {
        let (connections, mailbox, id) = open();
        for body in [&b"hello"[..], b"", b"\xff\x00"] {
            assert_eq!(run(&connections, Verb::Post, &id, body).status(), 200);
        }
        assert_eq!(
            mailbox.0.borrow().0,
            [
                ServerMessage::Text("hello".to_owned()),
                ServerMessage::Text(String::new()),
                ServerMessage::Binary(Bytes::from_static(b"\xff\x00")),
            ]
        );
        let full = run(&connections, Verb::Post, &id, "one more");
        assert_eq!(full.status(), 429);
        assert_eq!(full.headers()["x-amzn-errortype"], "LimitExceededException");
    }

    #[test]
    fn the_longest_message() {
        let (connections, mailbox, id) = open();
        let longest = "x".repeat(MAX_WEBSOCKET_MESSAGE);
        assert_eq!(
            run(&connections, Verb::Post, &id, longest.clone()).status(),
            200
        );
        assert_eq!(
            run(&connections, Verb::Post, &id, longest + "x").status(),
            413
        );
        assert_eq!(mailbox.0.borrow().0.len(), 1);
    }

    #[test]
    fn what_is_known_of_a_connection() {
        let (connections, _, id) = open();
        let info = |connections: &Connections<Mailbox>| -> serde_json::Value {
            let response = run(connections, Verb::Get, &id, "");
            assert_eq!(response.status(), 200);
            assert_eq!(response.headers()["content-type"], "application/json");
            serde_json::from_slice(response.body()).unwrap()
        };
        let mut expected = serde_json::json!({
            "connectedAt": "1970-01-01T00:00:01.000Z",
            "identity": { "sourceIp": "192.0.2.7", "userAgent": "test/1" },
            "lastActiveAt": "1970-01-01T00:00:01.000Z",
        });
        assert_eq!(info(&connections), expected);
        connections.touch(&id, at(5));
        expected["lastActiveAt"] = "1970-01-01T00:00:05.000Z".into();
        assert_eq!(info(&connections), expected);
        run(&connections, Verb::Post, &id, "");
        expected["lastActiveAt"] = "1970-01-01T00:00:09.000Z".into();
        assert_eq!(info(&connections), expected);
    }

    #[test]
    fn after_delete_the_connection_is_gone() {
        let (connections, mailbox, id) = open();
        assert_eq!(run(&connections, Verb::Delete, &id, "").status(), 204);
        assert_eq!(mailbox.0.borrow().1, Some(Closing::by_function()));
        for verb in [Verb::Get, Verb::Post, Verb::Delete] {
            let response = run(&connections, verb, &id, "");
            assert_eq!(response.status(), 410);
            assert_eq!(response.headers()["x-amzn-errortype"], "GoneException");
        }
        assert!(!connections.remove(&id) && connections.is_empty());
    }

    #[test]
    fn a_client_that_is_gone_is_forgotten() {
        let (connections, mailbox, id) = open();
        mailbox.close(Closing::lost());
        assert_eq!(run(&connections, Verb::Post, &id, "").status(), 410);
        assert_eq!(connections.len(), 0);
    }

    #[test]
    fn all_are_closed_at_the_end() {
        let (connections, mailbox, _) = open();
        connections.close_all(&Closing::going_away());
        assert_eq!(mailbox.0.borrow().1, Some(Closing::going_away()));
        assert!(connections.is_empty());
    }
}
