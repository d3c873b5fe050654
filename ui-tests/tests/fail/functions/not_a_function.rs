//! `#[route]` goes on a function.

use chalice::prelude::*;

#[route("/user")]
struct User;

#[route("/users")]
const USERS: &[User] = &[];

#[route("/orders")]
mod orders {
    pub fn list() {}
}

fn main() {
    let _ = (User, USERS);
    orders::list();
}
