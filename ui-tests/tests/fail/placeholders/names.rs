//! Names that no argument can have.

use chalice::prelude::*;

#[route("/users/<>")]
fn empty() {}

#[route("/users/{}")]
fn empty_braces() {}

#[route("/files/<..>")]
fn empty_greedy() {}

#[route("/users/<9th>")]
fn digit_first() {}

#[route("/users/<user-id>")]
fn hyphen() {}

#[route("/users/<_>")]
fn underscore() {}

#[route("/users/<self>")]
fn keyword() {}

#[app]
pub static APP: App = App {
    name: "fixture",
    handlers: [
        empty,
        empty_braces,
        empty_greedy,
        digit_first,
        hyphen,
        underscore,
        keyword,
    ],
};

fn main() -> ExitCode {
    chalice::run(&APP)
}
