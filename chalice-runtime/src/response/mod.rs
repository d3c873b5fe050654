//! What a handler answers.

pub(crate) mod compression;
mod cookie;
mod file;
mod html;
mod http;
mod into_response;
mod redirect;
pub(crate) mod streaming;
pub(crate) mod wire;
mod with_headers;

use std::{borrow::Cow, error::Error, fmt};

use ::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header::CONTENT_TYPE};
use bytes::Bytes;
use serde::Serialize;

pub use cookie::{SameSite, SetCookie};
pub use html::Html;
pub use into_response::IntoResponse;
pub use redirect::Redirect;
pub use streaming::{StreamClosed, StreamSender, StreamingBody};

use crate::{HttpError, sensitive_headers};

/// An HTTP response: status, headers, body.
///
/// ```
/// use chalice_runtime::{Response, StatusCode};
///
/// let response = Response::text("created")
///     .with_status(StatusCode::CREATED)
///     .with_header("x-request-cost", "3");
/// ```
///
/// How it travels is not its business: the body goes out as text or, when its
/// content type is binary or it is not UTF-8, base64-encoded.
pub struct Response {
    status: StatusCode,
    headers: HeaderMap,
    body: Bytes,
    /// Comes instead of `body`, which is then empty.
    stream: Option<StreamingBody>,
    cause: Option<Box<Cause>>,
}

/// What the log has to say about a response, and the client must not know.
pub(crate) enum Cause {
    /// The response is the answer to this error, which somebody chose to answer so.
    Reported(Box<dyn Error + Send + Sync>),
    /// The response is the 500 of an error that nobody expected.
    Unexpected(Box<dyn Error + Send + Sync>),
    /// The response was built from something that HTTP does not allow, and
    /// must not be sent.
    Invalid(Box<dyn Error + Send + Sync>),
}

impl Response {
    /// An empty response of that status.
    pub fn new(status: StatusCode) -> Response {
        Response {
            status,
            headers: HeaderMap::new(),
            body: Bytes::new(),
            stream: None,
            cause: None,
        }
    }

    /// Plain text: `content-type: text/plain; charset=utf-8`, status 200.
    pub fn text(text: impl Into<Cow<'static, str>>) -> Response {
        let body = match text.into() {
            Cow::Borrowed(text) => Bytes::from_static(text.as_bytes()),
            Cow::Owned(text) => Bytes::from(text),
        };
        Response::of(HeaderValue::from_static("text/plain; charset=utf-8"), body)
    }

    /// A page: `content-type: text/html; charset=utf-8`, status 200.
    pub fn html(page: impl Into<Cow<'static, str>>) -> Response {
        Response::text(page).with_content_type("text/html; charset=utf-8")
    }

    /// JSON: `content-type: application/json`, status 200.
    ///
    /// A value that JSON cannot express (a map whose keys are not strings, an
    /// error of its own `Serialize`) is answered with a logged 500.
    pub fn json<T: Serialize + ?Sized>(value: &T) -> Response {
        match serde_json::to_vec(value) {
            Ok(body) => Response::of(
                HeaderValue::from_static("application/json"),
                Bytes::from(body),
            ),
            Err(error) => HttpError::internal_because(Box::new(error)).respond(),
        }
    }

    /// Bytes: `content-type: application/octet-stream`, status 200.
    pub fn binary(body: impl Into<Bytes>) -> Response {
        Response::of(
            HeaderValue::from_static("application/octet-stream"),
            body.into(),
        )
    }

    fn of(content_type: HeaderValue, body: Bytes) -> Response {
        let mut response = Response::new(StatusCode::OK);
        response.headers.insert(CONTENT_TYPE, content_type);
        response.body = body;
        response
    }

    /// The response with that status.
    #[must_use]
    pub fn with_status(mut self, status: StatusCode) -> Response {
        self.status = status;
        self
    }

    /// The response with that header, in place of every header of that name.
    ///
    /// A name or a value that HTTP does not allow, such as a value with a line
    /// break, makes the whole response a logged 500: a text from outside must
    /// not be able to add headers. Where that text may be bad, check it before,
    /// or make the [`HeaderValue`] yourself.
    #[must_use]
    pub fn with_header<N, V>(self, name: N, value: V) -> Response
    where
        N: TryInto<HeaderName, Error: Error + Send + Sync + 'static>,
        V: TryInto<HeaderValue, Error: Error + Send + Sync + 'static>,
    {
        self.header(name, value, |headers, name, value| {
            headers.insert(name, value);
        })
    }

    /// The response with one more header, beside those of the same name: `set-cookie`, `link`, `vary`.
    ///
    /// What [`with_header`](Response::with_header) says of names and values holds here too.
    #[must_use]
    pub fn with_appended_header<N, V>(self, name: N, value: V) -> Response
    where
        N: TryInto<HeaderName, Error: Error + Send + Sync + 'static>,
        V: TryInto<HeaderValue, Error: Error + Send + Sync + 'static>,
    {
        self.header(name, value, |headers, name, value| {
            headers.append(name, value);
        })
    }

    fn header<N, V>(
        mut self,
        name: N,
        value: V,
        put: impl FnOnce(&mut HeaderMap, HeaderName, HeaderValue),
    ) -> Response
    where
        N: TryInto<HeaderName, Error: Error + Send + Sync + 'static>,
        V: TryInto<HeaderValue, Error: Error + Send + Sync + 'static>,
    {
        let name = match name.try_into() {
            Ok(name) => name,
            Err(error) => return self.because(Some(Cause::Invalid(Box::new(error)))),
        };
        match value.try_into() {
            Ok(mut value) => {
                value.set_sensitive(value.is_sensitive() || sensitive_headers::is_sensitive(&name));
                put(&mut self.headers, name, value);
            }
            Err(error) => {
                let error = InvalidHeader {
                    name,
                    source: Box::new(error),
                };
                return self.because(Some(Cause::Invalid(Box::new(error))));
            }
        }
        self
    }

    /// The response with that content type, see [`with_header`](Response::with_header).
    #[must_use]
    pub fn with_content_type(self, content_type: &str) -> Response {
        self.with_header(CONTENT_TYPE, content_type)
    }

    /// The response with that body; its content type stays as it is.
    #[must_use]
    pub fn with_body(mut self, body: impl Into<Bytes>) -> Response {
        self.body = body.into();
        self.stream = None;
        self
    }

    /// The status.
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// The headers.
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The headers, to change them.
    pub fn headers_mut(&mut self) -> &mut HeaderMap {
        &mut self.headers
    }

    /// The body; empty where it is a [`StreamingBody`].
    pub fn body(&self) -> &Bytes {
        &self.body
    }

    /// The response with what the log has to know; the first cause stays.
    pub(crate) fn because(mut self, cause: Option<Cause>) -> Response {
        if self.cause.is_none() {
            self.cause = cause.map(Box::new);
        }
        self
    }

    /// Whether the response is the 500 of something that nobody expected.
    pub(crate) fn is_unexpected(&self) -> bool {
        matches!(
            self.cause.as_deref(),
            Some(Cause::Unexpected(_) | Cause::Invalid(_))
        )
    }

    /// What may be sent, and what has to be logged: a response with an invalid
    /// part becomes a 500.
    pub(crate) fn checked(mut self) -> (Response, Option<Box<dyn Error + Send + Sync>>) {
        match self.cause.take().map(|cause| *cause) {
            Some(Cause::Invalid(error)) => (HttpError::internal().respond(), Some(error)),
            cause => match self.control_character() {
                Some(invalid) => (HttpError::internal().respond(), Some(Box::new(invalid))),
                None => match cause {
                    Some(Cause::Reported(error) | Cause::Unexpected(error)) => (self, Some(error)),
                    _ => (self, None),
                },
            },
        }
    }

    /// The header that has a control character other than the tab, which RFC
    /// 9110, 5.5, counts as white space. A [`HeaderValue`] cannot have those of
    /// ASCII, but those above it: U+0085 ends a line in some readers.
    fn control_character(&self) -> Option<ControlCharacter> {
        let breaks = |character: char| character.is_control() && character != '\t';
        let (name, _) = self
            .headers
            .iter()
            // Text of ASCII alone, as nearly all are, is settled without a look at its characters.
            .find(|(_, value)| {
                !value.as_bytes().is_ascii() && wire::text(value).contains(breaks)
            })?;
        Some(ControlCharacter { name: name.clone() })
    }
}

impl fmt::Debug for Response {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Response")
            .field("status", &self.status.as_u16())
            .field("headers", &sensitive_headers::Redacted(&self.headers))
            .field("body", &self.body)
            .field("streaming", &self.is_streaming())
            .finish_non_exhaustive()
    }
}

/// A header value that HTTP does not allow.
#[derive(Debug, thiserror::Error)]
#[error("the response's header `{name}` has a value that HTTP does not allow")]
struct InvalidHeader {
    name: HeaderName,
    source: Box<dyn Error + Send + Sync>,
}

/// A header value with a control character.
#[derive(Debug, thiserror::Error)]
#[error("the response's header `{name}` has a control character in its value")]
struct ControlCharacter {
    name: HeaderName,
}
