//! The query string is no part of a path.

use chalice::prelude::*;

#[route("/search?q=<text>")]
fn search(text: String) {
    let _ = text;
}

#[app]
pub static APP: App = App {
    name: "fixture",
    handlers: [search],
};

fn main() -> ExitCode {
    chalice::run(&APP)
}
