//! The path is a string literal, not an expression.

use chalice::prelude::*;

const PATH: &str = "/users";

#[route(PATH)]
fn constant() {}

#[route(concat!("/users", "/all"))]
fn concatenated() {}

#[route(path = "/users")]
fn named() {}

#[route(b"/users")]
fn bytes() {}

#[route(42)]
fn number() {}

#[app]
pub static APP: App = App {
    name: "fixture",
    handlers: [constant, concatenated, named, bytes, number],
};

fn main() -> ExitCode {
    chalice::run(&APP)
}
