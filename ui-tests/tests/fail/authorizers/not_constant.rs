//! An authorizer is known at compile time.

use chalice::prelude::*;

fn pool() -> IamAuthorizer {
    IamAuthorizer::new()
}

#[route("/", authorizer = pool())]
fn index() {}

#[app]
pub static APP: App = App {
    name: "fixture",
    handlers: [index],
};

fn main() -> ExitCode {
    chalice::run(&APP)
}
