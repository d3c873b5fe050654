//! Without routes.

use chalice::prelude::*;

#[lambda_function]
fn first() -> Value {
    json!({ "ok": true })
}

/// The app.
#[app]
pub static APP: App = App {
    name: "purel",
    handlers: [first],
};

fn main() -> ExitCode {
    chalice::run(&APP)
}
