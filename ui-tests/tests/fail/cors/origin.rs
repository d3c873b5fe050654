//! An origin is a scheme and a host, as browsers send it.

use chalice::prelude::*;

#[route("/1", cors(allow_origin = "example.com"))]
fn no_scheme() {}

#[route("/2", cors(allow_origin = "https://example.com/"))]
fn trailing_slash() {}

#[route("/3", cors(allow_origin = "https://*.example.com"))]
fn wildcard() {}

#[route(
    "/4",
    cors(allow_origin = "https://a.example.com, https://b.example.com")
)]
fn list() {}

#[route("/5", cors(allow_origin = "https://Example.com"))]
fn upper_case() {}

#[route("/6", cors(allow_origin = ""))]
fn empty() {}

#[app]
pub static APP: App = App {
    name: "fixture",
    handlers: [no_scheme, trailing_slash, wildcard, list, upper_case, empty],
};

fn main() -> ExitCode {
    chalice::run(&APP)
}
