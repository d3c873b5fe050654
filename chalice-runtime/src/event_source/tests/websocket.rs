use serde_json::json;

use super::*;
use crate::{WebsocketEvent, WebsocketEventType};

const CONNECT: &str = include_str!("../fixtures/websocket-connect.json");
const MESSAGE: &str = include_str!("../fixtures/websocket-message.json");
const DISCONNECT: &str = include_str!("../fixtures/websocket-disconnect.json");

#[test]
fn connections_are_opened() {
    let event: WebsocketEvent = event(CONNECT);
    assert_eq!(event.event_type(), WebsocketEventType::Connect);
    assert_eq!(event.route_key(), "$connect");
    assert_eq!(event.connection_id(), "Ggt8pcjwIAMCJtQ=");
    assert_eq!(
        event.domain_name(),
        "abc.execute-api.us-east-1.amazonaws.com"
    );
    assert_eq!((event.stage(), event.api_id()), ("api", "abc"));
    assert_eq!(event.request_id(), "Ggt8pFZxIAMFwMg=");
    assert_eq!(event.message_id(), None);
    assert_eq!(event.connected_at(), at(1_767_357_907_789));
    assert_eq!(event.request_time(), at(1_767_357_907_790));
    assert_eq!(event.client_address(), Some([192, 0, 2, 7].into()));
    assert_eq!(event.user_agent(), Some("wscat"));
    assert_eq!(event.header("sec-websocket-version"), Some("13"));
    assert_eq!(event.headers().get_all("cookie").iter().count(), 2);
    assert_eq!(event.query().get("token"), Some("a b"));
    assert!(event.body().is_empty());
    assert_eq!(
        (event.disconnect_status_code(), event.disconnect_reason()),
        (None, None)
    );
    assert!(event.request_context().get().contains("extendedRequestId"));
}

#[test]
fn messages_have_bodies() {
    let event: WebsocketEvent = event(MESSAGE);
    assert_eq!(event.event_type(), WebsocketEventType::Message);
    assert_eq!(event.route_key(), "$default");
    assert_eq!(event.message_id(), Some("Ggt9ofZcIAMCJtQ="));
    assert_eq!(event.text().unwrap(), r#"{"article": "lamp", "count": 2}"#);
    assert_eq!(event.body(), event.text().unwrap().as_bytes());
    assert_eq!(event.json_body::<Order>().unwrap(), lamps());
    assert!(event.headers().is_empty() && event.query().is_empty());
    let error = event.json_body::<String>().unwrap_err();
    assert_eq!(error.status(), 400);
    assert_eq!(
        error.message(),
        "Error Parsing JSON: invalid type, expected a string at line 1 column 0"
    );
}

#[test]
fn connections_end() {
    let event: WebsocketEvent = event(DISCONNECT);
    assert_eq!(event.event_type(), WebsocketEventType::Disconnect);
    assert_eq!(event.disconnect_status_code(), Some(1001));
    assert_eq!(event.disconnect_reason(), Some("Going away"));
}

#[test]
fn messages_may_be_binary() {
    let context = json!({ "connectionId": "c" });
    let of =
        |body: &str| json!({ "requestContext": context, "isBase64Encoded": true, "body": body });
    let binary: WebsocketEvent = event(&of("/wA=").to_string());
    assert_eq!(binary.body().as_ref(), [255, 0]);
    assert_eq!(binary.text().unwrap_err().status(), 400);
    assert_eq!(
        refusal::<WebsocketEvent>(&of("secret!")),
        "its `body` is not base64, although the event says so"
    );
}

#[test]
fn what_is_optional_may_be_missing() {
    for (context, expected) in [
        (json!({ "connectionId": "c" }), WebsocketEventType::Message),
        (
            json!({ "connectionId": "c", "routeKey": "$connect" }),
            WebsocketEventType::Connect,
        ),
        (
            json!({ "connectionId": "c", "routeKey": "$disconnect" }),
            WebsocketEventType::Disconnect,
        ),
    ] {
        let event: WebsocketEvent = event(&json!({ "requestContext": context }).to_string());
        assert_eq!(event.event_type(), expected);
        assert_eq!(
            (event.domain_name(), event.stage(), event.api_id()),
            ("", "", "")
        );
        assert_eq!((event.connected_at(), event.client_address()), (None, None));
        assert_eq!(event.json_body::<Value>().unwrap_err().status(), 400);
    }
}

#[test]
fn other_events_are_refused() {
    assert_eq!(
        refusal::<WebsocketEvent>(&json!({})),
        "missing field `requestContext` at line 1 column 2"
    );
    assert_eq!(
        refusal::<WebsocketEvent>(&json!({ "requestContext": { "stage": "api" } })),
        "`requestContext`: missing field `connectionId` at line 1 column 15"
    );
    assert_eq!(
        refusal::<WebsocketEvent>(&json!({ "requestContext": ["secret"] })),
        "`requestContext`: invalid type, expected a JSON object at line 1 column 0"
    );
}

#[test]
fn nothing_that_was_said_is_shown() {
    let event: WebsocketEvent = event(MESSAGE);
    assert!(!format!("{event:?}").contains("lamp"));
}
