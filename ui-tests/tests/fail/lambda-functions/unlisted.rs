#![deny(dead_code)]

use chalice::prelude::*;

#[lambda_function]
pub fn unlisted() {}

#[on_s3_event(bucket = "mybucket")]
fn unlisted_too(_event: S3Event) {}

#[app]
static APP: App = App {
    name: "unlisted",
};

fn main() -> ExitCode {
    chalice::run(&APP)
}
