//! Layers.

use chalice::prelude::*;

#[route("/")]
fn index() {}

#[lambda_function(name = "fn")]
fn function() {}

/// The app.
#[app]
pub static APP: App = App {
    name: "layered",
    handlers: [index, function],
};

fn main() -> ExitCode {
    chalice::run(&APP)
}
