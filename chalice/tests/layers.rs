//! Layers of the tower ecosystem around an app.

use std::{
    sync::atomic::{AtomicUsize, Ordering},
    time::Duration,
};

use chalice::{HttpService, LayeredService, http, prelude::*, test::Client};
use tower::ServiceBuilder;
use tower_http::{
    set_header::{SetRequestHeaderLayer, SetResponseHeaderLayer},
    timeout::TimeoutLayer,
};

static BUILT: AtomicUsize = AtomicUsize::new(0);

fn layers(service: HttpService) -> impl LayeredService {
    BUILT.fetch_add(1, Ordering::Relaxed);
    ServiceBuilder::new()
        .layer(SetResponseHeaderLayer::overriding(
            http::HeaderName::from_static("x-server"),
            http::HeaderValue::from_static("onion"),
        ))
        .layer(SetRequestHeaderLayer::overriding(
            http::HeaderName::from_static("x-added"),
            http::HeaderValue::from_static("by a layer"),
        ))
        .map_request(|request: http::Request<_>| {
            assert_ne!(request.uri().query(), Some("panic=layer"));
            request
        })
        .layer(TimeoutLayer::with_status_code(
            http::StatusCode::GATEWAY_TIMEOUT,
            Duration::from_millis(20),
        ))
        .service(service)
}

#[route("/echo", methods = [POST])]
fn echo(request: &Request) -> Result<String> {
    let added = request.header("x-added").unwrap_or("nothing");
    Ok(format!(
        "{} {} {added}",
        request.text()?,
        request.query().get("q").unwrap_or("none")
    ))
}

#[route("/slow", cors)]
async fn slow() {
    tokio::time::sleep(Duration::from_secs(60)).await;
}

#[route("/fails", cors)]
fn fails() -> Result<()> {
    Err(std::io::Error::other("secret"))?
}

#[app]
static APP: App = App {
    name: "layers",
    handlers: [echo, slow, fails],
    layer: layers,
};

#[tokio::test]
async fn layers_see_requests_and_responses() {
    let client = Client::new(&APP).await.unwrap();
    for _ in 0..2 {
        let response = client.http().post("/echo?q=%C3%A4").body("text").await;
        assert_eq!(response.status(), 200);
        assert_eq!(response.headers()["x-server"], "onion");
        assert_eq!(response.text(), "text \u{e4} by a layer");
    }
    assert_eq!(BUILT.load(Ordering::Relaxed), 1);
}

#[tokio::test]
async fn a_layer_can_answer_itself() {
    let client = Client::new(&APP).await.unwrap();
    let response = client.http().get("/slow").await;
    assert_eq!(response.status(), 504);
    assert_eq!(response.headers()["x-server"], "onion");
    assert_eq!(response.header("access-control-allow-origin"), Some("*"));
}

#[tokio::test]
async fn errors_are_responses_to_layers() {
    let client = Client::new(&APP).await.unwrap();
    let response = client.http().get("/fails").await;
    assert_eq!(response.status(), 500);
    assert_eq!(response.headers()["x-server"], "onion");
}

#[tokio::test]
async fn a_body_that_cannot_be_read_stays_unreadable() {
    let client = Client::new(&APP).await.unwrap();
    let too_large = vec![b'a'; 7 * 1024 * 1024];
    let response = client.http().post("/echo").body(too_large).await;
    assert_eq!(response.status(), 413);
}

#[tokio::test]
async fn a_panic_in_a_layer_is_a_500() {
    let client = Client::new(&APP).await.unwrap();
    let response = client.http().get("/fails?panic=layer").await;
    assert_eq!(response.status(), 500);
    assert_eq!(response.header("access-control-allow-origin"), Some("*"));
}
