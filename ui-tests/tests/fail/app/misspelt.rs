//! A handler that is not there.

use chalice::prelude::*;

#[route("/")]
fn index() {}

mod users {
    use super::*;

    #[route("/users")]
    pub fn list() {}
}

#[app]
pub static APP: App = App {
    name: "fixture",
    handlers: [idnex, users::lst, user::list],
};

fn main() -> ExitCode {
    chalice::run(&APP)
}
