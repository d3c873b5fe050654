//! An argument of a type that is no extractor.

use chalice::prelude::*;

struct Session;

#[route("/session")]
async fn session(session: Session) {
    let _ = session;
}

#[app]
pub static APP: App = App {
    name: "fixture",
    handlers: [session],
};

fn main() -> ExitCode {
    chalice::run(&APP)
}
