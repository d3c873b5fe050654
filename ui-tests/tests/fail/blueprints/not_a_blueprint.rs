//! What is mounted carries `#[blueprint]`, and what is not there cannot be.

use chalice::prelude::*;

mod users {
    use super::*;

    #[route("/")]
    pub fn list() {}

    pub struct Users;
}

#[blueprint]
pub static HANDLER: Blueprint = Blueprint {
    blueprints: [users::list.at("/users")],
};

#[blueprint]
pub static TYPE: Blueprint = Blueprint {
    blueprints: [users::Users],
};

#[blueprint]
pub static AS_HANDLER: Blueprint = Blueprint { handlers: [TYPE] };

fn main() {}
