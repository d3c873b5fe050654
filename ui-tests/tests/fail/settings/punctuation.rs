//! Settings are separated by commas.

use chalice::prelude::*;

#[route("/1" methods = [GET])]
fn after_the_path() {}

#[route("/2", api_key_required cors)]
fn between_settings() {}

#[route("/3", "second")]
fn second_text() {}

#[route("/4", methods: [GET])]
fn colon() {}

#[route("/5", name = )]
fn no_value() {}

#[app]
pub static APP: App = App {
    name: "fixture",
    handlers: [
        after_the_path,
        between_settings,
        second_text,
        colon,
        no_value,
    ],
};

fn main() -> ExitCode {
    chalice::run(&APP)
}
