//! A handler asks for state, and the app has none.

use chalice::prelude::*;

struct Db;

#[route("/")]
async fn index(db: State<Db>) {
    let _ = db;
}

#[app]
pub static APP: App = App {
    name: "fixture",
    handlers: [index],
};

fn main() -> ExitCode {
    chalice::run(&APP)
}
