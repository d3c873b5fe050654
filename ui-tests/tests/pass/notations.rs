//! Both notations of placeholders, also in one path.

use chalice::prelude::*;

#[route("/")]
fn root() {}

#[route("/users/<id>")]
fn angles(id: u64) {
    let _ = id;
}

#[route("/orders/{id}")]
fn braces(id: u64) {
    let _ = id;
}

#[route("/a/<x>/{y}")]
fn both(y: String, x: String) {
    let _ = (x, y);
}

#[route("/files/<path..>")]
async fn greedy(path: String) {
    let _ = path;
}

#[route("/archive/{path+}")]
async fn greedy_braces(path: String) {
    let _ = path;
}

/// A literal segment may stand beside a placeholder, and a greedy one below it.
#[route("/users/me")]
fn literal_beside_placeholder() {}

#[route("/users/<id>/<rest..>")]
fn greedy_below_placeholder(id: u64, rest: String) {
    let _ = (id, rest);
}

#[route("/v1.0/a_b-c:d")]
fn every_literal_character() {}

#[app]
static APP: App = App {
    name: "notations",
    handlers: [
        root,
        angles,
        braces,
        both,
        greedy,
        greedy_braces,
        literal_beside_placeholder,
        greedy_below_placeholder,
        every_literal_character,
    ],
};

#[test]
fn notations() {
    assert_eq!(
        crate::routes(&APP),
        [
            "root: GET /",
            "angles: GET /users/{id}",
            "braces: GET /orders/{id}",
            "both: GET /a/{x}/{y}",
            "greedy: GET /files/{path+}",
            "greedy_braces: GET /archive/{path+}",
            "literal_beside_placeholder: GET /users/me",
            "greedy_below_placeholder: GET /users/{id}/{rest+}",
            "every_literal_character: GET /v1.0/a_b-c:d",
        ]
    );
}
