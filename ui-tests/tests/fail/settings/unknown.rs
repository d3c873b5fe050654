//! Settings that `#[route]` does not have.

use chalice::prelude::*;

#[route("/1", method = [GET])]
fn misspelt() {}

#[route("/2", metods = [GET], nam = "two")]
fn two_misspelt() {}

#[route("/3", timeout = 30)]
fn unknown() {}

#[app]
pub static APP: App = App {
    name: "fixture",
    handlers: [misspelt, two_misspelt, unknown],
};

fn main() -> ExitCode {
    chalice::run(&APP)
}
