//! What `run` starts is an app.

use chalice::prelude::*;

#[route("/")]
fn index() {}

#[blueprint]
pub static BLUEPRINT: Blueprint = Blueprint { handlers: [index] };

fn main() -> ExitCode {
    chalice::run(&BLUEPRINT)
}
