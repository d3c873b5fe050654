//! A template that is merged with another.

use chalice::prelude::*;

#[route("/")]
fn index() {}

#[lambda_function(name = "fn")]
fn function() {}

/// The app.
#[app]
pub static APP: App = App {
    name: "merge",
    handlers: [index, function],
};

fn main() -> ExitCode {
    chalice::run(&APP)
}
