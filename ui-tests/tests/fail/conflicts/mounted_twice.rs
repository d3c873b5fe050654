//! A blueprint is mounted twice at one path.

use chalice::prelude::*;

mod users {
    use super::*;

    #[route("/")]
    fn list() {}

    #[blueprint]
    pub static BLUEPRINT: Blueprint = Blueprint { handlers: [list] };
}

#[app]
pub static APP: App = App {
    name: "fixture",
    blueprints: [users::BLUEPRINT.at("/users"), users::BLUEPRINT.at("/users")],
};

fn main() -> ExitCode {
    chalice::run(&APP)
}
