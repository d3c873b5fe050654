//! What the function returns is no response.

use chalice::prelude::*;

struct Report;

#[middleware(http)]
async fn reports(request: Request, next: Next<'_>) -> Report {
    next.run(request).await;
    Report
}

#[middleware(http)]
async fn forgets(request: Request, next: Next<'_>) -> Result<Report> {
    next.run(request).await;
    Ok(Report)
}

#[app]
pub static APP: App = App {
    name: "fixture",
    middleware: [reports, forgets],
};

fn main() -> ExitCode {
    chalice::run(&APP)
}
