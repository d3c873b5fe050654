//! A `String` is the value of a placeholder, not the body.

use chalice::prelude::*;

#[route("/notes", methods = [POST])]
async fn create(body: String) {
    let _ = body;
}

#[app]
pub static APP: App = App {
    name: "fixture",
    handlers: [create],
};

fn main() -> ExitCode {
    chalice::run(&APP)
}
