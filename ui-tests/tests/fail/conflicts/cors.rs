//! One path with different CORS settings.

use chalice::prelude::*;

#[route("/users", cors(allow_origin = "https://example.com"))]
fn list() {}

#[route("/users", methods = [POST], cors)]
fn create() {}

#[route("/orders", cors(allow_headers = ["X-Special"], max_age = 600))]
fn orders() {}

#[route("/orders", methods = [POST], cors(max_age = 600))]
fn order() {}

#[app]
pub static APP: App = App {
    name: "fixture",
    handlers: [list, create, orders, order],
};

fn main() -> ExitCode {
    chalice::run(&APP)
}
