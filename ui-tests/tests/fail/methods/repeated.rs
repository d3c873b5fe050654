//! Each method is listed once, and at least one is.

use chalice::prelude::*;

#[route("/twice", methods = [GET, POST, GET])]
fn twice() {}

#[route("/none", methods = [])]
fn none() {}

#[app]
pub static APP: App = App {
    name: "fixture",
    handlers: [twice, none],
};

fn main() -> ExitCode {
    chalice::run(&APP)
}
