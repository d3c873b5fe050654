//! Texts from outside in the headers of an answer. No parser stands between the
//! function's JSON and the client: what gets out of here is sent.

use chalice::{Redirect, SetCookie, prelude::*, test::Client};

fn asked(request: &Request) -> String {
    request.query().get("text").unwrap_or_default().to_owned()
}

#[route("/header")]
fn header(request: &Request) -> Response {
    Response::text("fine").with_header("x-text", asked(request))
}

#[route("/name")]
fn name(request: &Request) -> Response {
    Response::text("fine").with_header(asked(request), "value")
}

#[route("/redirect")]
fn redirect(request: &Request) -> Redirect {
    Redirect::to(asked(request))
}

#[route("/cookie")]
fn cookie(request: &Request) -> Response {
    Response::text("fine").with_cookie(SetCookie::new("session", asked(request)))
}

#[route("/file")]
fn file(request: &Request) -> Response {
    Response::file("text", &asked(request)).with_content_type("text/plain")
}

#[route("/large")]
fn large(request: &Request) -> Response {
    let length = request
        .query()
        .get("length")
        .and_then(|text| text.parse().ok());
    Response::text("fine").with_header("x-large", "a".repeat(length.unwrap_or(0)))
}

#[app]
static APP: App = App {
    name: "headers",
    handlers: [header, name, redirect, cookie, file, large],
};

#[tokio::test]
async fn no_text_adds_a_header() {
    let client = Client::new(&APP).await.unwrap();
    for path in ["/header", "/name", "/redirect", "/cookie", "/file"] {
        for text in [
            "a%0D%0Aset-cookie:%20b=c",
            "a%0Aset-cookie:%20b=c",
            "a%0Dset-cookie:%20b=c",
            "a%00b",
            "a%C2%85set-cookie:%20b=c",
            "a%7Fb",
        ] {
            let response = client.http().get(&format!("{path}?text={text}")).await;
            assert!(
                [200, 500].contains(&response.status().as_u16()),
                "{path} {text}"
            );
            let cookies: Vec<_> = response.headers().get_all("set-cookie").iter().collect();
            assert!(
                cookies
                    .iter()
                    .all(|cookie| !cookie.as_bytes().starts_with(b"b=c"))
            );
            for value in response.headers().values() {
                let text = String::from_utf8_lossy(value.as_bytes());
                assert!(!text.chars().any(char::is_control), "{path} {text:?}");
            }
        }
    }
}

#[tokio::test]
async fn headers_that_the_gateway_does_not_take_are_a_logged_500() {
    let client = Client::new(&APP).await.unwrap();
    for (length, status) in [(1_000, 200), (10_000, 200), (10_240, 500), (100_000, 500)] {
        let response = client.http().get(&format!("/large?length={length}")).await;
        assert_eq!(response.status(), status, "{length}");
    }
    // A function URL is none of API Gateway's.
    let event = json!({
        "version": "2.0", "routeKey": "$default", "rawPath": "/large", "rawQueryString": "length=20000",
        "requestContext": { "http": { "method": "GET" }, "domainName": "a.lambda-url.b.on.aws" },
    });
    let reply = client
        .lambda("api_handler")
        .invoke_json(&event.to_string())
        .await
        .unwrap();
    assert_eq!(reply["statusCode"], 200);
}
