mod server;

use std::{
    error::Error,
    time::{Duration, SystemTime},
};

use serde_json::{json, value::to_raw_value};
use server::Server;

use super::*;
use crate::FromInvocation;

/// As API Gateway makes them: with characters that a path cannot hold as they are.
const ID: &str = "L0SM9cOFvHcCIhw=";

#[tokio::test]
async fn messages_are_posted_and_signed() {
    let server = Server::start(200, "", "").await;
    let sockets = WebsocketApi::at(&server.url).unwrap();
    sockets.send(ID, "héllo").await.unwrap();
    sockets.send("a/b c", [0, 255]).await.unwrap();
    sockets.clone().send(ID, String::new()).await.unwrap();
    let received = server.received();
    let [text, bytes, empty] = &received[..] else {
        panic!("{received:?}")
    };
    for request in &received {
        assert_eq!(request.method, "POST");
        let signature = request.header("authorization");
        assert!(
            signature.starts_with("AWS4-HMAC-SHA256 Credential="),
            "{signature}"
        );
        assert!(
            signature.contains("/execute-api/aws4_request"),
            "{signature}"
        );
        // One connection for all: it is kept.
        assert_eq!(request.connection, 1);
        // No secret of this environment goes to a server on this machine.
        assert_eq!(request.header("x-amz-security-token"), "");
        assert!(signature.contains("Credential=local/"), "{signature}");
    }
    assert_eq!(text.path, "/api/@connections/L0SM9cOFvHcCIhw%3D");
    assert_eq!(text.body, "héllo".as_bytes());
    assert_eq!(bytes.path, "/api/@connections/a%2Fb%20c");
    assert_eq!(bytes.body, [0, 255]);
    assert!(empty.body.is_empty());
}

#[tokio::test]
async fn connections_are_closed() {
    let server = Server::start(204, "", "").await;
    let sockets = WebsocketApi::at(&server.url).unwrap();
    sockets.close(ID).await.unwrap();
    let received = server.received();
    assert_eq!(received[0].method, "DELETE");
    assert_eq!(received[0].path, "/api/@connections/L0SM9cOFvHcCIhw%3D");
}

#[tokio::test]
async fn connections_are_told_about() {
    let answer = json!({
        "connectedAt": "2026-01-02T03:04:05.678Z",
        "identity": { "sourceIp": "192.0.2.7", "userAgent": "wscat" },
        "lastActiveAt": "2026-01-02T03:04:06Z",
    });
    let server = Server::start(200, "", &answer.to_string()).await;
    let sockets = WebsocketApi::at(&server.url).unwrap();
    let info = sockets.info(ID).await.unwrap();
    let at = |milliseconds| SystemTime::UNIX_EPOCH + Duration::from_millis(milliseconds);
    assert_eq!(
        info,
        ConnectionInfo {
            connected_at: Some(at(1_767_323_045_678)),
            last_active_at: Some(at(1_767_323_046_000)),
            source_ip: Some([192, 0, 2, 7].into()),
            user_agent: Some("wscat".to_owned()),
        }
    );
    assert_eq!(server.received()[0].method, "GET");
}

#[tokio::test]
async fn a_connection_that_is_gone_is_told_from_other_failures() {
    let gone = "x-amzn-errortype: GoneException\r\n";
    for headers in [gone, ""] {
        let server = Server::start(410, headers, "").await;
        let sockets = WebsocketApi::at(&server.url).unwrap();
        for error in [
            sockets.send(ID, "x").await.unwrap_err(),
            sockets.close(ID).await.unwrap_err(),
            sockets.info(ID).await.unwrap_err(),
        ] {
            assert!(error.is_disconnected());
            assert_eq!(
                error.to_string(),
                "the connection `L0SM9cOFvHcCIhw=` is gone"
            );
        }
        assert_eq!(server.received().len(), 3, "it is not tried again");
    }
}

async fn refused(status: u16, body: &str, message: &[u8]) -> (WebsocketError, usize) {
    let server = Server::start(status, "content-type: application/json\r\n", body).await;
    let sockets = WebsocketApi::at(&server.url).unwrap();
    let error = sockets.send(ID, message).await.unwrap_err();
    assert!(!error.is_disconnected());
    (error, server.received().len())
}

#[tokio::test]
async fn refusals_are_told_apart() {
    let (error, attempts) = refused(403, r#"{"message":"Forbidden"}"#, b"x").await;
    assert_eq!(attempts, 1);
    let WebsocketError::AccessDenied { resource, .. } = &error else {
        panic!("{error:?}")
    };
    assert_eq!(resource, "arn:aws:execute-api:*:*:*/*/POST/@connections/*");
    let text = error.to_string();
    assert!(
        text.starts_with("API Gateway refuses to do that (Forbidden): "),
        "{text}"
    );
    assert!(text.contains("`execute-api:ManageConnections`"), "{text}");

    let server = Server::start(
        403,
        "x-amzn-errortype: ForbiddenException\r\n",
        r#"{"Message":"no"}"#,
    );
    let sockets = WebsocketApi::at(&server.await.url).unwrap();
    let text = sockets.close(ID).await.unwrap_err().to_string();
    assert!(text.contains("(ForbiddenException: no)"), "{text}");
    assert!(text.contains("/DELETE/@connections/*`"), "{text}");

    let (error, attempts) = refused(413, "", &[0; 200_000]).await;
    assert_eq!(attempts, 1);
    assert_eq!(
        error.to_string(),
        "the message has 200000 bytes, and API Gateway takes no more than 131072 (128 KB) of one: send it in parts"
    );

    let server = Server::start(429, "x-amzn-errortype: LimitExceededException\r\n", "").await;
    let sockets = WebsocketApi::at(&server.url).unwrap();
    let error = sockets.send(ID, "x").await.unwrap_err();
    assert!(server.received().len() > 1, "it is tried again");
    assert!(
        matches!(&error, WebsocketError::Throttled { connection_id } if connection_id == ID),
        "{error:?}"
    );

    let (error, _) = refused(400, r#"{"message":"Invalid connectionId"}"#, b"x").await;
    assert_eq!(
        error.to_string(),
        "API Gateway answers 400 for the connection `L0SM9cOFvHcCIhw=`: Invalid connectionId"
    );
}

#[tokio::test]
async fn an_endpoint_may_not_answer() {
    // Nobody listens there: the port was somebody's a moment ago.
    let port = {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        listener.local_addr().unwrap().port()
    };
    let sockets = WebsocketApi::at(format!("http://127.0.0.1:{port}/api")).unwrap();
    let error = sockets.send(ID, "x").await.unwrap_err();
    assert!(
        matches!(error, WebsocketError::Unreachable { .. }),
        "{error:?}"
    );
    assert!(error.source().is_some());

    let error = sockets.send("", "x").await.unwrap_err();
    assert!(matches!(error, WebsocketError::NotSent { .. }), "{error:?}");
}

#[test]
fn what_requests_are_signed_with_is_checked() {
    let endpoint = Endpoint::parse("https://ws.example.com").unwrap();
    let config = |variables: &[(&str, &str)]| {
        client::config(&endpoint, |name| {
            let found = variables.iter().find(|(known, _)| *known == name)?;
            Some(found.1.to_owned())
        })
    };
    let keys = [
        ("AWS_ACCESS_KEY_ID", "id"),
        ("AWS_SECRET_ACCESS_KEY", "secret"),
    ];
    let error = config(&keys).unwrap_err();
    assert!(matches!(error, WebsocketError::NoRegion { .. }), "{error}");
    let region = ("AWS_REGION", "eu-central-1");
    for key in keys {
        for variables in [&[region, key][..], &[region, key, (keys[1].0, "")]] {
            let error = config(variables).unwrap_err();
            assert!(
                matches!(error, WebsocketError::NoCredentials { .. }),
                "{error}"
            );
        }
    }
    let known = config(&[region, keys[0], keys[1]]).unwrap();
    assert_eq!(known.region().unwrap().as_ref(), "eu-central-1");
    assert_eq!(known.retry_config().map(|retry| retry.max_attempts()), None);

    // Of an API's own host, the region is in the name.
    let endpoint = Endpoint::parse("https://abc.execute-api.sa-east-1.amazonaws.com/prod").unwrap();
    let known = client::config(&endpoint, |name| {
        let found = keys.iter().find(|(known, _)| *known == name);
        found.map(|(_, value)| (*value).to_owned())
    });
    assert_eq!(known.unwrap().region().unwrap().as_ref(), "sa-east-1");
}

#[tokio::test]
async fn an_argument_is_of_the_events_api() {
    let event = json!({
        "requestContext": { "connectionId": ID, "apiId": "abc", "stage": "prod" },
    });
    let event =
        WebsocketEvent::from_raw(to_raw_value(&event).unwrap(), LambdaContext::default()).unwrap();
    // Which region this test runs for is not known: it has one, or the error says so.
    match WebsocketApi::from_invocation(&crate::Event::Websocket(event), &()).await {
        Ok(sockets) => assert!(format!("{sockets:?}").contains("https://abc.execute-api.")),
        Err(error) => assert!(error.cause().unwrap().to_string().contains("AWS_REGION")),
    }
}
