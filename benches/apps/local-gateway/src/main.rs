//! One route, for `cargo chalice local`.

use chalice::prelude::*;

#[derive(Serialize)]
struct Greeting {
    hello: &'static str,
}

#[route("/hello")]
async fn hello() -> Json<Greeting> {
    Json(Greeting { hello: "world" })
}

/// The app.
#[app]
pub static APP: App = App {
    name: "local-gateway-app",
    handlers: [hello],
};

fn main() -> ExitCode {
    chalice::run(&APP)
}
