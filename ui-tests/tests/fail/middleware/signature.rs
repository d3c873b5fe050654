//! Functions that cannot be a middleware.

use chalice::prelude::*;

#[middleware(http)]
fn not_async(request: Request, next: Next<'_>) -> Response {
    let _ = (request, next);
    Response::text("")
}

#[middleware(http)]
async fn borrows(request: &Request, next: Next<'_>) -> Response {
    let _ = (request, next);
    Response::text("")
}

#[middleware(all)]
async fn lacks_next(event: Event) -> Outcome {
    let _ = event;
    unreachable!()
}

#[middleware(http)]
async fn generic<T>(request: Request, next: Next<'_>, more: T) -> Response {
    let _ = more;
    next.run(request).await
}

#[app]
pub static APP: App = App {
    name: "fixture",
    middleware: [not_async, borrows, lacks_next, generic],
};

fn main() -> ExitCode {
    chalice::run(&APP)
}
