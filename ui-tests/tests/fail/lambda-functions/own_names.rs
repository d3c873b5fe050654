//! A function without `name` has its own, which AWS Lambda has to take.

use chalice::prelude::*;

#[lambda_function]
fn größe() {}

#[schedule("rate(1 hour)")]
fn what_is_this_name_for_if_nobody_ever_reads_it_all_and_never_will() {}

#[schedule("rate(1 hour)", name = "groesse")]
fn größer() {}

#[authorizer]
fn wächter(_request: AuthRequest) -> AuthResponse {
    AuthResponse::deny("nobody")
}

#[app]
pub static APP: App = App {
    name: "fixture",
    handlers: [
        größe,
        what_is_this_name_for_if_nobody_ever_reads_it_all_and_never_will,
        größer,
        wächter,
    ],
};

fn main() -> ExitCode {
    chalice::run(&APP)
}
