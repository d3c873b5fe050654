//! Answers that are sent to AWS Lambda while they are made.
//!
//! `lambda_runtime` sends streams, too, but writes an error in the middle of one
//! into the body, as text. The Runtime API takes errors as trailers (AWS
//! Lambda, "Building a custom runtime", "Implementing response streaming in a custom runtime").

use std::{
    convert::Infallible,
    error::Error,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
};

use base64::{Engine as _, engine::general_purpose::STANDARD};
use bytes::Bytes;
use http::{
    HeaderMap, HeaderName, HeaderValue, Request,
    header::{CONTENT_TYPE, TRAILER, TRANSFER_ENCODING},
};
use http_body::{Body, Frame};
use lambda_runtime::{
    Diagnostic, LambdaInvocation,
    tower::{Layer, Service},
};
use lambda_runtime_api_client::{PooledClient, body, build_request};
use tracing::Instrument;

use super::serve::log_failure;
use crate::{
    Application, Failure, LambdaContext,
    event::{EventError, EventText},
    invoke::invoke,
    log,
    response::{
        streaming::{contained::EndedEarly, prelude::Streamed, transfer::Transfer},
        wire::Reply,
    },
};

const INVOCATION_ID: HeaderName = HeaderName::from_static("lambda-runtime-invocation-id");
const RESPONSE_MODE: HeaderName = HeaderName::from_static("lambda-runtime-function-response-mode");
const ERROR_TYPE: HeaderName = HeaderName::from_static("lambda-runtime-function-error-type");
const ERROR_BODY: HeaderName = HeaderName::from_static("lambda-runtime-function-error-body");

/// What Lambda knows streamed answers to HTTP requests by.
const HTTP_INTEGRATION: HeaderValue =
    HeaderValue::from_static("application/vnd.awslambda.http-integration-response");

/// Answers each invocation by itself, in place of the service that it is put
/// around; that one gets what is no JSON.
pub(super) struct Streaming<A: Application> {
    client: Arc<PooledClient>,
    state: &'static A::State,
}

impl<A: Application> Streaming<A> {
    /// With as many connections to the Runtime API as Lambda sends events at a time.
    pub(super) fn new(state: &'static A::State, connections: usize) -> Streaming<A> {
        let client = PooledClient::builder().with_pool_size(connections).build();
        Streaming {
            client: Arc::new(client),
            state,
        }
    }
}

impl<A: Application> Clone for Streaming<A> {
    fn clone(&self) -> Streaming<A> {
        Streaming {
            client: Arc::clone(&self.client),
            state: self.state,
        }
    }
}

impl<A: Application, S> Layer<S> for Streaming<A> {
    type Service = Around<A, S>;

    fn layer(&self, inner: S) -> Around<A, S> {
        Around {
            streaming: self.clone(),
            inner,
        }
    }
}

/// [`Streaming`] around the service that answers buffered.
pub(super) struct Around<A: Application, S> {
    streaming: Streaming<A>,
    inner: S,
}

impl<A: Application, S: Clone> Clone for Around<A, S> {
    fn clone(&self) -> Around<A, S> {
        Around {
            streaming: self.streaming.clone(),
            inner: self.inner.clone(),
        }
    }
}

impl<A, S> Service<LambdaInvocation> for Around<A, S>
where
    A: Application,
    S: Service<LambdaInvocation, Response = (), Error = Failure, Future: Send + 'static>,
{
    type Response = ();
    type Error = Failure;
    type Future = Pin<Box<dyn Future<Output = Result<(), Failure>> + Send>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Failure>> {
        self.inner.poll_ready(context)
    }

    fn call(&mut self, invocation: LambdaInvocation) -> Self::Future {
        let event = match EventText::try_from(invocation.body.clone()) {
            Ok(event) => event,
            Err(_) => return Box::pin(self.inner.call(invocation)),
        };
        let context = LambdaContext::from(invocation.context);
        let place = Place {
            request_id: context.request_id.clone(),
            invocation_id: invocation.parts.headers.get(INVOCATION_ID).cloned(),
        };
        let span = log::invocation(&context);
        let streaming = self.streaming.clone();
        let answered = async move {
            let reply = log_failure(invoke::<A>(event, context, streaming.state).await);
            place.post(&streaming.client, reply).await
        };
        Box::pin(answered.instrument(span))
    }
}

/// Where an invocation's answer goes.
struct Place {
    request_id: String,
    /// What Lambda tells this invocation from earlier ones of the same id by.
    invocation_id: Option<HeaderValue>,
}

impl Place {
    /// Sends the answer. What AWS Lambda thinks of it is not for the process to
    /// mend, which goes on with the next event.
    async fn post(
        self,
        client: &PooledClient,
        reply: Result<Reply, EventError>,
    ) -> Result<(), Failure> {
        let (request, streamed) = match reply {
            Ok(reply) if reply.transfer == Transfer::Streamed => (self.stream(reply)?, true),
            Ok(reply) => (
                self.request("response", serde_json::to_vec(&reply)?)?,
                false,
            ),
            Err(error) => {
                let diagnostic = serde_json::to_vec(&Diagnostic::from(error))?;
                let mut request = self.request("error", diagnostic)?;
                let unhandled = HeaderValue::from_static("unhandled");
                request.headers_mut().insert(ERROR_TYPE, unhandled);
                (request, false)
            }
        };
        match client.call(request).await {
            Ok(response) if !response.status().is_success() => {
                tracing::error!(
                    target: log::TARGET,
                    status = response.status().as_u16(),
                    "AWS Lambda did not take the answer"
                );
                Ok(())
            }
            Ok(_) => Ok(()),
            // Lambda may hang up on a stream that nobody reads any more.
            Err(error) if streamed => {
                let error: &(dyn Error + 'static) = &*error;
                tracing::error!(target: log::TARGET, error, "the stream did not get to its end");
                Ok(())
            }
            Err(error) => Err(error),
        }
    }

    fn request(
        &self,
        what: &str,
        body: impl Into<body::Body>,
    ) -> Result<Request<body::Body>, Failure> {
        let id = &self.request_id;
        let uri = format!("/2018-06-01/runtime/invocation/{id}/{what}");
        let mut request = build_request()
            .method(http::Method::POST)
            .uri(uri)
            .body(body.into())?;
        if let Some(id) = &self.invocation_id {
            request.headers_mut().insert(INVOCATION_ID, id.clone());
        }
        Ok(request)
    }

    fn stream(&self, reply: Reply) -> Result<Request<body::Body>, Failure> {
        let frames = Frames::new(Streamed::new(reply));
        let mut request = self.request("response", Vec::new())?;
        *request.body_mut() = body::Body::new(frames);
        let headers = request.headers_mut();
        headers.insert(CONTENT_TYPE, HTTP_INTEGRATION);
        headers.insert(RESPONSE_MODE, HeaderValue::from_static("streaming"));
        headers.insert(TRANSFER_ENCODING, HeaderValue::from_static("chunked"));
        for name in [ERROR_TYPE, ERROR_BODY] {
            headers.append(TRAILER, HeaderValue::from(name));
        }
        Ok(request)
    }
}

/// A streamed response as the body of a request to the Runtime API.
struct Frames {
    prelude: Option<Bytes>,
    chunks: Streamed,
}

impl Frames {
    fn new(streamed: Streamed) -> Frames {
        Frames {
            prelude: Some(streamed.prelude.clone()),
            chunks: streamed,
        }
    }
}

impl Body for Frames {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        if let Some(prelude) = self.prelude.take() {
            return Poll::Ready(Some(Ok(Frame::data(prelude))));
        }
        self.chunks.poll_chunk(context).map(|chunk| {
            chunk.map(|chunk| {
                Ok(match chunk {
                    Ok(chunk) => Frame::data(chunk),
                    Err(error) => Frame::trailers(trailers(error)),
                })
            })
        })
    }
}

/// What says that the body is not whole. The reason is in the log, and not for whoever invoked the function.
fn trailers(error: EndedEarly) -> HeaderMap {
    const ERROR: &str = "Chalice.StreamEndedEarly";
    let body = serde_json::json!({ "errorType": ERROR, "errorMessage": error.to_string() });
    let body = STANDARD.encode(body.to_string());
    let mut trailers = HeaderMap::new();
    trailers.insert(ERROR_TYPE, HeaderValue::from_static(ERROR));
    if let Ok(body) = HeaderValue::try_from(body) {
        trailers.insert(ERROR_BODY, body);
    }
    trailers
}
