//! A blueprint is mounted with `.at(..)` and `.prefix(..)`.

use chalice::prelude::*;

mod users {
    use super::*;

    #[route("/")]
    fn list() {}

    #[blueprint]
    pub static BLUEPRINT: Blueprint = Blueprint { handlers: [list] };
}

#[blueprint]
pub static MISSPELT: Blueprint = Blueprint {
    blueprints: [users::BLUEPRINT.att("/users")],
};

#[blueprint]
pub static NUMBER: Blueprint = Blueprint {
    blueprints: [users::BLUEPRINT.at(1)],
};

#[blueprint]
pub static NOTHING: Blueprint = Blueprint {
    blueprints: [users::BLUEPRINT.at()],
};

fn main() {}
