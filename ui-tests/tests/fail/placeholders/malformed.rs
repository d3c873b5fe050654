//! Brackets that enclose no placeholder, or not a whole segment.

use chalice::prelude::*;

#[route("/users/<id")]
fn unclosed() {}

#[route("/users/v<id>")]
fn partial() {}

#[route("/users/<a>-<b>")]
fn two_in_one() {}

#[route("/users/<id}")]
fn mismatched() {}

#[app]
pub static APP: App = App {
    name: "fixture",
    handlers: [unclosed, partial, two_in_one, mismatched],
};

fn main() -> ExitCode {
    chalice::run(&APP)
}
