//! Each setting is given once.

use chalice::prelude::*;

#[route("/1", methods = [GET], name = "first", methods = [POST])]
fn methods() {}

#[route("/2", cors, cors(max_age = 600))]
fn cors() {}

#[app]
pub static APP: App = App {
    name: "fixture",
    handlers: [methods, cors],
};

fn main() -> ExitCode {
    chalice::run(&APP)
}
