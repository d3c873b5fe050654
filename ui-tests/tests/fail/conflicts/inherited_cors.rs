//! One path whose routes have the app's CORS settings and others.

use chalice::prelude::*;

#[route("/users")]
fn list() {}

#[route("/users", methods = [POST], cors)]
fn create() {}

/// Without CORS, a route does not contend.
#[route("/users", methods = [DELETE], cors = false)]
fn delete() {}

/// What the app says too.
#[route("/users", methods = [PUT], cors(allow_origin = "https://example.com"))]
fn update() {}

#[app]
pub static APP: App = App {
    name: "fixture",
    handlers: [list, create, delete, update],
    api: Api { cors: Cors { allow_origin: "https://example.com" } },
};

fn main() -> ExitCode {
    chalice::run(&APP)
}
