//! A placeholder's argument is parsed from text.

use chalice::prelude::*;

struct UserId(u64);

#[route("/users/<id>")]
async fn user(id: UserId) {
    let _ = id.0;
}

#[route("/orders/<id>")]
async fn order(id: Option<u64>) {
    let _ = id;
}

#[app]
pub static APP: App = App {
    name: "fixture",
    handlers: [user, order],
};

fn main() -> ExitCode {
    chalice::run(&APP)
}
