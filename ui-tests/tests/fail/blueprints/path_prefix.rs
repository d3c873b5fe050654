//! What the prefix of a blueprint's paths cannot be.

use chalice::prelude::*;

mod users {
    use super::*;

    #[route("/")]
    fn list() {}

    #[blueprint]
    pub static BLUEPRINT: Blueprint = Blueprint { handlers: [list] };
}

#[blueprint]
pub static NO_SLASH: Blueprint = Blueprint {
    blueprints: [users::BLUEPRINT.at("users")],
};

#[blueprint]
pub static ROOT: Blueprint = Blueprint {
    blueprints: [users::BLUEPRINT.at("/")],
};

#[blueprint]
pub static TRAILING_SLASH: Blueprint = Blueprint {
    blueprints: [users::BLUEPRINT.at("/users/")],
};

#[blueprint]
pub static EMPTY_SEGMENT: Blueprint = Blueprint {
    blueprints: [users::BLUEPRINT.at("/v1//users")],
};

#[blueprint]
pub static GREEDY: Blueprint = Blueprint {
    blueprints: [users::BLUEPRINT.at("/<path..>")],
};

#[blueprint]
pub static NAME: Blueprint = Blueprint {
    blueprints: [users::BLUEPRINT.at("/<9th>")],
};

#[blueprint]
pub static CHARACTER: Blueprint = Blueprint {
    blueprints: [users::BLUEPRINT.at("/our users")],
};

#[blueprint]
pub static UNCLOSED: Blueprint = Blueprint {
    blueprints: [users::BLUEPRINT.at("/<tenant")],
};

#[blueprint]
pub static QUERY: Blueprint = Blueprint {
    blueprints: [users::BLUEPRINT.at("/users?all")],
};

fn main() {}
