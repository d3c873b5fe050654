//! What API Gateway itself says, to clients of WebSocket APIs and to callers of `@connections`.

use bytes::Bytes;
use http::header::{CONTENT_TYPE, HeaderValue};
use http::{Response, StatusCode};

use crate::gateway_response::{ERROR_TYPE, REQUEST_ID};

/// The JSON in which a WebSocket API reports an error on a connection:
/// `{"message": "Forbidden", "connectionId":"..", "requestId":".."}`, spaced as
/// API Gateway spaces it. Texts and ids need no escaping.
pub(super) fn frame(message: &str, connection_id: &str, request_id: &str) -> String {
    format!(
        "{{\"message\": \"{message}\", \"connectionId\":\"{connection_id}\", \"requestId\":\"{request_id}\"}}"
    )
}

/// A response with an error, whose type the AWS SDKs read in the header `x-amzn-ErrorType`.
pub(super) fn response(
    status: StatusCode,
    error_type: &'static str,
    body: String,
    request_id: &str,
) -> Response<Bytes> {
    let mut response = empty(status, request_id);
    response
        .headers_mut()
        .insert(ERROR_TYPE, HeaderValue::from_static(error_type));
    if !body.is_empty() {
        response
            .headers_mut()
            .insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    }
    *response.body_mut() = body.into();
    response
}

/// A response without a body.
pub(super) fn empty(status: StatusCode, request_id: &str) -> Response<Bytes> {
    let mut response = Response::new(Bytes::new());
    *response.status_mut() = status;
    if let Ok(request_id) = HeaderValue::from_str(request_id) {
        response.headers_mut().insert(REQUEST_ID, request_id);
    }
    response
}
