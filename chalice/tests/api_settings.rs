//! What an app's `api` field does at run time, through the test client.

use chalice::{prelude::*, test::Client};

#[middleware(http)]
async fn closed(request: Request, next: Next<'_>) -> Response {
    match request.header("x-gate") {
        Some("closed") => HttpError::forbidden("closed").into_response(),
        Some("panics") => panic!("in the gate"),
        Some("breaks") => next.run(request).await.with_header("x-user", "a\nb"),
        _ => next.run(request).await,
    }
}

#[route("/")]
fn index() -> &'static str {
    "hello"
}

#[route("/protobuf")]
fn protobuf() -> Response {
    Response::binary(&b"\x08\x96\x01"[..]).with_content_type("application/x-protobuf")
}

#[app]
static APP: App = App {
    name: "settings",
    handlers: [index, protobuf],
    middleware: [closed],
    api: Api {
        cors: Cors {
            allow_origin: ["https://a.example.com", "https://b.example.com"],
            allow_credentials: true,
        },
        binary_types: ["application/x-protobuf"],
    },
};

async fn client() -> Client<APP> {
    Client::new(&APP).await.unwrap()
}

#[tokio::test]
async fn what_middleware_answers_can_be_read_across_origins() {
    let client = client().await;
    for (gate, status) in [
        ("open", 200),
        ("closed", 403),
        ("panics", 500),
        ("breaks", 500),
    ] {
        let request = client.http().get("/").header("x-gate", gate);
        let response = request.header("origin", "https://b.example.com").await;
        assert_eq!(response.status(), status);
        let allowed = response.header("access-control-allow-origin");
        assert_eq!(allowed, Some("https://b.example.com"), "{gate}");
        assert_eq!(response.header("vary"), Some("Origin"), "{gate}");
        let request = client.http().get("/").header("x-gate", gate);
        let response = request.header("origin", "https://evil.example.com").await;
        assert_eq!(
            response.header("access-control-allow-origin"),
            None,
            "{gate}"
        );
    }
}

#[tokio::test]
async fn the_apps_own_binary_types_need_an_accept_header() {
    let client = client().await;
    let response = client.http().get("/protobuf").await;
    assert_eq!(response.status(), 400);
    let request = client.http().get("/protobuf");
    let response = request.header("accept", "application/x-protobuf").await;
    assert_eq!(response.status(), 200);
    assert_eq!(response.body().as_ref(), b"\x08\x96\x01");
}
