//! Identity sources that are none.

use chalice::prelude::*;

#[authorizer(identity_sources = [])]
fn empty(request: AuthRequest) -> AuthResponse {
    AuthResponse::deny(request.token())
}

#[authorizer(identity_sources = [headers("Authorization")])]
fn misspelt(request: AuthRequest) -> AuthResponse {
    AuthResponse::deny(request.token())
}

#[authorizer(identity_sources = "Authorization")]
fn text(request: AuthRequest) -> AuthResponse {
    AuthResponse::deny(request.token())
}

#[authorizer(identity_sources = [query("a b"), context("$context.path"), header()])]
fn names(request: AuthRequest) -> AuthResponse {
    AuthResponse::deny(request.token())
}

#[authorizer(identity_sources = [header("X-A"), header("x-a")])]
fn repeated(request: AuthRequest) -> AuthResponse {
    AuthResponse::deny(request.token())
}

#[authorizer(header = "X-A", identity_sources = [header("X-B")])]
fn both(request: AuthRequest) -> AuthResponse {
    AuthResponse::deny(request.token())
}

#[app]
pub static APP: App = App {
    name: "fixture",
    handlers: [empty, misspelt, text, names, repeated, both],
};

fn main() -> ExitCode {
    chalice::run(&APP)
}
