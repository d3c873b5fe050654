//! What is no list of grants.

use chalice::{
    grant::{Bucket, Grant},
    prelude::*,
};

const PHOTOS: Bucket = Bucket::named("photos");

#[route("/", grants = [PHOTOS])]
fn index() -> &'static str {
    "photos"
}

#[route("/actions", grants = [Grant::allow(&["ses:SendEmail"])])]
fn actions() -> &'static str {
    "photos"
}

#[route("/texts", grants = ["s3:GetObject"])]
fn texts() -> &'static str {
    "photos"
}

fn grant() -> Grant {
    PHOTOS.get()
}

#[lambda_function(grants = [grant()])]
fn at_run_time() {}

#[app]
static APP: App = App {
    name: "photos",
    handlers: [index, actions, texts, at_run_time],
};

fn main() -> ExitCode {
    chalice::run(&APP)
}
