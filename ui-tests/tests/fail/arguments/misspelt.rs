//! An argument that does not have the name of its placeholder.

use chalice::prelude::*;

#[route("/users/<user_id>")]
fn user(userid: u64) {
    let _ = userid;
}

#[route("/orders/<id>")]
fn order(_id: u64) {}

#[route("/users/<user>/orders/<order>")]
fn both(usr: u64, ordre: u64) {
    let _ = (usr, ordre);
}

#[route("/items/<id>")]
fn another_name(item: u64) {
    let _ = item;
}

#[app]
pub static APP: App = App {
    name: "fixture",
    handlers: [user, order, both, another_name],
};

fn main() -> ExitCode {
    chalice::run(&APP)
}
