//! A WebSocket API with all three routes.

use chalice::prelude::*;

#[on_ws_connect]
fn connect(_event: WebsocketEvent) {}

#[on_ws_message]
fn message(_event: WebsocketEvent) {}

#[on_ws_disconnect]
fn disconnect(_event: WebsocketEvent) {}

/// The app.
#[app]
pub static APP: App = App {
    name: "wsapp",
    handlers: [connect, message, disconnect],
};

fn main() -> ExitCode {
    chalice::run(&APP)
}
