//! The HTTP server in front of the gateway.

use std::convert::Infallible;
use std::net::IpAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use bytes::Bytes;
use chalice_gateway::limits::MAX_REQUEST_BODY;
use chalice_gateway::{Gateway, Invocation, Malformed, Outcome, TokenRefusal};
use http::{Request, Response, StatusCode};
use http_body_util::{BodyExt as _, Full, LengthLimitError, Limited};
use hyper::body::{Body as _, Incoming};
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::TcpListener;

use super::authorization;
use super::deployment::{Current, Deployment};
use super::environment::{Answer, InvokeError};
use super::invoke_api;
use super::request_log::Line;
use super::response_body::{Body, Chunks, StreamedBody};
use super::websocket::{self, Sockets};

/// Takes requests until the task is dropped.
pub(super) async fn run(listener: TcpListener, current: Arc<Current>, sockets: Arc<Sockets>) {
    loop {
        let (stream, peer) = match listener.accept().await {
            Ok(accepted) => accepted,
            Err(error) => {
                eprintln!("warning: a connection could not be accepted: {error}");
                tokio::time::sleep(Duration::from_millis(100)).await;
                continue;
            }
        };
        let _ = stream.set_nodelay(true);
        let (current, sockets) = (current.clone(), sockets.clone());
        tokio::spawn(async move {
            let service = service_fn(move |request| {
                let (current, sockets) = (current.clone(), sockets.clone());
                async move { Ok::<_, Infallible>(handle(current, sockets, request, peer.ip()).await) }
            });
            // What fails here is the client's connection, of which the client knows.
            let _ = hyper::server::conn::http1::Builder::new()
                .timer(TokioTimer::new())
                .serve_connection(TokioIo::new(stream), service)
                .with_upgrades()
                .await;
        });
    }
}

async fn handle(
    current: Arc<Current>,
    sockets: Arc<Sockets>,
    request: Request<Incoming>,
    peer: IpAddr,
) -> Response<Body> {
    let start = Instant::now();
    let (method, uri) = (request.method().clone(), request.uri().clone());
    let answering = answer(current, sockets, request, peer);
    // On AWS, an invocation goes on when the client hangs up, so it has a
    // task of its own here, which does not end with the connection.
    let response = match tokio::spawn(answering).await {
        Ok(response) => response,
        Err(error) => {
            eprintln!(
                "error: {method} {} failed in the local gateway: {error}",
                uri.path()
            );
            status_only(StatusCode::INTERNAL_SERVER_ERROR).map(Answered::Whole)
        }
    };
    if let Some(refusal) = response.extensions().get::<TokenRefusal>() {
        eprintln!("note: {method} {}: {refusal}", uri.path());
    }
    let line = Line {
        method,
        uri,
        status: response.status(),
        start,
    };
    response.map(|answered| match answered {
        Answered::Whole(body) => {
            // A connection that was opened has a line of its own.
            if line.status != StatusCode::SWITCHING_PROTOCOLS {
                line.write(body.len());
            }
            Body::Whole(Full::new(body))
        }
        Answered::Stream(chunks) => Body::Stream(StreamedBody::new(chunks, line)),
    })
}

/// Answers a request of any of the app's APIs.
async fn answer(
    current: Arc<Current>,
    sockets: Arc<Sockets>,
    mut request: Request<Incoming>,
    peer: IpAddr,
) -> Response<Answered> {
    let deployment = current.get();
    if let Some(called) = invoke_api::called(request.uri().path()) {
        let response = invoke_api::answer(&deployment, &called, request).await;
        return response.map(Answered::Whole);
    }
    if let Some(gateway) = &deployment.websocket {
        if chalice_gateway::websocket::is_upgrade(request.headers()) {
            let upgraded =
                websocket::upgrade(sockets, current, deployment.clone(), gateway, request, peer);
            return upgraded.await.map(Answered::Whole);
        }
        request = match websocket::manage(&sockets, gateway, request).await {
            Ok(response) => return response.map(Answered::Whole),
            Err(request) => request,
        };
    }
    match read(&deployment.gateway, request).await {
        Ok(request) => respond(deployment, request, peer).await,
        Err(response) => response.map(Answered::Whole),
    }
}

/// Reads the body, and no more of it than API Gateway takes.
async fn read(
    gateway: &Gateway,
    request: Request<Incoming>,
) -> Result<Request<Bytes>, Response<Bytes>> {
    let (head, body) = request.into_parts();
    if body.size_hint().lower() > MAX_REQUEST_BODY as u64 {
        return Err(gateway.request_too_large());
    }
    match Limited::new(body, MAX_REQUEST_BODY).collect().await {
        Ok(body) => Ok(Request::from_parts(head, body.to_bytes())),
        Err(error) if error.is::<LengthLimitError>() => Err(gateway.request_too_large()),
        Err(_) => Err(status_only(StatusCode::BAD_REQUEST)),
    }
}

/// A response that says no more than its status.
pub(super) fn status_only(status: StatusCode) -> Response<Bytes> {
    let mut response = Response::new(Bytes::new());
    *response.status_mut() = status;
    response
}

async fn respond(
    deployment: Arc<Deployment>,
    request: Request<Bytes>,
    peer: IpAddr,
) -> Response<Answered> {
    let mut outcome = deployment.gateway.accept(request, peer);
    loop {
        outcome = match outcome {
            Outcome::Respond(response) => return response.map(Answered::Whole),
            Outcome::Invoke(mut invocation) => {
                let event = std::mem::take(&mut invocation.event);
                let Some(pool) = deployment.function(&invocation.function) else {
                    return invocation.function_error().map(Answered::Whole);
                };
                let answer = pool.invoke(event.into(), invocation.timeout()).await;
                return finish(&invocation, answer);
            }
            Outcome::Authorize(authorization) => {
                authorization::ask(&deployment, authorization).await
            }
        };
    }
}

/// What the client gets.
enum Answered {
    Whole(Bytes),
    Stream(Chunks),
}

/// Ends the request, and tells the developer what API Gateway hides from the client.
fn finish(invocation: &Invocation, answer: Result<Answer, InvokeError>) -> Response<Answered> {
    let function = &invocation.function;
    let refused = |error: Malformed| {
        eprintln!("error: {function}: API Gateway does not accept what the app returned: {error}");
        invocation.function_error()
    };
    let response = match answer {
        Ok(Answer::Response(payload)) => invocation.try_answer(&payload).unwrap_or_else(refused),
        Ok(Answer::Stream(stream)) => match invocation.try_answer_stream(&stream.prelude) {
            Ok(head) if invocation.has_body(head.status()) => {
                return head.map(|()| Answered::Stream(stream.chunks));
            }
            Ok(head) => head.map(|()| Bytes::new()),
            Err(error) => refused(error),
        },
        Ok(Answer::Error(error)) => {
            eprintln!("error: {function}: {error}");
            invocation.function_error()
        }
        Ok(Answer::TooLarge) => {
            eprintln!(
                "error: {function}: the response is larger than the 6 MB that AWS Lambda returns"
            );
            invocation.function_error()
        }
        Err(error @ InvokeError::TimedOut(_)) => {
            eprintln!("error: {function}: {error}");
            invocation.timed_out()
        }
        Err(error) => {
            eprintln!("error: {function}: {error}");
            invocation.function_error()
        }
    };
    response.map(Answered::Whole)
}
