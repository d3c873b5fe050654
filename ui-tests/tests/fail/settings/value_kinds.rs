//! Each setting takes a value of one kind.

use chalice::prelude::*;

#[route("/1", name)]
fn name_flag() {}

#[route("/2", name = 2)]
fn name_number() {}

#[route("/3", content_types = "application/json")]
fn content_types_text() {}

#[route("/4", content_types = [json])]
fn content_types_name() {}

#[route("/5", api_key_required = "yes")]
fn api_key_text() {}

#[route("/6", api_key_required(true))]
fn api_key_list() {}

#[route("/7", authorizer)]
fn authorizer_flag() {}

#[route("/8", authorizer = "IAM")]
fn authorizer_text() {}

#[app]
pub static APP: App = App {
    name: "fixture",
    handlers: [
        name_flag,
        name_number,
        content_types_text,
        content_types_name,
        api_key_text,
        api_key_list,
        authorizer_flag,
        authorizer_text,
    ],
};

fn main() -> ExitCode {
    chalice::run(&APP)
}
