//! A return type that is no response.

use chalice::prelude::*;

struct Report;

#[route("/1")]
async fn plain() -> Report {
    Report
}

#[route("/2")]
fn number() -> u64 {
    17
}

#[route("/3")]
async fn in_result() -> Result<Report> {
    Ok(Report)
}

#[app]
pub static APP: App = App {
    name: "fixture",
    handlers: [plain, number, in_result],
};

fn main() -> ExitCode {
    chalice::run(&APP)
}
