//! What came back.

use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use serde::de::DeserializeOwned;

/// The response, as a client of the API gets it.
#[derive(Clone, Debug)]
pub struct HttpResponse {
    response: http::Response<Bytes>,
}

impl HttpResponse {
    pub(super) fn new(response: http::Response<Bytes>) -> HttpResponse {
        HttpResponse { response }
    }

    /// The status; it can be compared to a number: `assert_eq!(response.status(), 200)`.
    pub fn status(&self) -> StatusCode {
        self.response.status()
    }

    /// The headers, with those that API Gateway adds.
    pub fn headers(&self) -> &HeaderMap {
        self.response.headers()
    }

    /// The first value of that header; `None` when there is none, or it is not UTF-8.
    pub fn header(&self, name: &str) -> Option<&str> {
        std::str::from_utf8(self.headers().get(name)?.as_bytes()).ok()
    }

    /// The body.
    pub fn body(&self) -> &Bytes {
        self.response.body()
    }

    /// The body as text.
    ///
    /// # Panics
    ///
    /// When it is not UTF-8.
    #[track_caller]
    pub fn text(&self) -> &str {
        match std::str::from_utf8(self.body()) {
            Ok(text) => text,
            Err(error) => panic!(
                "the body of the response ({}) is no text: {error}",
                self.status()
            ),
        }
    }

    /// The body, from JSON.
    ///
    /// # Panics
    ///
    /// When it is not JSON of a `T`.
    #[track_caller]
    pub fn json<T: DeserializeOwned>(&self) -> T {
        match serde_json::from_slice(self.body()) {
            Ok(value) => value,
            Err(error) => panic!(
                "the body of the response ({}) is not the JSON that is expected: {error}: {}",
                self.status(),
                self.body().escape_ascii(),
            ),
        }
    }
}
