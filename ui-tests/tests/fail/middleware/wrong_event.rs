//! The first argument is not what the kind's events are.

use chalice::prelude::*;

#[middleware(http)]
async fn wants_all(event: Event, next: Next<'_, Event>) -> Outcome {
    next.run(event).await
}

#[middleware(all)]
async fn wants_requests(request: Request, next: Next<'_>) -> Response {
    next.run(request).await
}

#[app]
pub static APP: App = App {
    name: "fixture",
    middleware: [wants_all, wants_requests],
};

fn main() -> ExitCode {
    chalice::run(&APP)
}
