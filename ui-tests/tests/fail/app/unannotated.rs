//! A function without an attribute is no handler.

use chalice::prelude::*;

#[route("/")]
fn index() {}

fn list() {}

#[app]
pub static APP: App = App {
    name: "fixture",
    handlers: [index, list],
};

fn main() -> ExitCode {
    chalice::run(&APP)
}
