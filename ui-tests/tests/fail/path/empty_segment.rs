//! No segment is empty.

use chalice::prelude::*;

#[route("//")]
fn root() {}

#[route("/users//all")]
fn users() {}

#[app]
pub static APP: App = App {
    name: "fixture",
    handlers: [root, users],
};

fn main() -> ExitCode {
    chalice::run(&APP)
}
