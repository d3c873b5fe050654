//! Every method, and `ANY` beside others.

use chalice::prelude::*;

#[route("/all", methods = [GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS])]
fn all() {}

#[route("/users")]
fn list() {}

#[route("/users", methods = [POST], api_key_required)]
fn create() {}

#[route("/users", methods = [ANY], api_key_required = false)]
fn any_other() {}

#[route("/binary", methods = [PUT], content_types = ["image/png", "application/octet-stream"])]
fn binary() {}

#[route("/text", methods = [PUT], content_types = ["text/plain", "application/json"], name = "text")]
fn text_types() {}

#[route("/any", methods = [PUT], content_types = [])]
fn every_type() {}

#[app]
static APP: App = App {
    name: "methods",
    handlers: [all, list, create, any_other, binary, text_types, every_type],
};

#[test]
fn methods() {
    assert_eq!(
        crate::routes(&APP),
        [
            "all: GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS /all",
            "list: GET /users",
            "create: POST /users",
            "any_other: ANY /users",
            "binary: PUT /binary",
            "text: PUT /text",
            "every_type: PUT /any",
        ]
    );
}
