//! A blueprint in a crate of its own, for fixtures that mount it.

use chalice::prelude::*;

/// Lists the items.
#[route("/")]
pub async fn list() -> Json<Vec<u64>> {
    Json(vec![1, 2, 3])
}

/// One item.
#[route("/<id>")]
pub async fn show(id: u64) -> Json<u64> {
    Json(id)
}

/// The items, to be mounted at `/items`.
#[blueprint]
pub static BLUEPRINT: Blueprint = Blueprint {
    handlers: [list, show],
};
