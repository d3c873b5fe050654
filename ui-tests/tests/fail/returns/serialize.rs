//! What is answered as JSON implements `Serialize`.

use chalice::prelude::*;

struct User {
    name: String,
}

#[route("/user")]
async fn user() -> Json<User> {
    Json(User {
        name: "alice".to_owned(),
    })
}

#[app]
pub static APP: App = App {
    name: "fixture",
    handlers: [user],
};

fn main() -> ExitCode {
    chalice::run(&APP)
}
