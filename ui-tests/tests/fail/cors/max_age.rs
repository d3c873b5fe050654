//! `max_age` is a number of seconds.

use chalice::prelude::*;

#[route("/1", cors(max_age = "600"))]
fn text() {}

#[route("/2", cors(max_age = -1))]
fn negative() {}

#[route("/3", cors(max_age = 4_294_967_296))]
fn too_large() {}

#[route("/4", cors(max_age))]
fn flag() {}

#[app]
pub static APP: App = App {
    name: "fixture",
    handlers: [text, negative, too_large, flag],
};

fn main() -> ExitCode {
    chalice::run(&APP)
}
