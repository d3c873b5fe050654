//! What came back.

use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use serde::de::DeserializeOwned;

/// The response, as a client of the API gets it.
#[derive(Clone, Debug)]
pub struct HttpResponse {
    response: http::Response<Bytes>,
    chunks: Vec<Bytes>,
    is_whole: bool,
}

impl HttpResponse {
    pub(super) fn new(response: http::Response<Bytes>) -> HttpResponse {
        let body = response.body();
        let chunks = (!body.is_empty()).then(|| body.clone());
        HttpResponse {
            chunks: chunks.into_iter().collect(),
            response,
            is_whole: true,
        }
    }

    pub(super) fn streamed(
        head: http::Response<()>,
        chunks: Vec<Bytes>,
        is_whole: bool,
    ) -> HttpResponse {
        let body = chunks.concat().into();
        HttpResponse {
            response: head.map(|()| body),
            chunks,
            is_whole,
        }
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

    /// The pieces of the body, in the order in which they came: of a streamed response, the
    /// chunks that the handler sent, without empty ones; of another, the body, unless it is empty.
    pub fn chunks(&self) -> &[Bytes] {
        &self.chunks
    }

    /// Whether the body came to its end: not so when an error or a panic ended a stream.
    pub fn is_whole(&self) -> bool {
        self.is_whole
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
