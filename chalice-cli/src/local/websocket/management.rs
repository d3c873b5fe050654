//! Requests to `@connections`.

use std::time::SystemTime;

use bytes::Bytes;
use chalice_gateway::limits::MAX_WEBSOCKET_MESSAGE;
use chalice_gateway::websocket::{Command, Gateway};
use http::header::ORIGIN;
use http::{Request, Response, StatusCode};
use http_body_util::{BodyExt as _, LengthLimitError, Limited};
use hyper::body::{Body as HttpBody, Bytes as Chunk};

use super::super::server::status_only;
use super::Sockets;

/// Answers a request to `@connections`, or gives back one to something else.
///
/// # Errors
///
/// The request, which is to another path.
pub(in super::super) async fn manage<B>(
    sockets: &Sockets,
    gateway: &Gateway,
    request: Request<B>,
) -> Result<Response<Bytes>, Request<B>>
where
    B: HttpBody<Data = Chunk, Error: Into<crate::Error>>,
{
    let command = match gateway.command(request.method(), request.uri().path()) {
        None => return Err(request),
        Some(command) => command,
    };
    // On AWS, a signature keeps web pages out. Here, their browser says where they are from.
    if request.headers().contains_key(ORIGIN) {
        eprintln!(
            "note: a web page may not use {}: on AWS, only signed requests may",
            request.uri().path()
        );
        return Ok(status_only(StatusCode::FORBIDDEN));
    }
    Ok(match command {
        Ok(command) => execute(sockets, &command, request.into_body()).await,
        Err(refusal) => refusal,
    })
}

async fn execute<B>(sockets: &Sockets, command: &Command, body: B) -> Response<Bytes>
where
    B: HttpBody<Data = Chunk, Error: Into<crate::Error>>,
{
    match Limited::new(body, MAX_WEBSOCKET_MESSAGE).collect().await {
        Ok(body) => sockets
            .connections
            .execute(command, body.to_bytes(), SystemTime::now()),
        Err(error) if error.is::<LengthLimitError>() => command.payload_too_large(),
        Err(_) => status_only(StatusCode::BAD_REQUEST),
    }
}
