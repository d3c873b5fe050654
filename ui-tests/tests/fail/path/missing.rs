//! `#[route]` without a path.

use chalice::prelude::*;

#[route]
fn bare() {}

#[route()]
fn empty() {}

#[route(methods = [POST])]
fn settings_only() {}

#[app]
pub static APP: App = App {
    name: "fixture",
    handlers: [bare, empty, settings_only],
};

fn main() -> ExitCode {
    chalice::run(&APP)
}
