//! A conflict within what another crate offers.

use chalice::prelude::*;

#[app]
pub static APP: App = App {
    name: "fixture",
    blueprints: [
        ui_tests_blueprints::BLUEPRINT.at("/items"),
        ui_tests_blueprints::BLUEPRINT.at("/items"),
    ],
};

fn main() -> ExitCode {
    chalice::run(&APP)
}
