//! A handler's name is part of a Lambda function's.

use chalice::prelude::*;

#[route("/1", name = "list users")]
fn space() {}

#[route("/2", name = "")]
fn empty() {}

#[route("/3", name = "users.list")]
fn dot() {}

#[route(
    "/4",
    name = "a_name_that_goes_on_and_on_until_it_has_more_than_sixty_four_characters"
)]
fn long() {}

#[app]
pub static APP: App = App {
    name: "fixture",
    handlers: [space, empty, dot, long],
};

fn main() -> ExitCode {
    chalice::run(&APP)
}
