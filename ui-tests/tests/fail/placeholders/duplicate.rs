//! Each placeholder of a path has a name of its own.

use chalice::prelude::*;

#[route("/users/<id>/orders/<id>")]
fn order(id: u64) {
    let _ = id;
}

#[app]
pub static APP: App = App {
    name: "fixture",
    handlers: [order],
};

fn main() -> ExitCode {
    chalice::run(&APP)
}
