//! Settings that `cors` does not have, or has once, or has with another value.

use chalice::prelude::*;

#[route("/1", cors(origin = "https://example.com"))]
fn unknown() {}

#[route("/2", cors(allow_orgin = "https://example.com"))]
fn misspelt() {}

#[route("/3", cors(max_age = 1, max_age = 2))]
fn repeated() {}

#[route("/4", cors(allow_origin))]
fn no_origin() {}

#[route(
    "/5",
    cors(allow_origin = "https://example.com", allow_credentials = "yes")
)]
fn flag() {}

#[route("/6", cors = "https://example.com")]
fn text() {}

#[app]
pub static APP: App = App {
    name: "fixture",
    handlers: [unknown, misspelt, repeated, no_origin, flag, text],
};

fn main() -> ExitCode {
    chalice::run(&APP)
}
