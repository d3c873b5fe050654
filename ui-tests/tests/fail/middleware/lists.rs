//! Lists of middleware that are none.

use chalice::prelude::*;

#[middleware(http)]
async fn audit(request: Request, next: Next<'_>) -> Response {
    next.run(request).await
}

async fn unannotated(request: Request, next: Next<'_>) -> Response {
    next.run(request).await
}

#[app]
pub static APP: App = App {
    name: "fixture",
    middleware: [audit, unannotated],
};

#[app]
pub static CALLED: App = App {
    name: "fixture",
    middleware: [audit()],
};

#[app]
pub static ALONE: App = App {
    name: "fixture",
    middleware: audit,
};

fn main() -> ExitCode {
    chalice::run(&APP)
}
