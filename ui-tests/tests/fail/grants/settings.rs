//! Settings about grants that are not as they should be.

use chalice::{grant::Bucket, prelude::*};

const PHOTOS: Bucket = Bucket::named("photos");

#[route("/", grant = [PHOTOS.get()])]
fn index() -> &'static str {
    "photos"
}

#[schedule("rate(1 hour)", grants = PHOTOS.get())]
fn hourly() {}

#[lambda_function(grants(PHOTOS.get()))]
fn function() {}

#[authorizer(grants)]
fn auth(_request: &AuthRequest) -> AuthResponse {
    AuthResponse::deny("nobody")
}

#[app]
static APP: App = App {
    name: "photos",
    handlers: [index, hourly, function, auth],
    grants: PHOTOS.get(),
};

fn main() -> ExitCode {
    chalice::run(&APP)
}
