//! Header names are tokens, each listed once.

use chalice::prelude::*;

#[route("/1", cors(allow_headers = ["X Special"]))]
fn space() {}

#[route("/2", cors(expose_headers = ["X-Special:", ""]))]
fn colon_and_empty() {}

#[route("/3", cors(allow_headers = ["X-Special", "x-special"]))]
fn twice() {}

#[route("/4", cors(allow_headers = "X-Special"))]
fn no_list() {}

#[route("/5", cors(expose_headers = [X_Special]))]
fn no_text() {}

#[app]
pub static APP: App = App {
    name: "fixture",
    handlers: [space, colon_and_empty, twice, no_list, no_text],
};

fn main() -> ExitCode {
    chalice::run(&APP)
}
