//! Requests for a connection.

use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use http::header::{CONNECTION, HeaderName, HeaderValue, SEC_WEBSOCKET_PROTOCOL, UPGRADE};
use http::header::{SEC_WEBSOCKET_KEY, SEC_WEBSOCKET_VERSION};
use http::{HeaderMap, Method, Request, Response, StatusCode, Version};

use super::connection::Connection;
use super::message;
use super::notice;
use crate::Malformed;
use crate::limits::INTEGRATION_TIMEOUT;

/// Headers of the handshake that no event has: they are about the client's
/// connection to the gateway.
pub(super) const HOP_BY_HOP: [HeaderName; 2] = [CONNECTION, UPGRADE];

/// What becomes of a request for a connection.
#[derive(Clone, Debug)]
pub enum Handshake {
    /// The gateway refuses it by itself.
    Refuse(Response<Bytes>),
    /// It is open: the app has no function for `$connect`.
    Open(Connection),
    /// The function of `$connect` has to be invoked.
    Invoke(ConnectInvocation),
}

/// An invocation of the function of `$connect`.
///
/// Whoever carries the event to the function ends it with one of
/// [`try_answer`](Self::try_answer), [`function_error`](Self::function_error) and
/// [`timed_out`](Self::timed_out). Until it has ended there is no connection: a
/// message that the function sends to it meets a 410.
#[derive(Clone, Debug)]
pub struct ConnectInvocation {
    /// The function's name within the app.
    pub function: String,
    /// The event, as JSON.
    pub event: Vec<u8>,
    /// API Gateway's id of the event.
    pub request_id: String,
    pub(super) connection: Connection,
}

/// What a function says about a connection.
#[derive(Clone, Debug)]
pub enum Verdict {
    /// It may be opened.
    Open {
        /// The header `Sec-WebSocket-Protocol` of the response, if the function has set it.
        ///
        /// Amazon API Gateway, "Set up a `$connect` route that requires a WebSocket subprotocol".
        subprotocol: Option<HeaderValue>,
    },
    /// It must not: the client gets this instead.
    Refuse(Response<Bytes>),
}

impl ConnectInvocation {
    /// The connection that is asked for.
    pub fn connection(&self) -> &Connection {
        &self.connection
    }

    /// What the function has decided: a status code of the class 2xx opens the
    /// connection, any other one is the response to the client, without a body.
    ///
    /// # Errors
    ///
    /// Why API Gateway does not accept what the function returned; the client
    /// then gets [`function_error`](Self::function_error).
    pub fn try_answer(&self, payload: &[u8]) -> Result<Verdict, Malformed> {
        let response = message::read(payload)?;
        let status = response.status();
        if status.is_success() {
            return Ok(Verdict::Open {
                subprotocol: response.headers().get(SEC_WEBSOCKET_PROTOCOL).cloned(),
            });
        }
        if status.is_informational() {
            // HTTP has no final response of that class.
            return Err(Malformed::StatusCode(status.as_str().to_owned()));
        }
        Ok(Verdict::Refuse(notice::empty(status, &self.request_id)))
    }

    /// The response to the client when the function failed: 502.
    pub fn function_error(&self) -> Response<Bytes> {
        self.refusal(StatusCode::BAD_GATEWAY, "Internal server error")
    }

    /// The response to the client when the function did not return within its [`timeout`](Self::timeout): 504.
    pub fn timed_out(&self) -> Response<Bytes> {
        self.refusal(StatusCode::GATEWAY_TIMEOUT, "Endpoint request timed out")
    }

    /// How long API Gateway waits for the function.
    pub fn timeout(&self) -> Duration {
        INTEGRATION_TIMEOUT
    }

    fn refusal(&self, status: StatusCode, message: &str) -> Response<Bytes> {
        notice::response(
            status,
            "InternalServerErrorException",
            notice::frame(message, &self.connection.id, &self.request_id),
            &self.request_id,
        )
    }
}

/// Whether a request asks for another protocol, WebSocket.
///
/// RFC 6455, section 4.2.1.
pub fn is_upgrade(headers: &HeaderMap) -> bool {
    has_token(headers, &UPGRADE, "websocket")
}

/// Whether a request that [asks for an upgrade](is_upgrade) is a handshake as
/// RFC 6455, section 4.2.1 has it, of version 13.
pub(super) fn is_handshake<B>(request: &Request<B>) -> bool {
    let headers = request.headers();
    let key = headers.get(SEC_WEBSOCKET_KEY);
    let key = key.and_then(|key| STANDARD.decode(key.as_bytes()).ok());
    let version = headers.get(SEC_WEBSOCKET_VERSION);
    request.method() == Method::GET
        && request.version() == Version::HTTP_11
        && is_upgrade(headers)
        && has_token(headers, &CONNECTION, "upgrade")
        && version.is_some_and(|version| version == "13")
        && key.is_some_and(|key| key.len() == 16)
}

/// Whether the header is a list that has the token, in any case.
fn has_token(headers: &HeaderMap, name: &HeaderName, token: &str) -> bool {
    headers
        .get_all(name)
        .iter()
        .flat_map(|value| value.as_bytes().split(|byte| *byte == b','))
        .any(|item| item.trim_ascii().eq_ignore_ascii_case(token.as_bytes()))
}
