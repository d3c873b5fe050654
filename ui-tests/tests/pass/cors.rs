//! The ways to switch CORS on.

use chalice::prelude::*;

#[route("/1", cors)]
fn flag() {}

#[route("/2", cors = true)]
fn on() {}

#[route("/3", cors = false)]
fn off() {}

#[route("/4", cors())]
fn empty() {}

#[route("/5", cors(
    allow_origin = "https://foo.example.com:8443",
    allow_headers = ["X-Special", "Content-Type"],
    expose_headers = ["X-Special"],
    max_age = 600,
    allow_credentials,
))]
fn full() {}

#[route("/6", cors(allow_origin = "*", max_age = 0, allow_credentials = false))]
fn explicit() {}

#[route(
    "/7",
    cors(allow_origin = "http://localhost:3000", allow_credentials = true)
)]
fn local() {}

#[route("/8", cors(max_age = 600))]
fn first_of_one_path() {}

#[route("/8", methods = [POST], cors(max_age = 600))]
fn second_of_one_path() {}

/// A route of the same path may do without.
#[route("/8", methods = [DELETE])]
fn without() {}

/// Without `cors`, preflight requests are the app's own to answer.
#[route("/9", methods = [OPTIONS])]
fn preflight() {}

#[app]
static APP: App = App {
    name: "cors",
    handlers: [
        flag,
        on,
        off,
        empty,
        full,
        explicit,
        local,
        first_of_one_path,
        second_of_one_path,
        without,
        preflight,
    ],
};

#[test]
fn cors() {
    assert_eq!(crate::routes(&APP).len(), 11);
}
