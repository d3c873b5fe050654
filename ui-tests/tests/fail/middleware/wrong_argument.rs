//! Arguments behind `next` come from the app's state.

use chalice::prelude::*;

struct Db;

#[middleware(http)]
async fn reads_query(request: Request, next: Next<'_>, query: Query<Vec<(String, String)>>) -> Response {
    let _ = query;
    next.run(request).await
}

#[middleware(http)]
async fn asks_for_state(request: Request, next: Next<'_>, db: State<Db>) -> Response {
    let _ = db;
    next.run(request).await
}

#[app]
pub static APP: App = App {
    name: "fixture",
    middleware: [reads_query, asks_for_state],
};

fn main() -> ExitCode {
    chalice::run(&APP)
}
