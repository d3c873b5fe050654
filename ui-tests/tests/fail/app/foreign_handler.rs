//! Handlers of another crate come by its blueprint.

use chalice::prelude::*;

#[app]
pub static APP: App = App {
    name: "fixture",
    handlers: [ui_tests_blueprints::list],
};

fn main() -> ExitCode {
    chalice::run(&APP)
}
