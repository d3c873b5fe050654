//! All mistakes of one path are reported at once.

use chalice::prelude::*;

#[route("users//<id>/<id>/all?/")]
fn users(id: u64) {
    let _ = id;
}

#[app]
pub static APP: App = App {
    name: "fixture",
    handlers: [users],
};

fn main() -> ExitCode {
    chalice::run(&APP)
}
