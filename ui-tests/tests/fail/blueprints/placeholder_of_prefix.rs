//! The placeholder of a prefix is no argument of the blueprint's handlers.

use chalice::prelude::*;

mod users {
    use super::*;

    #[route("/")]
    fn list(tenant: String) {
        let _ = tenant;
    }

    #[blueprint]
    pub static BLUEPRINT: Blueprint = Blueprint { handlers: [list] };
}

#[app]
pub static APP: App = App {
    name: "fixture",
    blueprints: [users::BLUEPRINT.at("/tenants/<tenant>/users")],
};

fn main() -> ExitCode {
    chalice::run(&APP)
}
