use chalice::prelude::*;

#[on_ws_connect]
fn connect(_event: WebsocketEvent) {}

#[on_ws_connect(name = "other")]
fn connect_again(_event: WebsocketEvent) {}

#[on_ws_message("chat")]
fn chat(_event: WebsocketEvent) {}

#[on_ws_message(route_key = "chat")]
fn chat_again(_event: WebsocketEvent) {}

#[on_ws_disconnect]
fn disconnect(_event: WebsocketEvent) {}

#[lambda_function(name = "websocket_disconnect")]
fn same_name() {}

#[app]
static APP: App = App {
    name: "routes",
    handlers: [connect, connect_again, chat, chat_again, disconnect, same_name],
};

fn main() -> ExitCode {
    chalice::run(&APP)
}
