//! The handlers of a conflict are in two modules, and in both notations.

use chalice::prelude::*;

mod users {
    use super::*;

    #[route("/users/<id>")]
    pub async fn show(id: u64) {
        let _ = id;
    }
}

mod admin {
    use super::*;

    #[route("/users/{id}")]
    pub async fn show(id: String) {
        let _ = id;
    }
}

#[app]
pub static APP: App = App {
    name: "fixture",
    handlers: [users::show, admin::show],
};

fn main() -> ExitCode {
    chalice::run(&APP)
}
