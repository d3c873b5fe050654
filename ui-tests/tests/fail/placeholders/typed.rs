//! The type of a placeholder is its argument's.

use chalice::prelude::*;

#[route("/users/<id:int>")]
fn after(id: u64) {
    let _ = id;
}

#[route("/users/<int:id>")]
fn before(id: u64) {
    let _ = id;
}

#[app]
pub static APP: App = App {
    name: "fixture",
    handlers: [after, before],
};

fn main() -> ExitCode {
    chalice::run(&APP)
}
