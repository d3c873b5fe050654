//! Several origins are origins, each once, and not `*`.

use chalice::prelude::*;

#[route("/1", cors(allow_origin = ["https://example.com", "*"]))]
fn every_origin() {}

#[route("/2", cors(allow_origin = ["https://example.com", "null"]))]
fn null() {}

#[route("/3", cors(allow_origin = ["https://a.example.com", "https://b.example.com/"]))]
fn path() {}

#[route("/4", cors(allow_origin = ["https://example.com", "https://example.com"]))]
fn twice() {}

#[route("/5", cors(allow_origin = [], allow_credentials))]
fn none() {}

#[route("/6", cors(allow_origin = ["*"], allow_credentials))]
fn credentials() {}

#[route("/7", cors(allow_origin = [ORIGIN]))]
fn no_text() {}

#[app]
pub static APP: App = App {
    name: "fixture",
    handlers: [every_origin, null, path, twice, none, credentials, no_text],
};

fn main() -> ExitCode {
    chalice::run(&APP)
}
