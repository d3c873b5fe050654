//! A route of a WebSocket API beside those of a REST API.

use chalice::prelude::*;

#[route("/")]
fn index() {}

#[on_ws_message]
fn message(_event: WebsocketEvent) {}

/// The app.
#[app]
pub static APP: App = App {
    name: "wsmsg",
    handlers: [index, message],
};

fn main() -> ExitCode {
    chalice::run(&APP)
}
