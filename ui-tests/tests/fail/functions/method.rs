//! A handler is no method.

use chalice::prelude::*;

struct Users;

impl Users {
    #[route("/users")]
    fn list(&self) {}

    #[route("/users/<id>")]
    async fn show(self: std::sync::Arc<Self>, id: u64) {
        let _ = id;
    }
}

trait Orders {
    #[route("/orders")]
    fn list();
}

fn main() {
    Users.list();
}
