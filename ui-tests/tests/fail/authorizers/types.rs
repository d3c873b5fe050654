//! An argument that no authorizer has, and a return type that is no decision.

use chalice::prelude::*;

#[authorizer]
fn argument(request: AuthRequest, body: Json<u32>) -> AuthResponse {
    let _ = body;
    AuthResponse::deny(request.token())
}

#[authorizer]
fn decision(request: AuthRequest) -> bool {
    request.token() == "allow"
}

#[app]
pub static APP: App = App {
    name: "fixture",
    handlers: [argument, decision],
};

fn main() -> ExitCode {
    chalice::run(&APP)
}
