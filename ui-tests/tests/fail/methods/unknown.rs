//! Methods that API Gateway does not route.

use chalice::prelude::*;

#[route("/trace", methods = [TRACE])]
fn trace() {}

#[route("/misspelt", methods = [GET, PSOT])]
fn misspelt() {}

#[route("/lower", methods = [get, post])]
fn lower_case() {}

#[app]
pub static APP: App = App {
    name: "fixture",
    handlers: [trace, misspelt, lower_case],
};

fn main() -> ExitCode {
    chalice::run(&APP)
}
