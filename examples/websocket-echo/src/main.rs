//! A WebSocket API that sends back what it is sent.
//!
//! Three Lambda functions, one per route of the API:
//!
//! | function | route | event |
//! |---|---|---|
//! | `websocket_connect` | `$connect` | a client asks for a connection |
//! | `websocket_message` | `$default` | a client has sent a message |
//! | `websocket_disconnect` | `$disconnect` | a connection is gone |
//!
//! To send, the role of `websocket_message` has to allow `execute-api:ManageConnections`.

use chalice::prelude::*;

#[cfg(test)]
mod tests;

/// Lets everybody in; an error, such as `HttpError::forbidden("..")`, would refuse the connection.
#[on_ws_connect]
fn connect(event: WebsocketEvent) {
    tracing::info!(connection_id = event.connection_id(), "connected");
}

/// Sends the message back. That the client has gone meanwhile is no failure.
#[on_ws_message]
async fn message(event: WebsocketEvent, sockets: WebsocketApi) -> Result<()> {
    match sockets.send(event.connection_id(), event.body()).await {
        Err(error) if error.is_disconnected() => Ok(()),
        sent => Ok(sent?),
    }
}

/// Whatever is kept about a connection would be deleted here. API Gateway does its best to say
/// that a connection is gone, and promises nothing.
#[on_ws_disconnect]
fn disconnect(event: WebsocketEvent) {
    tracing::info!(
        connection_id = event.connection_id(),
        reason = event.disconnect_reason(),
        "disconnected"
    );
}

/// The app.
#[app]
pub static APP: App = App {
    name: "websocket-echo",
    handlers: [connect, message, disconnect],
};

fn main() -> ExitCode {
    chalice::run(&APP)
}
