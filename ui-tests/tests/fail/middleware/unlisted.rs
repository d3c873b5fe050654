//! A middleware that nothing lists.

#![deny(dead_code)]

use chalice::prelude::*;

#[middleware(http)]
async fn audit(request: Request, next: Next<'_>) -> Response {
    next.run(request).await
}

#[app]
pub static APP: App = App { name: "fixture" };

fn main() -> ExitCode {
    chalice::run(&APP)
}
