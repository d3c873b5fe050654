//! Handshakes that an app refuses.

use chalice::{
    prelude::*,
    test::{Client, events},
};

/// Lets those in who know the word; tells others to come later.
#[on_ws_connect]
fn connect(event: WebsocketEvent) -> Result<Response> {
    match event.query().get("word") {
        Some("sesame ö&=") => {}
        Some("broken") => Err(std::io::Error::other("no lock"))?,
        Some("panic") => panic!("out of locks"),
        _ => {
            let later = HttpError::too_many_requests("too many of you")
                .with_header(
                    chalice::http::header::RETRY_AFTER,
                    HeaderValue::from_static("7"),
                )
                .with_header(chalice::http::header::VIA, HeaderValue::from_static("a"))
                .with_header(chalice::http::header::VIA, HeaderValue::from_static("b"));
            return Err(later.with_cause("nobody said the word"));
        }
    }
    Ok(Response::text("")
        .with_header("sec-websocket-protocol", "chat")
        .with_header("x-once", "1"))
}

#[on_ws_disconnect]
fn disconnect(_event: WebsocketEvent) -> Response {
    let mut response = Response::text("");
    for value in ["a=1", "b=2"] {
        let value = HeaderValue::from_static(value);
        response.headers_mut().append("set-cookie", value);
    }
    response
}

use chalice::HeaderValue;

#[app]
static APP: App = App {
    name: "door",
    handlers: [connect, disconnect],
};

#[route("/")]
fn index() {}

#[app]
static WITHOUT: App = App {
    name: "http_only",
    handlers: [index],
};

#[tokio::test]
async fn the_app_decides_who_comes_in() {
    let client = Client::new(&APP).await.unwrap();
    let open = client.websocket().connect().query("word", "sesame ö&=");
    let socket = open
        .header("sec-websocket-protocol", "chat, mail")
        .await
        .unwrap();
    assert_eq!(socket.subprotocol(), Some("chat"));

    for (word, status) in [("wrong", 429), ("broken", 502), ("panic", 502)] {
        let refused = client
            .websocket()
            .connect()
            .query("word", word)
            .await
            .unwrap_err();
        assert_eq!(refused.status(), status, "{word}");
        assert!(refused.header("x-amzn-requestid").is_some());
        let text = refused.to_string();
        assert!(
            text.starts_with(&format!("the connection was refused: {status} ")),
            "{text}"
        );
    }
    assert_eq!(client.websocket().connections(), 1);
}

#[tokio::test]
async fn a_refusal_keeps_every_header() {
    let client = Client::new(&APP).await.unwrap();
    let connect = client.lambda("websocket_connect");
    let answer = connect
        .invoke(events::websocket_connect("c1"))
        .await
        .unwrap();
    assert_eq!(
        answer,
        json!({
            "statusCode": 429,
            "headers": { "content-type": "application/json", "retry-after": "7" },
            "multiValueHeaders": { "via": ["a", "b"] },
            "body": r#"{"Code":"TooManyRequestsError","Message":"too many of you"}"#,
        })
    );
    let disconnect = client.lambda("websocket_disconnect");
    let answer = disconnect
        .invoke(events::websocket_disconnect("c1"))
        .await
        .unwrap();
    assert_eq!(
        answer["multiValueHeaders"],
        json!({ "set-cookie": ["a=1", "b=2"] })
    );
}

#[tokio::test]
#[should_panic(expected = "the app `http_only` has no WebSocket API")]
async fn an_app_without_websockets_is_told_so() {
    let client = Client::new(&WITHOUT).await.unwrap();
    drop(client.websocket().connect().await);
}
