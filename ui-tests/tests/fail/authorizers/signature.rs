//! Functions that API Gateway could not ask.

use chalice::prelude::*;

#[authorizer]
fn no_decision(request: AuthRequest) {
    let _ = request;
}

#[authorizer]
fn no_request() -> AuthResponse {
    AuthResponse::deny("nobody")
}

#[authorizer]
fn request_of_a_route(request: &Request) -> AuthResponse {
    AuthResponse::deny(request.path())
}

#[authorizer]
fn reference(request: AuthRequest, name: &str) -> AuthResponse {
    AuthResponse::deny(request.token())
}

#[authorizer]
fn generic<T>(request: AuthRequest) -> AuthResponse {
    AuthResponse::deny(request.token())
}

#[authorizer]
struct NoFunction;

#[app]
pub static APP: App = App {
    name: "fixture",
    handlers: [no_decision, no_request, request_of_a_route, reference, generic],
};

fn main() -> ExitCode {
    chalice::run(&APP)
}
