//! What the prefix of a blueprint's handler names cannot be.

use chalice::prelude::*;

mod users {
    use super::*;

    #[route("/")]
    fn list() {}

    #[blueprint]
    pub static BLUEPRINT: Blueprint = Blueprint { handlers: [list] };
}

#[blueprint]
pub static DOT: Blueprint = Blueprint {
    blueprints: [users::BLUEPRINT.prefix("users.")],
};

#[blueprint]
pub static SPACE: Blueprint = Blueprint {
    blueprints: [users::BLUEPRINT.prefix("our users")],
};

fn main() {}
