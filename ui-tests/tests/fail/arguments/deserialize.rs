//! What is read from the body or the query implements `Deserialize`.

use chalice::prelude::*;

struct User {
    name: String,
}

#[route("/users", methods = [POST])]
async fn create(user: Json<User>) {
    let _ = &user.name;
}

#[route("/users")]
async fn search(user: Query<User>) {
    let _ = &user.name;
}

#[app]
pub static APP: App = App {
    name: "fixture",
    handlers: [create, search],
};

fn main() -> ExitCode {
    chalice::run(&APP)
}
