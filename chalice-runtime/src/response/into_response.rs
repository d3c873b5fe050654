//! What handlers can return.

use std::convert::Infallible;

use bytes::Bytes;
use http::StatusCode;
use lambda_http::Body;
use serde::Serialize;

use crate::{HttpError, IntoHttpError, Json, Response, sensitive_headers};

/// A type that a handler can return.
///
/// ```
/// use chalice_runtime::{IntoResponse, Response};
///
/// struct Csv(String);
///
/// impl IntoResponse for Csv {
///     fn into_response(self) -> Response {
///         Response::text(self.0).with_content_type("text/csv")
///     }
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be returned from a handler",
    label = "not a response",
    note = "return `Json<T>`, `Response`, `String`, `Html<T>`, `()`, `StatusCode`, `(StatusCode, T)`, `(StatusCode, [(name, value)], T)`, `Redirect`, `Bytes`, `StreamingBody`, or `Result`/`Option` of one",
    note = "for `Json<T>`: `T` must implement `serde::Serialize`"
)]
pub trait IntoResponse {
    /// The response.
    fn into_response(self) -> Response;
}

impl IntoResponse for Response {
    fn into_response(self) -> Response {
        self
    }
}

/// Status 200, `content-type: application/json`.
impl<T: Serialize> IntoResponse for Json<T> {
    fn into_response(self) -> Response {
        Response::json(&self.0)
    }
}

/// Status 200, `content-type: text/plain; charset=utf-8`.
impl IntoResponse for String {
    fn into_response(self) -> Response {
        Response::text(self)
    }
}

/// Status 200, `content-type: text/plain; charset=utf-8`.
impl IntoResponse for &'static str {
    fn into_response(self) -> Response {
        Response::text(self)
    }
}

/// Status 200, `content-type: application/octet-stream`.
impl IntoResponse for Bytes {
    fn into_response(self) -> Response {
        Response::binary(self)
    }
}

/// Status 200, `content-type: application/octet-stream`.
impl IntoResponse for Vec<u8> {
    fn into_response(self) -> Response {
        Response::binary(self)
    }
}

/// Status 200 and an empty body.
impl IntoResponse for () {
    fn into_response(self) -> Response {
        Response::new(StatusCode::OK)
    }
}

/// That status and an empty body.
impl IntoResponse for StatusCode {
    fn into_response(self) -> Response {
        Response::new(self)
    }
}

/// The response of the second, with the status of the first.
impl<T: IntoResponse> IntoResponse for (StatusCode, T) {
    fn into_response(self) -> Response {
        self.1.into_response().with_status(self.0)
    }
}

/// `None` is status 404: `{"Code": "NotFoundError", "Message": "Not Found"}`.
impl<T: IntoResponse> IntoResponse for Option<T> {
    fn into_response(self) -> Response {
        match self {
            Some(value) => value.into_response(),
            None => HttpError::not_found("Not Found").respond(),
        }
    }
}

impl<T: IntoResponse, E: IntoHttpError> IntoResponse for Result<T, E> {
    fn into_response(self) -> Response {
        match self {
            Ok(value) => value.into_response(),
            Err(error) => error.into_http_error().respond(),
        }
    }
}

impl IntoResponse for HttpError {
    fn into_response(self) -> Response {
        self.respond()
    }
}

impl IntoResponse for Infallible {
    fn into_response(self) -> Response {
        match self {}
    }
}

/// The response as `lambda_http` and the crates around it make it.
impl IntoResponse for http::Response<Body> {
    fn into_response(self) -> Response {
        let (parts, body) = self.into_parts();
        let body = match body {
            Body::Text(text) => Bytes::from(text),
            Body::Binary(bytes) => Bytes::from(bytes),
            _ => Bytes::new(),
        };
        let mut response = Response::new(parts.status).with_body(body);
        *response.headers_mut() = parts.headers;
        sensitive_headers::mark(response.headers_mut());
        response
    }
}
