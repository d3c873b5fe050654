//! Something that cannot change threads is held across `next.run(..)`.

use std::rc::Rc;

use chalice::prelude::*;

#[middleware(http)]
async fn counts(request: Request, next: Next<'_>) -> Response {
    let count = Rc::new(1);
    let response = next.run(request).await;
    drop(count);
    response
}

#[app]
pub static APP: App = App {
    name: "fixture",
    middleware: [counts],
};

fn main() -> ExitCode {
    chalice::run(&APP)
}
