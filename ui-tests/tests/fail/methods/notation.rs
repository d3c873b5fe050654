//! Methods are a list of bare names.

use chalice::prelude::*;

#[route("/text", methods = ["GET", "post"])]
fn text() {}

#[route("/single", methods = POST)]
fn single() {}

#[route("/parentheses", methods(GET, POST))]
fn parentheses() {}

#[route("/flag", methods)]
fn flag() {}

#[route("/qualified", methods = [Method::GET])]
fn qualified() {}

#[app]
pub static APP: App = App {
    name: "fixture",
    handlers: [text, single, parentheses, flag, qualified],
};

fn main() -> ExitCode {
    chalice::run(&APP)
}
