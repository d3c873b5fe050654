//! The body of a request is read once.

use chalice::prelude::*;

#[route("/text", methods = [POST])]
async fn text(json: Json<Value>, text: String) {
    let _ = (json, text);
}

#[route("/wrapped", methods = [POST])]
async fn wrapped(json: Option<Json<Value>>, request: &Request, bytes: Result<Bytes>) {
    let _ = (json, request, bytes);
}

#[app]
pub static APP: App = App {
    name: "fixture",
    handlers: [text, wrapped],
};

fn main() -> ExitCode {
    chalice::run(&APP)
}
