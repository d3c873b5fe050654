//! Bodies that are sent while they are made.

mod channel;
pub(crate) mod contained;
pub(crate) mod prelude;
pub(crate) mod transfer;
mod written;

use std::{
    fmt,
    pin::Pin,
    sync::{Mutex, PoisonError},
    task::{Context, Poll},
};

use bytes::Bytes;
use futures_core::Stream;
use http::{StatusCode, header::CONTENT_TYPE};

pub use channel::{StreamClosed, StreamSender};

use crate::{Failure, HttpError, IntoResponse, Response};

/// The most bytes of a stream that are collected for a gateway that does not
/// stream: what AWS Lambda returns from one invocation (AWS, "Lambda quotas": 6 MB).
const MAX_COLLECTED: usize = 6 * 1024 * 1024;

/// A body that goes to the client chunk by chunk, as it is made.
///
/// Returned from a handler, alone or beside a status and headers, or put into a
/// [`Response`]. The route says `stream`, so that API Gateway is told not to wait for the end:
///
/// ```text
/// #[route("/export", stream)]
/// async fn export() -> ([(HeaderName, &'static str); 1], StreamingBody) {
///     let rows = StreamingBody::written_by(async |rows| {
///         for row in 0..1000 {
///             rows.send(format!("{row}\n")).await?;
///         }
///         Ok(())
///     });
///     ([(CONTENT_TYPE, "text/csv")], rows)
/// }
/// ```
///
/// Status and headers go out before the first chunk, so what fails later cannot
/// change them: the error is logged, the body ends where it is, and AWS Lambda
/// is told that it is not whole. A panic is such an error. AWS Lambda reads a body to its end
/// even when the client has hung up; where nobody does, the body is dropped.
///
/// Where nothing can be streamed (a route without `stream`, HTTP APIs, load
/// balancers), the body is collected and sent as a whole, up to 6 MB; a longer one is a logged 500.
/// Streamed, a body has up to 200 MB (AWS, "Response streaming for Lambda functions"). It is never compressed.
pub struct StreamingBody(Mutex<Chunks>);

/// A stream is rarely `Sync`, and responses are: the lock is never waited for.
type Chunks = Pin<Box<dyn Stream<Item = Result<Bytes, Failure>> + Send>>;

impl StreamingBody {
    /// The chunks of a stream. Its first error ends the body.
    pub fn new<S, C, E>(chunks: S) -> StreamingBody
    where
        S: Stream<Item = Result<C, E>> + Send + 'static,
        C: Into<Bytes>,
        E: Into<Failure>,
    {
        StreamingBody::boxed(Converted(Box::pin(chunks)))
    }

    /// What an async function sends. It runs while the body is read, and is
    /// dropped with it, so it needs no task of its own.
    ///
    /// ```
    /// use chalice_runtime::StreamingBody;
    ///
    /// let body = StreamingBody::written_by(|chunks| async move {
    ///     chunks.send("first").await?;
    ///     chunks.send("second").await?;
    ///     Ok(())
    /// });
    /// ```
    ///
    /// An error that it returns ends the body.
    pub fn written_by<W, F>(write: W) -> StreamingBody
    where
        W: FnOnce(StreamSender) -> F,
        F: Future<Output = crate::Result<()>> + Send + 'static,
    {
        let (sender, receiver) = channel::channel();
        StreamingBody::boxed(written::Written::new(Box::pin(write(sender)), receiver))
    }

    /// A body, and the sender of its chunks, for a task or a thread that makes
    /// them. Dropping the sender ends the body, except in a panic, which is an error.
    ///
    /// AWS Lambda freezes the process once the body is at its end.
    pub fn channel() -> (StreamSender, StreamingBody) {
        let (sender, receiver) = channel::channel();
        (sender, StreamingBody::boxed(receiver))
    }

    fn boxed(chunks: impl Stream<Item = Result<Bytes, Failure>> + Send + 'static) -> StreamingBody {
        StreamingBody(Mutex::new(Box::pin(chunks)))
    }
}

impl Stream for StreamingBody {
    type Item = Result<Bytes, Failure>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let chunks = self.0.get_mut().unwrap_or_else(PoisonError::into_inner);
        chunks.as_mut().poll_next(context)
    }
}

impl fmt::Debug for StreamingBody {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StreamingBody").finish_non_exhaustive()
    }
}

/// Status 200, `content-type: application/octet-stream`.
impl IntoResponse for StreamingBody {
    fn into_response(self) -> Response {
        let mut response = Response::new(StatusCode::OK).with_streaming_body(self);
        let bytes = http::HeaderValue::from_static("application/octet-stream");
        response.headers_mut().insert(CONTENT_TYPE, bytes);
        response
    }
}

impl Response {
    /// The response with that body, sent while it is made; its content type stays as it is.
    #[must_use]
    pub fn with_streaming_body(mut self, body: StreamingBody) -> Response {
        self.body = Bytes::new();
        self.stream = Some(body);
        self
    }

    /// Whether the body is a [`StreamingBody`]; [`body`](Response::body) is then empty.
    ///
    /// Middleware around a route without `stream` does not see such bodies:
    /// they have been collected.
    pub fn is_streaming(&self) -> bool {
        self.stream.is_some()
    }

    /// Takes the [`StreamingBody`] out of the response, to put another one around it:
    ///
    /// ```
    /// # use chalice_runtime::{Response, StreamingBody};
    /// # fn counted(body: StreamingBody) -> StreamingBody { body }
    /// # let mut response = Response::text("");
    /// if let Some(body) = response.take_streaming_body() {
    ///     response = response.with_streaming_body(counted(body));
    /// }
    /// ```
    pub fn take_streaming_body(&mut self) -> Option<StreamingBody> {
        self.stream.take()
    }

    /// The response with its stream read to the end; a 500 with its cause if that fails.
    pub(crate) async fn collected(mut self) -> Response {
        let Some(mut chunks) = self.stream.take() else {
            return self;
        };
        let mut body = Vec::new();
        loop {
            let next = std::future::poll_fn(|context| Pin::new(&mut chunks).poll_next(context));
            match next.await {
                Some(Ok(chunk)) if body.len() + chunk.len() > MAX_COLLECTED => {
                    return HttpError::internal_because(Box::new(TooLong)).respond();
                }
                Some(Ok(chunk)) => body.extend_from_slice(&chunk),
                Some(Err(error)) => return HttpError::internal_because(error).respond(),
                None => return self.with_body(body),
            }
        }
    }
}

/// A stream that cannot be collected.
#[derive(Debug, thiserror::Error)]
#[error(
    "a streaming body has more than the 6 MB that AWS Lambda returns as a whole: put `stream` on the route, and \
     invoke it through a REST API or a function URL, which stream (HTTP APIs and load balancers do not)"
)]
struct TooLong;

/// A stream whose chunks and errors are of any type.
struct Converted<S>(Pin<Box<S>>);

impl<S, C, E> Stream for Converted<S>
where
    S: Stream<Item = Result<C, E>>,
    C: Into<Bytes>,
    E: Into<Failure>,
{
    type Item = Result<Bytes, Failure>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let next = self.0.as_mut().poll_next(context);
        next.map(|next| next.map(|chunk| chunk.map(Into::into).map_err(Into::into)))
    }
}

#[cfg(test)]
mod tests;
