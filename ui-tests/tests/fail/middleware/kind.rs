//! `#[middleware]` without a kind, with an unknown one, with more than one.

use chalice::prelude::*;

#[middleware]
async fn without(request: Request, next: Next<'_>) -> Response {
    next.run(request).await
}

#[middleware(htpp)]
async fn misspelt(request: Request, next: Next<'_>) -> Response {
    next.run(request).await
}

#[middleware("http")]
async fn quoted(request: Request, next: Next<'_>) -> Response {
    next.run(request).await
}

#[middleware(http, all)]
async fn two(request: Request, next: Next<'_>) -> Response {
    next.run(request).await
}

#[app]
pub static APP: App = App {
    name: "fixture",
    middleware: [without, misspelt, quoted, two],
};

fn main() -> ExitCode {
    chalice::run(&APP)
}
