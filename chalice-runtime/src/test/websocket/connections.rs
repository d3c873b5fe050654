//! The connections of one client, as the app sees them.

use std::{
    fmt, mem,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::SystemTime,
};

use chalice_core::manifest::model::Manifest;
use chalice_gateway::{
    Settings,
    websocket::{
        Carrier, Closing, Command, Connection, Connections, Gateway, ServerMessage, Undelivered,
        Verb,
    },
};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

use super::SocketMessage;

/// The WebSocket API of a client's app, and its connections.
pub(in crate::test) struct Websockets {
    /// `None` for an app without functions for one.
    pub(super) gateway: Option<Gateway>,
    pub(in crate::test) connections: TestConnections,
}

impl Websockets {
    pub(in crate::test) fn new(manifest: &Manifest, settings: Settings) -> Websockets {
        Websockets {
            gateway: Gateway::new(manifest, settings),
            connections: TestConnections::default(),
        }
    }
}

/// The open connections, which every handler of the client's app can send to.
#[derive(Clone, Default)]
pub(crate) struct TestConnections {
    open: Arc<Connections<Mailbox>>,
    ended: EndedConnections,
}

/// Connections that are gone, with the reason: the app has not heard of it yet.
#[derive(Clone, Default)]
struct EndedConnections(Arc<Mutex<Vec<(Connection, Closing)>>>);

impl EndedConnections {
    fn lock(&self) -> MutexGuard<'_, Vec<(Connection, Closing)>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl TestConnections {
    /// Opens a connection; what the app sends to it arrives at the receiver, which ends with the connection.
    pub(super) fn open(&self, connection: &Connection) -> UnboundedReceiver<SocketMessage> {
        let (sender, receiver) = unbounded_channel();
        let mailbox = Mailbox {
            connection: connection.clone(),
            sender,
            ended: self.ended.clone(),
        };
        self.open.add(connection.clone(), mailbox);
        receiver
    }

    /// Notes that the client has sent something.
    pub(super) fn touch(&self, connection: &Connection) {
        self.open.touch(connection.id(), SystemTime::now());
    }

    /// Sends what API Gateway itself has to say, for as long as the connection is open.
    pub(super) fn notify(&self, connection: &Connection, notice: String) {
        let command = Command {
            verb: Verb::Post,
            connection_id: connection.id().to_owned(),
        };
        self.open
            .execute(&command, notice.into(), SystemTime::now());
    }

    /// Ends a connection from the client's side: from now on it is gone for the app.
    pub(super) fn end(&self, connection: &Connection, closing: Closing) {
        if self.open.remove(connection.id()) {
            self.ended.lock().push((connection.clone(), closing));
        }
    }

    /// The connections that have ended since the last call.
    pub(super) fn take_ended(&self) -> Vec<(Connection, Closing)> {
        mem::take(&mut *self.ended.lock())
    }

    /// How many are open.
    pub(super) fn len(&self) -> usize {
        self.open.len()
    }
}

/// What the app sends to a client, on its way.
struct Mailbox {
    connection: Connection,
    sender: UnboundedSender<SocketMessage>,
    ended: EndedConnections,
}

impl Carrier for Mailbox {
    fn send(&self, message: ServerMessage) -> Result<(), Undelivered> {
        let message = match message {
            ServerMessage::Text(text) => SocketMessage::Text(text),
            ServerMessage::Binary(bytes) => SocketMessage::Binary(bytes),
        };
        self.sender.send(message).map_err(|_| Undelivered::Gone)
    }

    fn close(&self, closing: Closing) {
        self.ended.lock().push((self.connection.clone(), closing));
    }
}

impl fmt::Debug for TestConnections {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TestConnections")
            .field("open", &self.open.len())
            .finish_non_exhaustive()
    }
}

/// What the handlers' `WebsocketApi` does.
#[cfg(feature = "websockets")]
mod management {
    use bytes::Bytes;
    use http::StatusCode;
    use serde::Deserialize;

    use super::{Command, SystemTime, TestConnections, Verb};
    use crate::{ConnectionInfo, WebsocketError, event_source};

    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct Info {
        connected_at: String,
        last_active_at: String,
        identity: Identity,
    }

    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct Identity {
        source_ip: String,
        user_agent: Option<String>,
    }

    impl TestConnections {
        pub(crate) fn send(&self, id: &str, message: &[u8]) -> Result<(), WebsocketError> {
            self.execute(Verb::Post, id, message).map(drop)
        }

        pub(crate) fn close(&self, id: &str) -> Result<(), WebsocketError> {
            self.execute(Verb::Delete, id, &[]).map(drop)
        }

        pub(crate) fn info(&self, id: &str) -> Result<ConnectionInfo, WebsocketError> {
            let body = self.execute(Verb::Get, id, &[])?;
            let info: Info = serde_json::from_slice(&body).map_err(|error| {
                refused(id, StatusCode::OK, format!("{error}, which no answer is"))
            })?;
            Ok(ConnectionInfo {
                connected_at: event_source::rfc3339(&info.connected_at),
                last_active_at: event_source::rfc3339(&info.last_active_at),
                source_ip: info.identity.source_ip.parse().ok(),
                user_agent: info.identity.user_agent,
            })
        }

        fn execute(&self, verb: Verb, id: &str, body: &[u8]) -> Result<Bytes, WebsocketError> {
            let command = Command {
                verb,
                connection_id: id.to_owned(),
            };
            let message = Bytes::copy_from_slice(body);
            let response = self.open.execute(&command, message, SystemTime::now());
            match response.status() {
                status if status.is_success() => Ok(response.into_body()),
                StatusCode::GONE => Err(WebsocketError::Disconnected {
                    connection_id: id.to_owned(),
                }),
                StatusCode::PAYLOAD_TOO_LARGE => {
                    Err(WebsocketError::PayloadTooLarge { size: body.len() })
                }
                status => {
                    let message = String::from_utf8_lossy(response.body());
                    Err(refused(id, status, message.into_owned()))
                }
            }
        }
    }

    fn refused(id: &str, status: StatusCode, message: String) -> WebsocketError {
        WebsocketError::Refused {
            connection_id: id.to_owned(),
            status: status.as_u16(),
            message,
        }
    }
}
