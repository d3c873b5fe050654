//! Settings of `#[authorizer]` that are none, or out of range.

use chalice::prelude::*;

#[authorizer(ttl_second = 30)]
fn misspelt(request: AuthRequest) -> AuthResponse {
    AuthResponse::deny(request.token())
}

#[authorizer(ttl_seconds = 86_400)]
fn too_long(request: AuthRequest) -> AuthResponse {
    AuthResponse::deny(request.token())
}

#[authorizer(ttl_seconds = "30")]
fn text(request: AuthRequest) -> AuthResponse {
    AuthResponse::deny(request.token())
}

#[authorizer(execution_role = "arn:aws:iam::123456789012:user/me")]
fn role(request: AuthRequest) -> AuthResponse {
    AuthResponse::deny(request.token())
}

#[authorizer(header = "X Token")]
fn header(request: AuthRequest) -> AuthResponse {
    AuthResponse::deny(request.token())
}

#[authorizer(name = "two words")]
fn name(request: AuthRequest) -> AuthResponse {
    AuthResponse::deny(request.token())
}

#[authorizer(ttl_seconds = 1, ttl_seconds = 2)]
fn twice(request: AuthRequest) -> AuthResponse {
    AuthResponse::deny(request.token())
}

#[route("/", authorizer = misspelt)]
fn index() {}

#[app]
pub static APP: App = App {
    name: "fixture",
    handlers: [misspelt, too_long, text, role, header, name, twice, index],
};

fn main() -> ExitCode {
    chalice::run(&APP)
}
