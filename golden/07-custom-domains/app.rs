//! Custom domains.

use chalice::prelude::*;

#[route("/")]
fn index() {}

#[on_ws_message]
fn msg(_event: WebsocketEvent) {}

/// The app.
#[app]
pub static APP: App = App {
    name: "dom",
    handlers: [index, msg],
};

fn main() -> ExitCode {
    chalice::run(&APP)
}
