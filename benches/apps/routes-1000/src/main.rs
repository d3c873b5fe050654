//! An app of 1,000 routes.

use chalice::prelude::*;

include!(concat!(env!("OUT_DIR"), "/app.rs"));

fn main() -> ExitCode {
    chalice::run(&APP)
}
