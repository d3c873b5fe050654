//! A gateway and a function that read one path differently: what is guarded under
//! one reading is open under the other.

use chalice::{prelude::*, test::Client};

#[authorizer]
fn guard(request: AuthRequest) -> AuthResponse {
    match request.token() {
        "admin" => AuthResponse::allow(["*"], "admin"),
        _ => AuthResponse::deny("nobody"),
    }
}

#[route("/admin", authorizer = guard)]
fn admin() -> &'static str {
    "admin"
}

#[route("/files/<name>")]
fn file(name: String) -> String {
    format!("file {name:?}")
}

#[route("/trees/<path..>")]
fn tree(path: String) -> String {
    format!("tree {path:?}")
}

#[app]
static APP: App = App {
    name: "paths",
    handlers: [guard, admin, file, tree],
};

#[tokio::test]
async fn no_spelling_of_a_guarded_path_is_open() {
    let client = Client::new(&APP).await.unwrap();
    for path in [
        "/admin",
        "/admin/",
        "/%61dmin",
        "/ADMIN",
        "//admin",
        "/./admin",
        "/files/../admin",
        "/files/%2e%2e/admin",
        "/files/..%2Fadmin",
        "/admin;x=y",
        "/admin%3F",
        "/admin%23",
        "/admin%00",
        "/admin%2F",
        "/admin//",
        "/trees/../admin",
    ] {
        let response = client.http().get(path).await;
        assert_ne!(response.text(), "admin", "{path}");
    }
    let response = client
        .http()
        .get("/admin/")
        .header("authorization", "admin")
        .await;
    assert_eq!(response.text(), "admin");
}

#[tokio::test]
async fn values_are_decoded_once_and_split_no_segment() {
    let client = Client::new(&APP).await.unwrap();
    for (path, text) in [
        ("/files/a%2Fb", r#"file "a/b""#),
        ("/files/a%252Fb", r#"file "a%2Fb""#),
        ("/files/%2e%2e", r#"file "..""#),
        ("/files/a;b=c", r#"file "a;b=c""#),
        ("/files/a%3Fb%23c", r#"file "a?b#c""#),
        ("/trees/a%2Fb/../c", r#"tree "a/b/../c""#),
        ("/trees/a//b", r#"tree "a//b""#),
    ] {
        assert_eq!(client.http().get(path).await.text(), text, "{path}");
    }
    assert_eq!(client.http().get("/files/%FF").await.status(), 400);
}

#[tokio::test]
async fn the_gateways_match_stands_whatever_the_path_says() {
    let client = Client::new(&APP).await.unwrap();
    // An HTTP API delivers its path decoded, even cut at a decoded `?`.
    let event = json!({
        "version": "2.0", "routeKey": "GET /files/{name}", "rawPath": "/admin",
        "requestContext": { "http": { "method": "GET", "path": "/admin" }, "stage": "$default" },
        "pathParameters": { "name": "../admin?x" },
    });
    let reply = client
        .lambda("api_handler")
        .invoke_json(&event.to_string())
        .await
        .unwrap();
    assert_eq!(reply["body"], r#"file "../admin?x""#);
    // A function URL leaves the path as it was sent, and the function searches it so.
    for (path, status) in [
        ("/files/..%2Fadmin", 200),
        ("/files/../admin", 404),
        ("//admin", 404),
    ] {
        let event = json!({
            "version": "2.0", "routeKey": "$default", "rawPath": path,
            "requestContext": { "http": { "method": "GET" }, "domainName": "a.lambda-url.b.on.aws" },
        });
        let reply = client
            .lambda("api_handler")
            .invoke_json(&event.to_string())
            .await
            .unwrap();
        assert_eq!(reply["statusCode"], status, "{path}");
        assert_ne!(reply["body"], "admin", "{path}");
    }
}
