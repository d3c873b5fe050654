//! A private API.

use chalice::prelude::*;

#[route("/")]
fn index() {}

/// The app.
#[app]
pub static APP: App = App {
    name: "priv",
    handlers: [index],
};

fn main() -> ExitCode {
    chalice::run(&APP)
}
