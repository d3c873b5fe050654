use std::time::{Duration, UNIX_EPOCH};

use serde_json::{Value, json};

use super::*;
use crate::Malformed;
use crate::sample::CLIENT;
use crate::websocket::Verdict;
use crate::websocket::sample::{gateway, gateway_of};

fn now() -> SystemTime {
    UNIX_EPOCH + Duration::from_millis(1_707_502_303_420)
}

fn later() -> SystemTime {
    now() + Duration::from_millis(1580)
}

fn request(target: &str) -> Request<()> {
    Request::get(target)
        .header("Host", "localhost")
        .header("Connection", "keep-alive, Upgrade")
        .header("Upgrade", "WebSocket")
        .header("Sec-WebSocket-Version", "13")
        .header("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==")
        .header("User-Agent", "test/1")
        .body(())
        .unwrap()
}

fn without(header: &str, value: Option<&str>) -> Request<()> {
    let mut request = request("/api");
    request.headers_mut().remove(header);
    if let Some(value) = value {
        let name: http::HeaderName = header.parse().unwrap();
        request.headers_mut().insert(name, value.parse().unwrap());
    }
    request
}

fn invocation() -> ConnectInvocation {
    match gateway().connect(&request("/api"), CLIENT, now()) {
        Handshake::Invoke(invocation) => invocation,
        handshake => panic!("expected an invocation, got {handshake:?}"),
    }
}

fn refusal(request: &Request<()>) -> Response<Bytes> {
    match gateway().connect(request, CLIENT, now()) {
        Handshake::Refuse(response) => response,
        handshake => panic!("expected a refusal, got {handshake:?}"),
    }
}

fn message(gateway: &Gateway, text: &str) -> MessageOutcome {
    gateway.message(
        invocation().connection(),
        ClientMessage::Text(text),
        later(),
    )
}

/// The event, with the ids taken out, which are checked for their form.
fn event(json: &[u8]) -> Value {
    let mut event: Value = serde_json::from_slice(json).unwrap();
    let context = &mut event["requestContext"];
    assert_eq!(context["requestId"], context["extendedRequestId"]);
    for id in [
        "requestId",
        "extendedRequestId",
        "connectionId",
        "messageId",
    ] {
        if let Some(id) = context.get_mut(id) {
            assert!(connection::is_id(id.take().as_str().unwrap()));
        }
    }
    event
}

fn context(own: Value) -> Value {
    let mut context = json!({
        "extendedRequestId": null,
        "messageDirection": "IN",
        "stage": "api",
        "connectedAt": 1_707_502_303_420_u64,
        "requestTime": "09/Feb/2024:18:11:45 +0000",
        "requestTimeEpoch": 1_707_502_305_000_u64,
        "identity": { "userAgent": "test/1", "sourceIp": "192.0.2.7" },
        "requestId": null,
        "domainName": "a1b2c3d4e5.execute-api.us-east-1.amazonaws.com",
        "connectionId": null,
        "apiId": "a1b2c3d4e5",
    });
    for (name, value) in own.as_object().unwrap() {
        context[name] = value.clone();
    }
    context
}

#[test]
fn an_app_without_functions_has_no_websocket_api() {
    assert!(gateway_of(&[]).is_none());
    assert!(Gateway::new(&crate::sample::manifest(), Settings::default()).is_none());
}

#[test]
fn the_event_of_connect() {
    let mut request = request("/api?token=a%20b&room=1&room=2");
    for value in ["one", "two"] {
        request
            .headers_mut()
            .append("x-many", value.parse().unwrap());
    }
    let Handshake::Invoke(invocation) = gateway().connect(&request, CLIENT, now()) else {
        panic!("expected an invocation");
    };
    assert_eq!(invocation.function, "websocket_connect");
    assert_eq!(
        event(&invocation.event),
        json!({
            "headers": {
                "host": "localhost",
                "sec-websocket-version": "13",
                "sec-websocket-key": "dGhlIHNhbXBsZSBub25jZQ==",
                "user-agent": "test/1",
                "x-many": "two",
                "x-forwarded-for": "192.0.2.7",
                "x-forwarded-port": "443",
                "x-forwarded-proto": "https",
            },
            "multiValueHeaders": {
                "host": ["localhost"],
                "sec-websocket-version": ["13"],
                "sec-websocket-key": ["dGhlIHNhbXBsZSBub25jZQ=="],
                "user-agent": ["test/1"],
                "x-many": ["one", "two"],
                "x-forwarded-for": ["192.0.2.7"],
                "x-forwarded-port": ["443"],
                "x-forwarded-proto": ["https"],
            },
            "queryStringParameters": { "token": "a b", "room": "2" },
            "multiValueQueryStringParameters": { "token": ["a b"], "room": ["1", "2"] },
            "requestContext": context(json!({
                "routeKey": "$connect",
                "eventType": "CONNECT",
                "requestTime": "09/Feb/2024:18:11:43 +0000",
                "requestTimeEpoch": 1_707_502_303_420_u64,
            })),
            "isBase64Encoded": false,
        })
    );
}

#[test]
fn without_query_and_user_agent() {
    let mut request = request("/api");
    request.headers_mut().remove("user-agent");
    let Handshake::Invoke(invocation) = gateway().connect(&request, CLIENT, now()) else {
        panic!("expected an invocation");
    };
    let event = event(&invocation.event);
    let members: Vec<&String> = event.as_object().unwrap().keys().collect();
    assert_eq!(
        members,
        [
            "headers",
            "isBase64Encoded",
            "multiValueHeaders",
            "requestContext"
        ]
    );
    assert_eq!(
        event["requestContext"]["identity"],
        json!({ "sourceIp": "192.0.2.7" })
    );
}

#[test]
fn where_clients_connect() {
    for path in ["/", "/api", "/api/", "/%61pi", "/api?x=/other"] {
        let handshake = gateway().connect(&request(path), CLIENT, now());
        assert!(matches!(handshake, Handshake::Invoke(_)), "{path}");
    }
    for path in [
        "/dev",
        "/api/x",
        "/API",
        "//api",
        "/api//",
        "/@connections/a",
    ] {
        let response = refusal(&request(path));
        assert_eq!(response.status(), 403, "{path}");
        assert_eq!(response.headers()["x-amzn-errortype"], "ForbiddenException");
        let body: Value = serde_json::from_slice(response.body()).unwrap();
        assert_eq!(body["message"], "Forbidden");
    }
}

#[test]
fn what_is_no_handshake() {
    let mut post = request("/api");
    *post.method_mut() = Method::POST;
    // HTTP/1.0 knows no upgrade.
    let mut old = request("/api");
    *old.version_mut() = http::Version::HTTP_10;
    for request in [
        post,
        old,
        without("connection", None),
        without("connection", Some("close")),
        without("upgrade", Some("h2c")),
        without("sec-websocket-version", None),
        without("sec-websocket-version", Some("8")),
        without("sec-websocket-key", None),
        without("sec-websocket-key", Some("c2hvcnQ=")),
        without("sec-websocket-key", Some("not base64, 24 chars long")),
    ] {
        assert_eq!(refusal(&request).status(), 400, "{request:?}");
    }
}

#[test]
fn without_a_function_for_connect_every_handshake_succeeds() {
    let gateway = gateway_of(&["$default"]).unwrap();
    let Handshake::Open(connection) = gateway.connect(&request("/"), CLIENT, now()) else {
        panic!("expected an open connection");
    };
    assert!(connection::is_id(connection.id()));
    let refused = gateway.connect(&request("/x"), CLIENT, now());
    assert!(matches!(refused, Handshake::Refuse(_)));
}

#[test]
fn the_function_decides_whether_a_connection_is_opened() {
    let invocation = invocation();
    for status in [200, 201, 204, 299] {
        let payload = json!({ "statusCode": status, "body": "ignored" }).to_string();
        let verdict = invocation.try_answer(payload.as_bytes()).unwrap();
        assert!(
            matches!(verdict, Verdict::Open { subprotocol: None }),
            "{status}"
        );
    }
    for status in [301, 400, 401, 403, 501] {
        let payload = json!({ "statusCode": status, "body": "no" }).to_string();
        let Verdict::Refuse(response) = invocation.try_answer(payload.as_bytes()).unwrap() else {
            panic!("{status} opens the connection");
        };
        assert_eq!(response.status(), status);
        assert_eq!(
            response.headers()["x-amzn-requestid"],
            invocation.request_id.as_str()
        );
        assert!(response.body().is_empty());
    }
    let payload = br#"{"statusCode":200,"headers":{"Sec-WebSocket-Protocol":"chat"}}"#;
    match invocation.try_answer(payload).unwrap() {
        Verdict::Open { subprotocol } => assert_eq!(subprotocol.unwrap(), "chat"),
        verdict => panic!("{verdict:?}"),
    }
}

#[test]
fn functions_that_fail_refuse() {
    let invocation = invocation();
    for payload in ["null", "{}", "", r#"{"statusCode":101}"#, "\"ok\""] {
        assert!(
            invocation.try_answer(payload.as_bytes()).is_err(),
            "{payload}"
        );
    }
    let large = " ".repeat(crate::limits::MAX_LAMBDA_RESPONSE + 1);
    assert!(matches!(
        invocation.try_answer(large.as_bytes()),
        Err(Malformed::TooLarge { .. })
    ));
    assert_eq!(invocation.function_error().status(), 502);
    assert_eq!(invocation.timed_out().status(), 504);
    assert_eq!(invocation.timeout(), Duration::from_secs(29));
    let body: Value = serde_json::from_slice(invocation.function_error().body()).unwrap();
    assert_eq!(
        body,
        json!({
            "message": "Internal server error",
            "connectionId": invocation.connection().id(),
            "requestId": invocation.request_id,
        })
    );
}

#[test]
fn the_event_of_a_message() {
    let text = r#"{"action":"join","room":"é"}"#;
    let MessageOutcome::Invoke(invocation) = message(&gateway(), text) else {
        panic!("expected an invocation");
    };
    assert_eq!(
        (invocation.function.as_str(), invocation.route_key.as_str()),
        ("join_room", "join")
    );
    assert_eq!(
        event(&invocation.event),
        json!({
            "requestContext": context(json!({
                "routeKey": "join",
                "messageId": null,
                "eventType": "MESSAGE",
            })),
            "body": text,
            "isBase64Encoded": false,
        })
    );
}

#[test]
fn all_other_messages_go_to_default() {
    for text in [
        "hello",
        "",
        r#"{"action":"leave"}"#,
        r#"{"action":"JOIN"}"#,
        r#"{"action":"$connect"}"#,
        r#"{"action":"$disconnect"}"#,
        r#"{"action":"$default"}"#,
        r#"["join"]"#,
    ] {
        let MessageOutcome::Invoke(invocation) = message(&gateway(), text) else {
            panic!("expected an invocation");
        };
        assert_eq!(invocation.function, "websocket_message", "{text}");
        assert_eq!(invocation.route_key, "$default");
    }
}

#[test]
fn without_default_there_is_an_error_message() {
    let gateway = gateway_of(&["$connect", "$disconnect", "join"]).unwrap();
    for text in ["hello", r#"{"action":"$connect"}"#] {
        let MessageOutcome::Reply(reply) = message(&gateway, text) else {
            panic!("expected a reply");
        };
        assert!(
            reply.starts_with(r#"{"message": "Forbidden", "connectionId":""#),
            "{reply}"
        );
        let reply: Value = serde_json::from_str(&reply).unwrap();
        assert!(connection::is_id(reply["requestId"].as_str().unwrap()));
    }
    assert!(matches!(
        message(&gateway, r#"{"action":"join"}"#),
        MessageOutcome::Invoke(_)
    ));
}

#[test]
fn functions_that_fail_leave_the_connection_open() {
    let MessageOutcome::Invoke(invocation) = message(&gateway(), "hello") else {
        panic!("expected an invocation");
    };
    for status in [200, 301, 401, 501] {
        let payload = json!({ "statusCode": status, "body": "not sent" }).to_string();
        assert_eq!(invocation.try_answer(payload.as_bytes()), Ok(()));
    }
    assert!(invocation.try_answer(b"null").is_err());
    let id = &invocation.connection_id;
    let request_id = &invocation.request_id;
    assert_eq!(
        invocation.function_error(),
        format!(
            r#"{{"message": "Internal server error", "connectionId":"{id}", "requestId":"{request_id}"}}"#
        )
    );
    assert_eq!(
        invocation.timed_out(),
        format!(
            r#"{{"message": "Endpoint request timed out", "connectionId":"{id}", "requestId":"{request_id}"}}"#
        )
    );
}

#[test]
fn messages_that_close_the_connection() {
    let longest = "x".repeat(MAX_WEBSOCKET_MESSAGE);
    assert!(matches!(
        message(&gateway(), &longest),
        MessageOutcome::Invoke(_)
    ));
    let closing = |outcome| match outcome {
        MessageOutcome::Close(closing) => closing.status_code(),
        outcome => panic!("expected an end, got {outcome:?}"),
    };
    assert_eq!(closing(message(&gateway(), &(longest + "x"))), 1009);
    let binary = gateway().message(invocation().connection(), ClientMessage::Binary, later());
    assert_eq!(closing(binary), 1003);
}

#[test]
fn the_event_of_disconnect() {
    let connection = invocation().connection().clone();
    let closing = Closing::by_client(None);
    let invocation = gateway()
        .disconnect(&connection, &closing, later())
        .unwrap();
    assert_eq!(invocation.function, "websocket_disconnect");
    let domain_name = "a1b2c3d4e5.execute-api.us-east-1.amazonaws.com";
    assert_eq!(
        event(&invocation.event),
        json!({
            "headers": { "host": domain_name, "x-api-key": "", "x-forwarded-for": "", "x-restapi": "" },
            "multiValueHeaders": {
                "host": [domain_name], "x-api-key": [""], "x-forwarded-for": [""], "x-restapi": [""],
            },
            "requestContext": context(json!({
                "routeKey": "$disconnect",
                "disconnectStatusCode": 1005,
                "eventType": "DISCONNECT",
                "disconnectReason": "Client-side close frame status not set",
            })),
            "isBase64Encoded": false,
        })
    );
    let gateway = gateway_of(&["$connect", "$default"]).unwrap();
    assert!(gateway.disconnect(&connection, &closing, later()).is_none());
}

#[test]
fn commands_are_those_of_the_stage() {
    let gateway = Gateway::new(
        &chalice_core::manifest::model::Manifest::from_json(include_bytes!(
            "../../../tests/websocket.json"
        ))
        .unwrap(),
        Settings {
            stage: "dev".to_owned(),
            ..Settings::default()
        },
    )
    .unwrap();
    let command = |path| gateway.command(&Method::GET, path);
    assert!(matches!(command("/dev/@connections/AAAA"), Some(Ok(_))));
    assert!(matches!(command("/api/@connections/AAAA"), Some(Err(_))));
    assert!(command("/dev/other").is_none());
    assert_eq!(gateway.stage(), "dev");
}
