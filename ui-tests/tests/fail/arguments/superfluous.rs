//! An argument of a plain type that no placeholder fills.

use chalice::prelude::*;

#[route("/users")]
fn no_placeholder(page: u32) {
    let _ = page;
}

#[route("/users/<id>")]
fn another_placeholder(id: u64, verbose: bool) {
    let _ = (id, verbose);
}

#[route("/")]
fn root(name: std::string::String) {
    let _ = name;
}

#[app]
pub static APP: App = App {
    name: "fixture",
    handlers: [no_placeholder, another_placeholder, root],
};

fn main() -> ExitCode {
    chalice::run(&APP)
}
