//! Where conversations start, and what all of them have in common.

use std::{fmt, time::SystemTime};

use chalice_gateway::websocket::Gateway;

use super::WebsocketHandshake;
use crate::{Application, test::Client};

/// The app's WebSocket API; made by [`Client::websocket`].
pub struct WebsocketClient<'a, A: Application> {
    client: &'a Client<A>,
}

impl<A: Application> Client<A> {
    /// Conversations with the app's WebSocket API.
    ///
    /// ```text
    /// let client = Client::new(&APP).await?;
    /// let mut socket = client.websocket().connect().query("room", "a").await?;
    /// socket.send(r#"{"action": "say", "text": "hello"}"#).await;
    /// assert_eq!(socket.receive().await.unwrap(), "hello");
    /// socket.close().await;
    /// ```
    ///
    /// All sockets of a client are connected to one app, and talk to each other by it. What any
    /// handler sends through a `WebsocketApi`, be it a route's or a schedule's, arrives at
    /// them. A connection that is not, or no more, one of this client's is gone for the app.
    pub fn websocket(&self) -> WebsocketClient<'_, A> {
        WebsocketClient { client: self }
    }

    /// Invokes the app's function for `$disconnect` for connections that have ended since the
    /// last time: those that the app has closed itself, and those whose `Socket` was dropped.
    pub(in crate::test) async fn settle_sockets(&self) {
        loop {
            let ended = self.websockets.connections.take_ended();
            if ended.is_empty() {
                return;
            }
            let Some(gateway) = &self.websockets.gateway else {
                return;
            };
            for (connection, closing) in ended {
                let now = SystemTime::now();
                if let Some(invocation) = gateway.disconnect(&connection, &closing, now) {
                    let function = self.lambda(&invocation.function);
                    // Nobody waits for what it returns; an error is in the log.
                    drop(function.send_bytes(&invocation.event).await);
                }
            }
        }
    }
}

impl<'a, A: Application> WebsocketClient<'a, A> {
    /// Asks for a connection, as a browser does by `new WebSocket(url)`: by `.await`, once
    /// headers and the query string are given. The handler of `#[on_ws_connect]` decides.
    pub fn connect(&self) -> WebsocketHandshake<'a, A> {
        WebsocketHandshake::new(self.client)
    }

    /// How many connections are open.
    pub fn connections(&self) -> usize {
        self.client.websockets.connections.len()
    }
}

/// The WebSocket API of the client's app.
///
/// # Panics
///
/// When the app has none.
pub(super) fn gateway<A: Application>(client: &Client<A>) -> &Gateway {
    match &client.websockets.gateway {
        Some(gateway) => gateway,
        None => panic!(
            "the app `{}` has no WebSocket API: none of its handlers has `#[on_ws_connect]`, `#[on_ws_message]` or \
             `#[on_ws_disconnect]`",
            A::NAME
        ),
    }
}

impl<A: Application> fmt::Debug for WebsocketClient<'_, A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WebsocketClient")
            .field("app", &A::NAME)
            .field("connections", &self.connections())
            .finish_non_exhaustive()
    }
}
