//! One end of a connection: the client's.

use std::{
    error::Error,
    fmt,
    time::{Duration, SystemTime},
};

use bytes::Bytes;
use chalice_gateway::websocket::{
    ClientMessage, Closing, Connection, MessageInvocation, MessageOutcome,
};
use http::HeaderValue;
use serde::Serialize;
use tokio::sync::mpsc::{UnboundedReceiver, error::TryRecvError};

use super::{SocketMessage, client};
use crate::{Application, log, test::Client};

/// How long [`Socket::receive`] waits: messages come from this process, so one that has not
/// come after seconds does not come at all.
const PATIENCE: Duration = Duration::from_secs(5);

/// A connection to the app's WebSocket API, as a client has it; made by
/// [`WebsocketClient::connect`](super::WebsocketClient::connect).
///
/// A socket that is dropped is a client that is gone without a word: the connection is gone for the app
/// from then on, whose `#[on_ws_disconnect]` handler runs before whatever the [`Client`] does next.
pub struct Socket<'a, A: Application> {
    client: &'a Client<A>,
    connection: Connection,
    subprotocol: Option<HeaderValue>,
    received: UnboundedReceiver<SocketMessage>,
}

impl<'a, A: Application> Socket<'a, A> {
    pub(super) fn new(
        client: &'a Client<A>,
        connection: Connection,
        subprotocol: Option<HeaderValue>,
    ) -> Socket<'a, A> {
        let received = client.websockets.connections.open(&connection);
        Socket {
            client,
            connection,
            subprotocol,
            received,
        }
    }

    /// The id of the connection, as the app knows it.
    pub fn connection_id(&self) -> &str {
        self.connection.id()
    }

    /// The subprotocol that the app has chosen by the header `Sec-WebSocket-Protocol` of its answer.
    pub fn subprotocol(&self) -> Option<&str> {
        self.subprotocol.as_ref()?.to_str().ok()
    }

    /// Sends a text, and waits until the app has handled it: the handler whose route key is the text's
    /// `$request.body.action`, or else the one of `$default`. A handler that fails is in the log, and the socket
    /// receives what API Gateway says then: `{"message": "Internal server error", ..}`.
    ///
    /// A message above 128 KB ends the connection.
    ///
    /// # Panics
    ///
    /// When the connection is closed.
    pub async fn send(&self, text: impl AsRef<str>) {
        self.message(ClientMessage::Text(text.as_ref())).await;
    }

    /// Sends a value as JSON, like [`send`](Socket::send).
    ///
    /// # Panics
    ///
    /// When JSON cannot express the value, or the connection is closed.
    pub async fn send_json<T: Serialize + ?Sized>(&self, value: &T) {
        match serde_json::to_string(value) {
            Ok(text) => self.message(ClientMessage::Text(&text)).await,
            Err(error) => panic!("JSON cannot express the message: {error}"),
        }
    }

    /// Sends bytes. API Gateway takes no binary messages and ends the connection, with the status
    /// code 1003: the app does not see the message, but its `#[on_ws_disconnect]` handler runs.
    ///
    /// # Panics
    ///
    /// When the connection is closed.
    pub async fn send_bytes(&self, bytes: impl Into<Bytes>) {
        drop::<Bytes>(bytes.into());
        self.message(ClientMessage::Binary).await;
    }

    /// The next message of the app; `None` once the connection is closed, by the app or by the
    /// socket, and every message that was sent before has been received.
    ///
    /// # Panics
    ///
    /// When no message comes within 5 seconds.
    pub async fn receive(&mut self) -> Option<SocketMessage> {
        match tokio::time::timeout(PATIENCE, self.received.recv()).await {
            Ok(message) => message,
            Err(_) => panic!(
                "the app has sent nothing to the connection `{}` for {PATIENCE:?}",
                self.connection.id()
            ),
        }
    }

    /// The next message of the app, if it has come already: after [`send`](Socket::send), everything has
    /// that the app sends before its handlers return.
    pub fn try_receive(&mut self) -> Option<SocketMessage> {
        self.received.try_recv().ok()
    }

    /// Whether the connection is closed, and every message has been received.
    pub fn is_closed(&mut self) -> bool {
        self.received.is_empty()
            && matches!(self.received.try_recv(), Err(TryRecvError::Disconnected))
    }

    /// Closes the connection, as browsers do by `socket.close()`, and waits until the app's
    /// `#[on_ws_disconnect]` handler is done. Of a connection that is closed, nothing happens.
    pub async fn close(&mut self) {
        self.end(Closing::by_client(None)).await;
    }

    /// Closes the connection with a status code and a reason, as browsers do by `socket.close(code, reason)`; the
    /// event of `#[on_ws_disconnect]` has them.
    pub async fn close_with(&mut self, status_code: u16, reason: &str) {
        self.end(Closing::by_client(Some((status_code, reason))))
            .await;
    }

    async fn end(&self, closing: Closing) {
        self.client
            .websockets
            .connections
            .end(&self.connection, closing);
        self.client.settle_sockets().await;
    }

    async fn message(&self, message: ClientMessage<'_>) {
        self.client.settle_sockets().await;
        assert!(
            !self.received.is_closed(),
            "the connection `{}` is closed: it cannot send",
            self.connection.id()
        );
        let connections = &self.client.websockets.connections;
        connections.touch(&self.connection);
        let gateway = client::gateway(self.client);
        match gateway.message(&self.connection, message, SystemTime::now()) {
            MessageOutcome::Invoke(invocation) => self.invoke(&invocation).await,
            MessageOutcome::Reply(notice) => connections.notify(&self.connection, notice),
            MessageOutcome::Close(closing) => connections.end(&self.connection, closing),
        }
        self.client.settle_sockets().await;
    }

    async fn invoke(&self, invocation: &MessageInvocation) {
        let function = self.client.lambda(&invocation.function);
        let failed = match function.send_bytes(&invocation.event).await {
            Ok(answer) => match invocation.try_answer(answer.to_string().as_bytes()) {
                Ok(()) => false,
                Err(error) => {
                    let error: &(dyn Error + 'static) = &error;
                    tracing::error!(target: log::TARGET, error, "the invocation failed");
                    true
                }
            },
            Err(_) => true,
        };
        if failed {
            let connections = &self.client.websockets.connections;
            connections.notify(&self.connection, invocation.function_error());
        }
    }
}

impl<A: Application> Drop for Socket<'_, A> {
    fn drop(&mut self) {
        let connections = &self.client.websockets.connections;
        connections.end(&self.connection, Closing::lost());
    }
}

impl<A: Application> fmt::Debug for Socket<'_, A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Socket")
            .field("connection_id", &self.connection.id())
            .finish_non_exhaustive()
    }
}
