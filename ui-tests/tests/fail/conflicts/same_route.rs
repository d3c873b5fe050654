//! Two handlers answer one method of one path.

use chalice::prelude::*;

#[route("/users")]
fn list() {}

#[route("/users", methods = [POST, GET])]
fn create() {}

#[app]
pub static APP: App = App {
    name: "fixture",
    handlers: [list, create],
};

fn main() -> ExitCode {
    chalice::run(&APP)
}
