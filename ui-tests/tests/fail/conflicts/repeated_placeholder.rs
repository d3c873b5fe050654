//! A prefix and a route have one placeholder name.

use chalice::prelude::*;

mod users {
    use super::*;

    #[route("/<id>")]
    fn show(id: u64) {
        let _ = id;
    }

    #[blueprint]
    pub static BLUEPRINT: Blueprint = Blueprint { handlers: [show] };
}

#[app]
pub static APP: App = App {
    name: "fixture",
    blueprints: [users::BLUEPRINT.at("/tenants/<id>/users")],
};

fn main() -> ExitCode {
    chalice::run(&APP)
}
