//! `handlers` and `blueprints` are lists of names.

use chalice::prelude::*;

mod users {
    use super::*;

    #[route("/users")]
    fn list() {}

    #[blueprint]
    pub static BLUEPRINT: Blueprint = Blueprint { handlers: [list] };
}

#[app]
pub static SINGLE: App = App {
    name: "fixture",
    handlers: index,
    blueprints: users::BLUEPRINT,
};

#[app]
pub static CALLS: App = App {
    name: "fixture",
    handlers: [index(), "index", users::BLUEPRINT.at("/users")],
    blueprints: [blueprint(), &users::BLUEPRINT],
};

#[route("/")]
fn index() {}

fn main() -> ExitCode {
    chalice::run(&SINGLE)
}
