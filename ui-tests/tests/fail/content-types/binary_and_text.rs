//! API Gateway carries a body as binary or as text, by its content type.

use chalice::prelude::*;

#[route("/1", methods = [POST], content_types = ["application/json", "image/png"])]
fn text_first() {}

#[route("/2", methods = [POST], content_types = ["application/octet-stream", "text/plain"])]
fn binary_first() {}

#[app]
pub static APP: App = App {
    name: "fixture",
    handlers: [text_first, binary_first],
};

fn main() -> ExitCode {
    chalice::run(&APP)
}
