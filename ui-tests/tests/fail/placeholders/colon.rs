//! Other frameworks' notation of a placeholder.

use chalice::prelude::*;

#[route("/users/:id")]
fn user(id: u64) {
    let _ = id;
}

#[app]
pub static APP: App = App {
    name: "fixture",
    handlers: [user],
};

fn main() -> ExitCode {
    chalice::run(&APP)
}
