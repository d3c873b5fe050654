//! Characters that API Gateway does not take in a path.

use chalice::prelude::*;

#[route("/two words")]
fn space() {}

#[route("/straße")]
fn letter() {}

#[route("/two%20words")]
fn encoded() {}

#[route("/a+b")]
fn plus() {}

#[route("/users#all")]
fn fragment() {}

#[app]
pub static APP: App = App {
    name: "fixture",
    handlers: [space, letter, encoded, plus, fragment],
};

fn main() -> ExitCode {
    chalice::run(&APP)
}
