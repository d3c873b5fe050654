//! An argument has a type with a name.

use chalice::prelude::*;

#[route("/users")]
fn users(name: impl Into<String>) {
    let _ = name.into();
}

#[app]
pub static APP: App = App {
    name: "fixture",
    handlers: [users],
};

fn main() -> ExitCode {
    chalice::run(&APP)
}
