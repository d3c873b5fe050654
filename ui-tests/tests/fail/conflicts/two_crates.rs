//! A conflict with another crate's blueprint is reported where the app's author can mend it.

use chalice::prelude::*;

#[route("/items")]
fn items() {}

#[app]
pub static APP: App = App {
    name: "fixture",
    handlers: [items],
    blueprints: [ui_tests_blueprints::BLUEPRINT.at("/items")],
};

fn main() -> ExitCode {
    chalice::run(&APP)
}
