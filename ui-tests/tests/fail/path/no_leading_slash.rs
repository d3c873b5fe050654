//! A path starts with `/`.

use chalice::prelude::*;

#[route("")]
fn empty() {}

#[route("users")]
fn users() {}

#[route("<id>")]
fn user(id: u64) {
    let _ = id;
}

#[app]
pub static APP: App = App {
    name: "fixture",
    handlers: [empty, users, user],
};

fn main() -> ExitCode {
    chalice::run(&APP)
}
