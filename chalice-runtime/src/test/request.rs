//! A request on its way.

use std::{
    fmt,
    future::{Future, IntoFuture},
    pin::Pin,
};

use bytes::Bytes;
use http::{HeaderName, HeaderValue, Method, Uri, header::CONTENT_TYPE, uri::PathAndQuery};
use serde::Serialize;

use super::{Client, HttpResponse};
use crate::Application;

/// A request that is sent by `.await`.
#[must_use = "a request is sent by `.await`"]
pub struct HttpRequest<'a, A: Application> {
    client: &'a Client<A>,
    request: http::Request<Bytes>,
}

impl<'a, A: Application> HttpRequest<'a, A> {
    #[track_caller]
    pub(super) fn new(client: &'a Client<A>, method: Method, path: &str) -> HttpRequest<'a, A> {
        let uri = match path.parse::<PathAndQuery>() {
            Ok(uri) if path.starts_with('/') => Uri::from(uri),
            Ok(_) => panic!("`{path}` is no path of a request: it does not start with `/`"),
            Err(error) => panic!(
                "`{path}` is no path of a request: {error}; percent-encode what a URI cannot hold"
            ),
        };
        let mut request = http::Request::new(Bytes::new());
        *request.method_mut() = method;
        *request.uri_mut() = uri;
        HttpRequest { client, request }
    }

    /// The request with one more header.
    ///
    /// # Panics
    ///
    /// When HTTP does not allow the name or the value.
    #[track_caller]
    pub fn header(mut self, name: &str, value: &str) -> Self {
        let header_name = match HeaderName::from_bytes(name.as_bytes()) {
            Ok(header_name) => header_name,
            Err(error) => panic!("`{name}` is no name of a header: {error}"),
        };
        match HeaderValue::from_bytes(value.as_bytes()) {
            Ok(value) => self.request.headers_mut().append(header_name, value),
            Err(error) => panic!("the header `{name}` has the value {value:?}: {error}"),
        };
        self
    }

    /// The request with that body; mind the content type, without which it counts as JSON.
    pub fn body(mut self, body: impl Into<Bytes>) -> Self {
        *self.request.body_mut() = body.into();
        self
    }

    /// The request with that body as JSON, and `content-type: application/json`.
    ///
    /// # Panics
    ///
    /// When JSON cannot express the value.
    #[track_caller]
    pub fn json<T: Serialize + ?Sized>(mut self, value: &T) -> Self {
        match serde_json::to_vec(value) {
            Ok(body) => *self.request.body_mut() = Bytes::from(body),
            Err(error) => panic!("JSON cannot express the body: {error}"),
        }
        let json = HeaderValue::from_static("application/json");
        self.request.headers_mut().insert(CONTENT_TYPE, json);
        self
    }
}

impl<'a, A: Application> IntoFuture for HttpRequest<'a, A> {
    type Output = HttpResponse;
    type IntoFuture = Pin<Box<dyn Future<Output = HttpResponse> + Send + 'a>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(async move {
            self.client.settle_sockets().await;
            let response = self.client.send(self.request).await;
            self.client.settle_sockets().await;
            response
        })
    }
}

impl<A: Application> fmt::Debug for HttpRequest<'_, A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HttpRequest")
            .field("method", self.request.method())
            .field("uri", self.request.uri())
            .field("headers", self.request.headers())
            .finish_non_exhaustive()
    }
}
