//! A path does not end with `/`.

use chalice::prelude::*;

#[route("/users/")]
fn users() {}

#[route("/users/<id>/")]
fn user(id: u64) {
    let _ = id;
}

#[app]
pub static APP: App = App {
    name: "fixture",
    handlers: [users, user],
};

fn main() -> ExitCode {
    chalice::run(&APP)
}
