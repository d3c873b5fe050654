//! A blueprint has no name and no state: those are the app's.

use chalice::prelude::*;

#[route("/")]
fn index() {}

#[blueprint]
pub static NAMED: Blueprint = Blueprint {
    name: "users",
    handlers: [index],
};

#[blueprint]
pub static STATE: Blueprint = Blueprint {
    handlers: [index],
    state: AppState::connect,
};

#[blueprint(prefix = "/users")]
pub static PREFIX: Blueprint = Blueprint { handlers: [index] };

fn main() {}
