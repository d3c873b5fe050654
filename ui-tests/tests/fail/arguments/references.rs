//! `&Request` is the only reference that a handler takes.

use chalice::prelude::*;

struct Db;

#[route("/exclusive")]
fn exclusive(request: &mut Request) {
    let _ = request;
}

#[route("/users/<id>")]
fn placeholder(id: &str) {
    let _ = id;
}

#[route("/text")]
fn text(body: &str) {
    let _ = body;
}

#[route("/state")]
fn state(db: &Db) {
    let _ = db;
}

#[app]
pub static APP: App = App {
    name: "fixture",
    handlers: [exclusive, placeholder, text, state],
};

fn main() -> ExitCode {
    chalice::run(&APP)
}
