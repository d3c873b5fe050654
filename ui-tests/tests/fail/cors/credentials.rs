//! Credentials need one origin.

use chalice::prelude::*;

#[route("/default", cors(allow_credentials))]
fn default_origin() {}

#[route("/explicit", cors(allow_origin = "*", allow_credentials = true))]
fn every_origin() {}

#[app]
pub static APP: App = App {
    name: "fixture",
    handlers: [default_origin, every_origin],
};

fn main() -> ExitCode {
    chalice::run(&APP)
}
