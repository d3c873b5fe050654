//! One handler is listed twice.

use chalice::prelude::*;

#[route("/users")]
fn list() {}

#[app]
pub static APP: App = App {
    name: "fixture",
    handlers: [list, list],
};

fn main() -> ExitCode {
    chalice::run(&APP)
}
