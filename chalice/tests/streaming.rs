//! Streaming bodies, and what is around them.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use chalice::{HttpService, LayeredService, http, prelude::*, test::Client};
use tower::ServiceBuilder;
use tower_http::set_header::SetResponseHeaderLayer;

#[route("/letters/<count>", stream, cors)]
fn letters(count: usize) -> StreamingBody {
    StreamingBody::written_by(move |chunks| async move {
        for letter in ('a'..='z').take(count) {
            chunks.send(letter.to_string()).await?;
        }
        Ok(())
    })
}

#[route("/letters/<count>", methods = [HEAD], stream, name = "head")]
fn letters_head(count: usize) -> StreamingBody {
    letters(count)
}

#[route("/letters/<count>", methods = [ANY], name = "any")]
fn letters_any(count: usize) -> StreamingBody {
    letters(count)
}

#[route("/cookies", stream)]
fn cookies() -> Response {
    StreamingBody::written_by(async |chunks: chalice::StreamSender| Ok(chunks.send("x").await?))
        .into_response()
        .with_cookie(SetCookie::new("a", "1"))
        .with_cookie(SetCookie::new("b", "2"))
}

#[route("/injects", stream)]
fn injects() -> ([(&'static str, &'static str); 1], StreamingBody) {
    ([("x-name", "a\r\nset-cookie: b=c")], letters(3))
}

#[route("/panics", stream, cors)]
fn panics() -> StreamingBody {
    panic!("before the first chunk")
}

#[route("/long", cors)]
fn long() -> StreamingBody {
    StreamingBody::written_by(|chunks| async move {
        loop {
            chunks.send(vec![b'x'; 1024 * 1024]).await?;
        }
    })
}

#[route("/breaks", cors)]
fn breaks() -> StreamingBody {
    StreamingBody::written_by(|chunks| async move {
        chunks.send("part").await?;
        Err(HttpError::conflict("secret"))
    })
}

/// Notes whether the response streams, and counts the chunks behind the headers.
#[middleware(http)]
async fn watch(request: Request, next: Next<'_>) -> Response {
    let mut response = next.run(request).await;
    let streaming = response.is_streaming();
    if let Some(body) = response.take_streaming_body() {
        let counted = Counted {
            body,
            chunks: Arc::new(AtomicUsize::new(0)),
        };
        response = response.with_streaming_body(StreamingBody::new(counted));
    }
    response.with_header("x-streaming", streaming.to_string())
}

struct Counted {
    body: StreamingBody,
    chunks: Arc<AtomicUsize>,
}

impl chalice::Stream for Counted {
    type Item = Result<Bytes, chalice::Failure>;

    fn poll_next(
        mut self: std::pin::Pin<&mut Self>,
        context: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Self::Item>> {
        let next = std::pin::Pin::new(&mut self.body).poll_next(context);
        next.map(|chunk| {
            let number = self.chunks.fetch_add(1, Ordering::Relaxed);
            chunk.map(|chunk| {
                chunk.map(|chunk| [format!("{number}:").as_bytes(), &chunk].concat().into())
            })
        })
    }
}

fn layers(service: HttpService) -> impl LayeredService {
    ServiceBuilder::new()
        .layer(SetResponseHeaderLayer::overriding(
            http::HeaderName::from_static("x-layer"),
            http::HeaderValue::from_static("seen"),
        ))
        .service(service)
}

#[app]
static WATCHED: App = App {
    name: "watched",
    handlers: [
        letters,
        letters_head,
        letters_any,
        cookies,
        injects,
        panics,
        long,
        breaks,
    ],
    middleware: [watch],
    layer: layers,
};

#[app]
static PLAIN: App = App {
    name: "plain",
    handlers: [letters_any, long],
    api: Api { compression: 1 },
};

#[tokio::test]
async fn middleware_and_layers_see_a_stream_and_leave_it_one() {
    let client = Client::new(&WATCHED).await.unwrap();
    let response = client.http().get("/letters/3").await;
    assert_eq!(response.chunks(), ["0:a", "1:b", "2:c"]);
    assert_eq!(response.header("x-streaming"), Some("true"));
    assert_eq!(response.header("x-layer"), Some("seen"));
    assert_eq!(response.header("access-control-allow-origin"), Some("*"));
    assert_eq!(
        response.header("content-type"),
        Some("application/octet-stream")
    );
}

#[tokio::test]
async fn the_transfer_mode_is_that_of_the_method() {
    let client = Client::new(&WATCHED).await.unwrap();
    let response = client.http().head("/letters/3").await;
    assert_eq!((response.status().as_u16(), response.text()), (200, ""));
    assert_eq!(response.header("x-streaming"), Some("true"));
    let response = client
        .http()
        .post("/letters/3")
        .header("accept", "*/*")
        .await;
    // Collected before middleware sees it.
    assert_eq!(response.header("x-streaming"), Some("false"));
    assert_eq!(response.chunks(), ["abc"]);
    let preflight = client.http().options("/letters/3").await;
    assert_eq!(preflight.status(), 200);
}

#[tokio::test]
async fn headers_are_those_of_every_response() {
    let client = Client::new(&WATCHED).await.unwrap();
    let response = client.http().get("/cookies").await;
    assert_eq!(response.headers().get_all("set-cookie").iter().count(), 2);
    for (path, cors) in [("/injects", None), ("/panics", Some("*"))] {
        let response = client.http().get(path).await;
        assert_eq!(response.status(), 500, "{path}");
        assert_eq!(response.header("set-cookie"), None);
        assert_eq!(response.header("access-control-allow-origin"), cors);
        assert_eq!(response.header("x-streaming"), Some("false"));
        assert!(response.is_whole() && response.text().contains("InternalServerError"));
    }
}

#[tokio::test]
async fn what_cannot_be_collected_is_a_500() {
    let client = Client::new(&WATCHED).await.unwrap();
    for path in ["/long", "/breaks"] {
        let response = client.http().get(path).header("accept", "*/*").await;
        assert_eq!(response.status(), 500, "{path}");
        assert!(!response.text().contains("secret"));
        assert_eq!(response.header("access-control-allow-origin"), Some("*"));
    }
}

#[tokio::test]
async fn an_app_without_streaming_routes_collects() {
    let client = Client::new(&PLAIN).await.unwrap();
    let response = client
        .http()
        .get("/letters/5")
        .header("accept", "*/*")
        .await;
    assert_eq!(response.chunks(), ["abcde"]);
    let long = client.http().get("/long").header("accept", "*/*").await;
    assert_eq!(long.status(), 500);
}

fn manifest<A: chalice::Application>(_: &A) -> Value {
    serde_json::from_slice(A::manifest()).unwrap()
}

#[test]
fn the_manifest_says_which_routes_stream() {
    let manifest = manifest(&WATCHED);
    let streams = |name: &str| {
        let routes = manifest["routes"].as_array().unwrap();
        let route = routes.iter().find(|route| route["name"] == name).unwrap();
        route["stream"].as_bool().unwrap()
    };
    assert!(streams("letters") && streams("head"));
    assert!(!streams("any") && !streams("long"));
}
