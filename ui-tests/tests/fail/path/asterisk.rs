//! `*` is not how the rest of a path is written.

use chalice::prelude::*;

#[route("/files/*")]
fn files() {}

#[route("/archive/*path")]
fn archive(path: String) {
    let _ = path;
}

#[app]
pub static APP: App = App {
    name: "fixture",
    handlers: [files, archive],
};

fn main() -> ExitCode {
    chalice::run(&APP)
}
