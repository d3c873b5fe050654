//! A handler is a safe function of Rust.

use chalice::prelude::*;

#[route("/unsafe")]
unsafe fn not_safe() {}

#[route("/extern")]
extern "C" fn foreign() {}

#[app]
pub static APP: App = App {
    name: "fixture",
    handlers: [not_safe, foreign],
};

fn main() -> ExitCode {
    chalice::run(&APP)
}
