//! Entries of `middleware` that are none.

use chalice::prelude::*;

#[route("/")]
fn index() {}

#[middleware(http)]
async fn audit(request: Request, next: Next<'_>) -> Response {
    next.run(request).await
}

#[app]
pub static APP: App = App {
    name: "fixture",
    handlers: [index, audit],
    middleware: [index, audit],
};

fn main() -> ExitCode {
    chalice::run(&APP)
}
