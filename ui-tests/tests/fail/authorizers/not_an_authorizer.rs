//! A setting `authorizer` that is none.

use chalice::prelude::*;

const NUMBER: u32 = 17;

#[route("/1", authorizer = NUMBER)]
fn number() {}

#[route("/2", authorizer = MISSING)]
fn missing() {}

#[app]
pub static APP: App = App {
    name: "fixture",
    handlers: [number, missing],
};

fn main() -> ExitCode {
    chalice::run(&APP)
}
