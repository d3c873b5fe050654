//! One place of two paths, two names.

use chalice::prelude::*;

#[route("/users/<id>")]
fn show(id: u64) {
    let _ = id;
}

#[route("/users/<user>/orders")]
fn orders(user: u64) {
    let _ = user;
}

#[app]
pub static APP: App = App {
    name: "fixture",
    handlers: [show, orders],
};

fn main() -> ExitCode {
    chalice::run(&APP)
}
