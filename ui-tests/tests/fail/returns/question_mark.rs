//! `?` on an error that is no `std::error::Error`.

use chalice::prelude::*;

struct SoldOut;

fn buy() -> Result<(), SoldOut> {
    Err(SoldOut)
}

#[route("/")]
async fn index() -> Result<String> {
    buy()?;
    Ok("bought".to_owned())
}

#[app]
pub static APP: App = App {
    name: "fixture",
    handlers: [index],
};

fn main() -> ExitCode {
    chalice::run(&APP)
}
