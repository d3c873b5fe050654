//! An argument whose name is nearly that of a placeholder.

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

#[app]
pub static APP: App = App {
    name: "fixture",
    handlers: [user, order, both],
};

fn main() -> ExitCode {
    chalice::run(&APP)
}
