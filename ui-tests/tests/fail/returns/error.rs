//! An error that does not say how it is answered.

use chalice::prelude::*;

use std::io;

struct SoldOut;

#[route("/1")]
async fn own() -> Result<String, SoldOut> {
    Err(SoldOut)
}

#[route("/2")]
async fn of_the_standard_library() -> Result<String, io::Error> {
    Ok(String::new())
}

#[app]
pub static APP: App = App {
    name: "fixture",
    handlers: [own, of_the_standard_library],
};

fn main() -> ExitCode {
    chalice::run(&APP)
}
