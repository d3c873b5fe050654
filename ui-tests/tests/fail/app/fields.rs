//! Fields that an app does not have, or has once.

use chalice::prelude::*;

#[app]
pub static MISSPELT: App = App {
    nam: "fixture",
    handler: [index],
};

#[app]
pub static UNKNOWN: App = App {
    name: "fixture",
    handlers: [index],
    timeout: 30,
};

#[app]
pub static REPEATED: App = App {
    name: "fixture",
    handlers: [],
    handlers: [index],
};

#[app]
pub static TAKEN_OVER: App = App {
    name: "fixture",
    ..UNKNOWN
};

#[app]
pub static POSITION: App = App { 0: "fixture" };

#[route("/")]
fn index() {}

fn main() -> ExitCode {
    chalice::run(&MISSPELT)
}
