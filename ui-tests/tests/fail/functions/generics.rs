//! The framework could not choose a handler's type parameters.

use chalice::prelude::*;

#[route("/parsed", methods = [POST])]
async fn parsed<T: serde::de::DeserializeOwned>(body: Json<T>) {
    let _ = body;
}

#[route("/sized")]
async fn sized<const N: usize>() -> Json<usize> {
    Json(N)
}

#[app]
pub static APP: App = App {
    name: "fixture",
    handlers: [parsed, sized],
};

fn main() -> ExitCode {
    chalice::run(&APP)
}
