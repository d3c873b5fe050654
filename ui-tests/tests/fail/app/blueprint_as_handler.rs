//! A blueprint goes into `blueprints`.

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
    handlers: [users::BLUEPRINT],
};

fn main() -> ExitCode {
    chalice::run(&APP)
}
