//! A placeholder without an argument.

use chalice::prelude::*;

#[route("/users/<id>")]
fn none() {}

#[route("/users/<id>/orders/<order>")]
fn one_of_two(id: u64) {
    let _ = id;
}

#[route("/kinds/<type>")]
fn keyword() {}

#[route("/notes/<id>")]
fn another_kind_of_argument(request: &Request) {
    let _ = request;
}

#[app]
pub static APP: App = App {
    name: "fixture",
    handlers: [none, one_of_two, keyword, another_kind_of_argument],
};

fn main() -> ExitCode {
    chalice::run(&APP)
}
