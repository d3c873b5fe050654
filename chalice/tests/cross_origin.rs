//! CORS from the attributes to the answers, through the emulated gateway.

use chalice::{
    prelude::*,
    test::{Client, HttpResponse},
};

const A: &str = "https://a.example.com";
const B: &str = "https://b.example.com";
const UNLISTED: &str = "https://a.example.com.evil.example";

#[route("/inherits", methods = [PUT, GET])]
fn inherits() -> &'static str {
    "inherited"
}

/// Of the same path, and without CORS.
#[route("/inherits", methods = [DELETE], cors = false)]
fn without() {}

#[route("/inherits", methods = [POST])]
async fn takes_json(body: Json<u64>) -> String {
    body.to_string()
}

#[route("/panics")]
fn panics() -> &'static str {
    panic!("on purpose")
}

#[route("/off", cors = false)]
fn off() {}

#[route("/own", cors(allow_origin = "https://own.example.com", max_age = 5))]
fn own() {}

#[route("/sets")]
fn sets() -> Response {
    Response::text("")
        .with_header("ACCESS-CONTROL-ALLOW-ORIGIN", "https://set.example.com")
        .with_header("Vary", "Accept")
}

#[route("/options", methods = [GET, OPTIONS])]
fn options() -> &'static str {
    "mine"
}

#[app]
static APP: App = App {
    name: "origins",
    handlers: [
        inherits, without, takes_json, panics, off, own, sets, options,
    ],
    api: Api {
        cors: Cors {
            allow_origin: ["https://a.example.com", "https://b.example.com"],
            max_age: 600,
            allow_credentials: true,
        },
    },
};

const ORIGIN: &str = "access-control-allow-origin";

async fn send(method: &str, path: &str, origin: &str) -> HttpResponse {
    let client = Client::new(&APP).await.unwrap();
    client
        .http()
        .request(method.parse().unwrap(), path)
        .header("origin", origin)
        .await
}

#[tokio::test]
async fn a_listed_origin_may_read() {
    for origin in [A, B] {
        let response = send("GET", "/inherits", origin).await;
        assert_eq!(response.text(), "inherited");
        assert_eq!(response.header(ORIGIN), Some(origin));
        assert_eq!(response.header("vary"), Some("Origin"));
        assert_eq!(
            response.header("access-control-allow-credentials"),
            Some("true")
        );
    }
}

#[tokio::test]
async fn another_origin_may_not() {
    for method in ["GET", "POST", "OPTIONS"] {
        for origin in [UNLISTED, "null", "*", ""] {
            let response = send(method, "/inherits", origin).await;
            assert_eq!(response.header(ORIGIN), None, "{method} {origin}");
            assert_eq!(
                response.header("access-control-allow-credentials"),
                None,
                "{method} {origin}"
            );
            assert_eq!(response.header("vary"), Some("Origin"), "{method} {origin}");
        }
    }
}

#[tokio::test]
async fn errors_may_be_read_too() {
    for (method, path, status) in [("POST", "/inherits", 400), ("GET", "/panics", 500)] {
        let response = send(method, path, A).await;
        assert_eq!(response.status(), status);
        assert_eq!(response.header(ORIGIN), Some(A), "{method} {path}");
    }
    let client = Client::new(&APP).await.unwrap();
    let response = client
        .http()
        .post("/inherits")
        .header("origin", A)
        .header("content-type", "text/plain")
        .body("17")
        .await;
    assert_eq!(response.status(), 415);
    assert_eq!(response.header(ORIGIN), Some(A));
}

#[tokio::test]
async fn a_preflight_for_several_origins_is_answered_by_the_function() {
    let response = send("OPTIONS", "/inherits", B).await;
    assert_eq!(response.status(), 200);
    assert!(response.body().is_empty());
    assert_eq!(response.header(ORIGIN), Some(B));
    assert_eq!(
        response.header("access-control-allow-methods"),
        Some("PUT,GET,POST,OPTIONS")
    );
    assert_eq!(response.header("access-control-max-age"), Some("600"));
    assert_eq!(response.header("vary"), Some("Origin"));
}

#[tokio::test]
async fn a_preflight_for_one_origin_is_answered_by_the_gateway() {
    for origin in [A, "https://own.example.com"] {
        let response = send("OPTIONS", "/own", origin).await;
        assert_eq!(response.header(ORIGIN), Some("https://own.example.com"));
        assert_eq!(response.header("vary"), None);
        assert_eq!(
            response.header("access-control-allow-methods"),
            Some("GET,OPTIONS")
        );
        assert_eq!(response.header("access-control-max-age"), Some("5"));
    }
}

#[tokio::test]
async fn routes_decide_for_themselves() {
    let response = send("GET", "/off", A).await;
    assert_eq!(response.status(), 200);
    assert_eq!(
        (response.header(ORIGIN), response.header("vary")),
        (None, None)
    );
    assert_eq!(send("OPTIONS", "/off", A).await.status(), 403);
    assert_eq!(send("DELETE", "/inherits", A).await.header(ORIGIN), None);
    let response = send("GET", "/sets", A).await;
    let origins: Vec<_> = response.headers().get_all(ORIGIN).iter().collect();
    assert_eq!(origins, ["https://set.example.com"]);
    let vary: Vec<_> = response.headers().get_all("vary").iter().collect();
    assert_eq!(vary, ["Accept", "Origin"]);
    let response = send("OPTIONS", "/options", A).await;
    assert_eq!(response.text(), "mine");
    assert_eq!(response.header(ORIGIN), Some(A));
}
