//! Functions that a configuration has much to say about.

use chalice::prelude::*;

#[route("/")]
fn index() {}

#[lambda_function]
fn fn_a() {}

#[lambda_function]
fn fn_role() {}

#[lambda_function]
fn fn_policy() {}

#[lambda_function]
fn fn_top() {}

/// The app.
#[app]
pub static APP: App = App {
    name: "cfg",
    handlers: [index, fn_a, fn_role, fn_policy, fn_top],
};

fn main() -> ExitCode {
    chalice::run(&APP)
}
