//! A response as the type that the rest of Rust's HTTP world knows.

use bytes::Bytes;

use super::Response;
use crate::Body;

impl Response {
    /// The response for tower layers, once what is wrong with it has been logged.
    pub(crate) fn into_http(self) -> http::Response<Body> {
        let body = match self.stream {
            Some(stream) => Body::from(stream),
            None => Body::from(self.body),
        };
        let mut response = http::Response::new(body);
        *response.status_mut() = self.status;
        *response.headers_mut() = self.headers;
        response
    }

    /// The response of tower layers.
    pub(crate) fn from_http(parts: http::response::Parts, body: Bytes) -> Response {
        Response {
            status: parts.status,
            headers: parts.headers,
            body,
            stream: None,
            cause: None,
        }
    }
}
