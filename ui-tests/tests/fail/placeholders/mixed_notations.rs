//! A greedy placeholder is `<path..>` or `{path+}`, not half of each.

use chalice::prelude::*;

#[route("/files/<path+>")]
fn plus_in_angles(path: String) {
    let _ = path;
}

#[route("/files/{path..}")]
fn dots_in_braces(path: String) {
    let _ = path;
}

#[app]
pub static APP: App = App {
    name: "fixture",
    handlers: [plus_in_angles, dots_in_braces],
};

fn main() -> ExitCode {
    chalice::run(&APP)
}
