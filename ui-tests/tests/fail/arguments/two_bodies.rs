//! The body of a request is read once.

use chalice::prelude::*;

#[route("/bytes", methods = [POST])]
async fn bytes(json: Json<Value>, bytes: Bytes) {
    let _ = (json, bytes);
}

#[route("/wrapped", methods = [POST])]
async fn wrapped(json: Option<Json<Value>>, request: &Request, form: Result<Form<Value>>) {
    let _ = (json, request, form.is_ok());
}

#[app]
pub static APP: App = App {
    name: "fixture",
    handlers: [bytes, wrapped],
};

fn main() -> ExitCode {
    chalice::run(&APP)
}
