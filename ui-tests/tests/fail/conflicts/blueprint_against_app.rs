//! A blueprint's handler takes a path that the app has.

use chalice::prelude::*;

mod users {
    use super::*;

    #[route("/")]
    fn list() {}

    #[blueprint]
    pub static BLUEPRINT: Blueprint = Blueprint { handlers: [list] };
}

#[route("/users")]
fn all_users() {}

#[app]
pub static APP: App = App {
    name: "fixture",
    handlers: [all_users],
    blueprints: [users::BLUEPRINT.at("/users")],
};

fn main() -> ExitCode {
    chalice::run(&APP)
}
