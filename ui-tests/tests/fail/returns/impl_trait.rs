//! An `impl Trait` that promises no response.

use chalice::prelude::*;

#[route("/")]
fn index() -> impl std::fmt::Display {
    "hello"
}

#[app]
pub static APP: App = App {
    name: "fixture",
    handlers: [index],
};

fn main() -> ExitCode {
    chalice::run(&APP)
}
