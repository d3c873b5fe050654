//! What the template of `cargo lambda new --http` does: greets whoever the query names.

use chalice::prelude::*;

#[route("/")]
async fn hello(request: &Request) -> Response {
    let query = request.query();
    let who = query.get("name").unwrap_or("world");
    let greeting = format!("Hello {who}, this is an AWS Lambda HTTP request");
    Response::text(greeting).with_content_type("text/html")
}

/// The app.
#[app]
pub static APP: App = App {
    name: "hello",
    handlers: [hello],
};

fn main() -> ExitCode {
    chalice::run(&APP)
}
