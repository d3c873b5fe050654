//! The app does not list the authorizer of a route.

use chalice::prelude::*;

#[authorizer]
fn demo_auth(request: AuthRequest) -> AuthResponse {
    AuthResponse::deny(request.token())
}

#[route("/", authorizer = demo_auth)]
fn index() {}

#[app]
pub static APP: App = App {
    name: "fixture",
    handlers: [index],
};

fn main() -> ExitCode {
    chalice::run(&APP)
}
