//! Every conflict of an app is reported.

use chalice::prelude::*;

#[route("/users")]
fn list() {}

#[route("/users")]
fn list_again() {}

#[route("/users/<id>")]
fn show(id: u64) {
    let _ = id;
}

#[route("/users/<name>")]
fn show_by_name(name: String) {
    let _ = name;
}

#[app]
pub static APP: App = App {
    name: "fixture",
    handlers: [list, list_again, show, show_by_name],
};

fn main() -> ExitCode {
    chalice::run(&APP)
}
