//! With `cors`, preflight requests are answered for the handler.

use chalice::prelude::*;

#[route("/users", methods = [GET, OPTIONS], cors)]
fn users() {}

#[app]
pub static APP: App = App {
    name: "fixture",
    handlers: [users],
};

fn main() -> ExitCode {
    chalice::run(&APP)
}
