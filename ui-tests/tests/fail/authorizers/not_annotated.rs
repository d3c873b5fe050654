//! A route names a function that is no authorizer.

use chalice::prelude::*;

fn plain(request: AuthRequest) -> AuthResponse {
    AuthResponse::deny(request.token())
}

#[route("/plain", authorizer = plain)]
fn by_plain() {}

#[route("/route", authorizer = by_plain)]
fn by_route() {}

#[app]
pub static APP: App = App {
    name: "fixture",
    handlers: [by_plain, by_route],
};

fn main() -> ExitCode {
    chalice::run(&APP)
}
