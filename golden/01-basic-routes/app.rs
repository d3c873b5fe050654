//! Methods, documentation, placeholders, CORS, content types, API keys, `ANY`.

use chalice::prelude::*;

/// Index summary.
///
/// Index description line 1.
/// line 2.
#[route("/")]
fn index() {}

/// One-line doc.
#[route("/hello/{name}", methods = [GET, PUT, POST, PATCH, DELETE, HEAD], name = "named_hello")]
fn hello(name: String) -> String {
    name
}

#[route("/cors-true", methods = [GET, POST], cors)]
fn cors_true() {}

#[route("/cors-custom", methods = [PUT], cors(
    allow_origin = "https://foo.example.com",
    allow_headers = ["X-Special-Header"],
    max_age = 600,
    expose_headers = ["X-Special-Header", "X-Other"],
    allow_credentials,
))]
fn cors_custom() {}

#[route("/cors-mixed", cors)]
fn cors_mixed_get() {}

#[route("/cors-mixed", methods = [POST])]
fn cors_mixed_post() {}

#[route("/apikey", api_key_required)]
fn apikey() {}

#[route("/form", methods = [POST], content_types = ["application/x-www-form-urlencoded", "text/plain"])]
fn form() {}

#[route("/binary", methods = [POST], content_types = ["application/octet-stream"])]
fn binary(body: Bytes) -> Bytes {
    body
}

#[route("/a/{one}/b/{two}")]
fn two(one: String, two: String) -> Json<[String; 2]> {
    Json([one, two])
}

#[route("/proxy/{proxy+}")]
fn proxy(proxy: String) -> String {
    proxy
}

#[route("/user-options", methods = [OPTIONS, GET])]
fn user_options() {}

#[route("/any", methods = [ANY])]
fn any_() {}

/// The app.
#[app]
pub static APP: App = App {
    name: "basic",
    handlers: [
        index,
        hello,
        cors_true,
        cors_custom,
        cors_mixed_get,
        cors_mixed_post,
        apikey,
        form,
        binary,
        two,
        proxy,
        user_options,
        any_,
    ],
    api: Api {
        binary_types: ["application/x-custom"],
    },
};

fn main() -> ExitCode {
    chalice::run(&APP)
}
