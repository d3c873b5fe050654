//! Each content type is listed once.

use chalice::prelude::*;

#[route("/1", methods = [POST], content_types = ["text/plain", "Text/Plain"])]
fn twice() {}

#[app]
pub static APP: App = App {
    name: "fixture",
    handlers: [twice],
};

fn main() -> ExitCode {
    chalice::run(&APP)
}
