//! Nothing follows a greedy placeholder.

use chalice::prelude::*;

#[route("/files/<path..>/history")]
fn history(path: String) {
    let _ = path;
}

#[route("/files/{path+}/{version}")]
fn version(path: String, version: u32) {
    let _ = (path, version);
}

#[app]
pub static APP: App = App {
    name: "fixture",
    handlers: [history, version],
};

fn main() -> ExitCode {
    chalice::run(&APP)
}
