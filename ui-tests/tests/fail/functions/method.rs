//! A handler is no method.

use chalice::prelude::*;

struct Users;

impl Users {
    #[route("/users")]
    fn list(&self) {}
}

trait Orders {
    #[route("/orders")]
    fn list();
}

fn main() {
    Users.list();
}
