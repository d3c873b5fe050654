//! A greedy placeholder beside one that is not.

use chalice::prelude::*;

#[route("/files/<name>")]
fn one(name: String) {
    let _ = name;
}

#[route("/files/<path..>", methods = [PUT])]
fn rest(path: String) {
    let _ = path;
}

#[app]
pub static APP: App = App {
    name: "fixture",
    handlers: [one, rest],
};

fn main() -> ExitCode {
    chalice::run(&APP)
}
