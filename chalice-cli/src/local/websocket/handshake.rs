//! Requests for connections.

use std::net::IpAddr;
use std::sync::Arc;
use std::time::{Instant, SystemTime};

use bytes::Bytes;
use chalice_gateway::websocket::{ConnectInvocation, Connection, Gateway, Handshake, Verdict};
use http::header::{
    CONNECTION, HeaderValue, SEC_WEBSOCKET_ACCEPT, SEC_WEBSOCKET_KEY, SEC_WEBSOCKET_PROTOCOL,
    UPGRADE,
};
use http::{Request, Response, StatusCode};
use hyper::body::Incoming;
use hyper::upgrade::OnUpgrade;

use super::super::deployment::{Current, Deployment};
use super::super::request_log;
use super::invocation::{self, Failure};
use super::session::Session;
use super::{Sockets, conversation};

/// Takes a request for a connection. When the function of `$connect` has agreed,
/// the connection is open, whether the client is still there or not.
pub(in super::super) async fn upgrade(
    sockets: Arc<Sockets>,
    current: Arc<Current>,
    deployment: Arc<Deployment>,
    gateway: &Gateway,
    mut request: Request<Incoming>,
    peer: IpAddr,
) -> Response<Bytes> {
    let start = Instant::now();
    let on_upgrade = hyper::upgrade::on(&mut request);
    let (connection, subprotocol) = match gateway.connect(&request, peer, SystemTime::now()) {
        Handshake::Open(connection) => (connection, None),
        Handshake::Invoke(mut invocation) => match ask(&deployment, &mut invocation).await {
            Ok(Verdict::Open { subprotocol }) => (invocation.connection().clone(), subprotocol),
            Ok(Verdict::Refuse(response)) | Err(response) => return response,
        },
        Handshake::Refuse(response) => {
            note(gateway, &request, response.status());
            return response;
        }
    };
    let key = request.headers().get(SEC_WEBSOCKET_KEY);
    let response = accepted(key.map(HeaderValue::as_bytes), subprotocol);
    request_log::connected(connection.id(), start);
    open(sockets, current, connection, on_upgrade);
    response
}

/// Asks the function of `$connect`; the error is the response to a client that is not let in.
async fn ask(
    deployment: &Deployment,
    invocation: &mut ConnectInvocation,
) -> Result<Verdict, Response<Bytes>> {
    let event = std::mem::take(&mut invocation.event);
    let function = &invocation.function;
    match invocation::invoke(deployment, function, event, invocation.timeout()).await {
        Ok(payload) => invocation.try_answer(&payload).map_err(|error| {
            let reason = format!("API Gateway does not accept what the app returned: {error}");
            invocation::say(function, &reason);
            invocation.function_error()
        }),
        Err(Failure::TimedOut) => Err(invocation.timed_out()),
        Err(Failure::Failed) => Err(invocation.function_error()),
    }
}

/// Starts the session, which waits until the response has been sent.
fn open(
    sockets: Arc<Sockets>,
    current: Arc<Current>,
    connection: Connection,
    on_upgrade: OnUpgrade,
) {
    let outbox = sockets.open(connection.clone());
    let count = sockets.begin_session();
    let session = Session::new(sockets, current, connection, outbox);
    tokio::spawn(async move {
        session.run(on_upgrade).await;
        drop(count);
    });
}

/// RFC 6455, section 4.2.2.
fn accepted(key: Option<&[u8]>, subprotocol: Option<HeaderValue>) -> Response<Bytes> {
    let mut response = Response::new(Bytes::new());
    *response.status_mut() = StatusCode::SWITCHING_PROTOCOLS;
    let headers = response.headers_mut();
    headers.insert(CONNECTION, HeaderValue::from_static("Upgrade"));
    headers.insert(UPGRADE, HeaderValue::from_static("websocket"));
    let accept = conversation::accept_key(key.unwrap_or_default());
    // Base64 is valid in a header.
    if let Ok(accept) = HeaderValue::from_str(&accept) {
        headers.insert(SEC_WEBSOCKET_ACCEPT, accept);
    }
    if let Some(subprotocol) = subprotocol {
        headers.insert(SEC_WEBSOCKET_PROTOCOL, subprotocol);
    }
    response
}

/// Says why there is no connection, which clients seldom tell.
fn note(gateway: &Gateway, request: &Request<Incoming>, status: StatusCode) {
    let path = request.uri().path();
    if status == StatusCode::FORBIDDEN {
        let stage = gateway.stage();
        eprintln!(
            "note: no WebSocket at {path}: the app's WebSocket API has the path /{stage} alone, as on AWS"
        );
    } else {
        eprintln!(
            "note: no WebSocket at {path}: the request is not a handshake of version 13 (RFC 6455, section 4.2.1)"
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_response_of_the_rfc() {
        let response = accepted(
            Some(b"dGhlIHNhbXBsZSBub25jZQ=="),
            Some(HeaderValue::from_static("chat")),
        );
        assert_eq!(response.status(), 101);
        for (name, value) in [
            ("connection", "Upgrade"),
            ("upgrade", "websocket"),
            ("sec-websocket-accept", "s3pPLMBiTxaQ9kYGzzhZRbK+xOo="),
            ("sec-websocket-protocol", "chat"),
        ] {
            assert_eq!(response.headers()[name], value);
        }
        let response = accepted(None, None);
        assert!(!response.headers().contains_key("sec-websocket-protocol"));
    }
}
