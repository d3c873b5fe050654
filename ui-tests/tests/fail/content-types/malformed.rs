//! A content type is `type/subtype`.

use chalice::prelude::*;

#[route("/1", methods = [POST], content_types = ["json"])]
fn no_subtype() {}

#[route("/2", methods = [POST], content_types = ["application/json; charset=utf-8"])]
fn parameter() {}

#[route("/3", methods = [POST], content_types = ["application/", ""])]
fn empty() {}

#[app]
pub static APP: App = App {
    name: "fixture",
    handlers: [no_subtype, parameter, empty],
};

fn main() -> ExitCode {
    chalice::run(&APP)
}
