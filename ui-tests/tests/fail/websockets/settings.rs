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

#[on_ws_message("kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk")]
fn too_long(_event: WebsocketEvent) {}

#[on_ws_message(route_key = 1)]
fn number(_event: WebsocketEvent) {}

#[on_ws_message("chat" name = "chat")]
fn no_comma(_event: WebsocketEvent) {}

#[on_ws_disconnect(route_key = "$disconnect")]
fn no_key(_event: WebsocketEvent) {}

#[on_ws_message("$connect", description = 1)]
fn connecting(_event: WebsocketEvent) {}

#[app]
static APP: App = App {
    name: "settings",
    handlers: [connect, disconnect, empty, dollar, misspelt, too_long, number, no_comma, no_key, connecting],
};

fn main() -> ExitCode {
    chalice::run(&APP)
}
