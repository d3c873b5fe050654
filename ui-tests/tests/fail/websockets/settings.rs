use chalice::prelude::*;

#[on_ws_connect("$connect")]
fn connect(_event: WebsocketEvent) {}

#[on_ws_message("$disconnect")]
fn disconnect(_event: WebsocketEvent) {}

#[on_ws_message("")]
fn empty(_event: WebsocketEvent) {}

#[on_ws_message("$mine")]
fn dollar(_event: WebsocketEvent) {}

#[on_ws_message(route = "chat")]
fn misspelt(_event: WebsocketEvent) {}

#[app]
static APP: App = App {
    name: "settings",
    handlers: [connect, disconnect, empty, dollar, misspelt],
};

fn main() -> ExitCode {
    chalice::run(&APP)
}
