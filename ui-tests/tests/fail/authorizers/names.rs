//! Two authorizers that would be Lambda functions of one name.

use chalice::prelude::*;

#[authorizer(name = "auth")]
fn one(request: AuthRequest) -> AuthResponse {
    AuthResponse::deny(request.token())
}

#[authorizer(name = "auth")]
fn two(request: AuthRequest) -> AuthResponse {
    AuthResponse::deny(request.token())
}

#[app]
pub static APP: App = App {
    name: "fixture",
    handlers: [one, two],
};

fn main() -> ExitCode {
    chalice::run(&APP)
}
