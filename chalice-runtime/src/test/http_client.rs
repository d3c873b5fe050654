//! Requests to the app's routes.

use std::fmt;

use http::Method;
use serde_json::Value;

use super::{Client, HttpRequest, InvocationError};
use crate::Application;

/// Sends requests to the app's routes; made by [`Client::http`].
///
/// Paths are those of the app, without a stage, with a query string if need be, and
/// percent-encoded as a browser would: `/search?q=caf%C3%A9`.
pub struct HttpClient<'a, A: Application> {
    client: &'a Client<A>,
}

impl<'a, A: Application> HttpClient<'a, A> {
    pub(super) fn new(client: &'a Client<A>) -> HttpClient<'a, A> {
        HttpClient { client }
    }

    /// A `GET` request.
    ///
    /// # Panics
    ///
    /// When `path` is none, see [`request`](HttpClient::request).
    #[track_caller]
    pub fn get(&self, path: &str) -> HttpRequest<'a, A> {
        self.request(Method::GET, path)
    }

    /// A `POST` request.
    ///
    /// # Panics
    ///
    /// When `path` is none, see [`request`](HttpClient::request).
    #[track_caller]
    pub fn post(&self, path: &str) -> HttpRequest<'a, A> {
        self.request(Method::POST, path)
    }

    /// A `PUT` request.
    ///
    /// # Panics
    ///
    /// When `path` is none, see [`request`](HttpClient::request).
    #[track_caller]
    pub fn put(&self, path: &str) -> HttpRequest<'a, A> {
        self.request(Method::PUT, path)
    }

    /// A `PATCH` request.
    ///
    /// # Panics
    ///
    /// When `path` is none, see [`request`](HttpClient::request).
    #[track_caller]
    pub fn patch(&self, path: &str) -> HttpRequest<'a, A> {
        self.request(Method::PATCH, path)
    }

    /// A `DELETE` request.
    ///
    /// # Panics
    ///
    /// When `path` is none, see [`request`](HttpClient::request).
    #[track_caller]
    pub fn delete(&self, path: &str) -> HttpRequest<'a, A> {
        self.request(Method::DELETE, path)
    }

    /// A `HEAD` request.
    ///
    /// # Panics
    ///
    /// When `path` is none, see [`request`](HttpClient::request).
    #[track_caller]
    pub fn head(&self, path: &str) -> HttpRequest<'a, A> {
        self.request(Method::HEAD, path)
    }

    /// An `OPTIONS` request, such as a CORS preflight.
    ///
    /// # Panics
    ///
    /// When `path` is none, see [`request`](HttpClient::request).
    #[track_caller]
    pub fn options(&self, path: &str) -> HttpRequest<'a, A> {
        self.request(Method::OPTIONS, path)
    }

    /// A request of any method.
    ///
    /// # Panics
    ///
    /// When `path` does not start with `/`, or has a character that a URI
    /// cannot have, such as a space: percent-encode it.
    #[track_caller]
    pub fn request(&self, method: Method, path: &str) -> HttpRequest<'a, A> {
        HttpRequest::new(self.client, method, path)
    }

    /// Invokes the API's function with an event, which no gateway has made or
    /// checked, and gives what the function returns to AWS Lambda. For events of
    /// other gateways than a REST API, and for what anybody who may invoke the
    /// function can send it.
    ///
    /// ```text
    /// let reply = client.http().event(include_str!("events/function_url.json")).await?;
    /// assert_eq!(reply["statusCode"], 200);
    /// ```
    ///
    /// # Errors
    ///
    /// The invocation fails when the event is not the JSON of an API's event.
    pub async fn event(&self, event: &str) -> Result<Value, InvocationError> {
        self.client.invoke_event(event).await
    }
}

impl<A: Application> fmt::Debug for HttpClient<'_, A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HttpClient")
            .field("app", &A::NAME)
            .finish_non_exhaustive()
    }
}
