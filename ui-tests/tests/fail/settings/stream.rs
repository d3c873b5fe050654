//! `stream` is a flag of a route.

use chalice::prelude::*;

#[route("/1", stream, methods = [GET], stream)]
fn twice() {}

#[route("/2", stream = "chunked")]
fn valued() {}

#[route("/3", stream(bytes))]
fn listed() {}

#[route("/4", streams)]
fn misspelt() {}

#[app]
pub static APP: App = App {
    name: "fixture",
    handlers: [twice, valued, listed, misspelt],
};

fn main() -> ExitCode {
    chalice::run(&APP)
}
