//! Layers of the tower ecosystem around an app's HTTP service.

mod body;

use std::{
    convert::Infallible,
    error::Error,
    fmt,
    future::{Future, poll_fn},
    pin::Pin,
    sync::{Arc, Mutex},
    task::{Context, Poll},
};

use bytes::{Buf, Bytes};
use http_body::Body as HttpBody;
use http_body_util::BodyExt;
use tower_service::Service;

pub use body::Body;

use crate::{
    Application, HttpError, Response, StreamingBody,
    dispatch::Event,
    invoke::{Found, contained, logged},
    response::streaming::transfer::Transfer,
};

/// A future of some type.
type AnyFuture<T> = Pin<Box<dyn Future<Output = T> + Send>>;

/// The app as a tower service: what a function in the app's field `layer` gets,
/// puts layers around, and returns.
///
/// ```
/// use chalice_runtime::{HttpService, LayeredService};
///
/// fn layers(service: HttpService) -> impl LayeredService {
///     // With tower: `ServiceBuilder::new().layer(TimeoutLayer::new(..)).service(service)`.
///     service
/// }
/// ```
///
/// Layers are built once per execution environment, at the first request. They
/// see every request of the API, routed or not, before all middleware.
#[derive(Clone, Debug)]
pub struct HttpService(());

impl Service<http::Request<Body>> for HttpService {
    type Response = http::Response<Body>;
    type Error = Infallible;
    type Future = AnyFuture<Result<http::Response<Body>, Infallible>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, mut request: http::Request<Body>) -> Self::Future {
        let inner = request
            .extensions_mut()
            .remove::<Carried>()
            .and_then(|carried| carried.0.lock().ok()?.take());
        Box::pin(async move {
            let response = match inner {
                Some(inner) => inner(request).await,
                // A layer made a request of its own, or sent one twice.
                None => logged(HttpError::internal_because(Box::new(NotCarried)).respond()),
            };
            Ok(response.into_http())
        })
    }
}

#[derive(Debug, thiserror::Error)]
#[error(
    "a layer called the app with a request that is not the one it got, or called it twice; the app answers the event \
     that came, once"
)]
struct NotCarried;

/// What answers the request, carried through the layers in its extensions.
#[derive(Clone)]
struct Carried(Arc<Mutex<Option<Inner>>>);

type Inner = Box<dyn FnOnce(http::Request<Body>) -> AnyFuture<Response> + Send>;

/// An app's service with its layers.
pub struct Layered(Box<dyn Fn(http::Request<Body>, bool) -> AnyFuture<Response> + Send + Sync>);

/// A tower service that answers the app's requests: [`HttpService`] with layers around it.
///
/// Implemented for every `Service<http::Request<Body>>` that can be cloned and
/// sent, whose response has a body of bytes.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not the app's service with layers",
    label = "not a service of HTTP requests",
    note = "`layer` takes a function like `fn layers(service: HttpService) -> impl LayeredService`",
    note = "the service has to be `Clone + Send`, take `http::Request<Body>`, and return an `http::Response`"
)]
pub trait LayeredService: Clone + Send + 'static {
    #[doc(hidden)]
    fn answer(
        self,
        request: http::Request<Body>,
        streams: bool,
    ) -> AnyFuture<Result<Response, Failure>>;
}

impl<S, B> LayeredService for S
where
    S: Service<
            http::Request<Body>,
            Response = http::Response<B>,
            Error: Into<Failure>,
            Future: Send,
        > + Clone
        + Send
        + 'static,
    B: HttpBody<Data: Buf + Send, Error: Into<Failure>> + Send + 'static,
{
    fn answer(
        mut self,
        request: http::Request<Body>,
        streams: bool,
    ) -> AnyFuture<Result<Response, Failure>> {
        Box::pin(async move {
            poll_fn(|context| self.poll_ready(context))
                .await
                .map_err(Into::into)?;
            let response = self.call(request).await.map_err(Into::into)?;
            let (parts, body) = response.into_parts();
            if streams && body.size_hint().exact().is_none() {
                let response = Response::from_http(parts, Bytes::new());
                return Ok(response.with_streaming_body(StreamingBody::new(body::Chunks::of(body))));
            }
            let body = body.collect().await.map_err(Into::into)?.to_bytes();
            Ok(Response::from_http(parts, body))
        })
    }
}

impl Layered {
    /// Builds the layers.
    pub fn new<S: LayeredService>(layers: impl FnOnce(HttpService) -> S) -> Layered {
        let service = Mutex::new(layers(HttpService(())));
        Layered(Box::new(move |request, streams| {
            // Cloned per request, as every HTTP server does: services are handles.
            let service = match service.lock() {
                Ok(service) => service.clone(),
                Err(poisoned) => poisoned.into_inner().clone(),
            };
            Box::pin(async move {
                match service.answer(request, streams).await {
                    Ok(response) => response,
                    Err(error) => HttpError::internal_because(error).respond(),
                }
            })
        }))
    }

    /// Takes a request through the layers, to its handler.
    pub(crate) async fn run<A: Application>(
        &self,
        found: Found,
        event: Event,
        state: &'static A::State,
    ) -> Response {
        let streams = found.transfer::<A>(&event, state) == Transfer::Streamed;
        let mut request = event.request().to_http();
        let inner: Inner = Box::new(move |request| {
            Box::pin(async move {
                let (parts, body) = request.into_parts();
                let body = body.collect().await.ok().map(|body| body.to_bytes());
                let Event::Http(mut request) = event else {
                    unreachable!("layers are around requests of the API");
                };
                request.take_from(parts.headers, body);
                let event = Box::new(Event::Http(request));
                contained::<A>(found, event, state).await
            })
        });
        request
            .extensions_mut()
            .insert(Carried(Arc::new(Mutex::new(Some(inner)))));
        (self.0)(request, streams).await
    }
}

impl fmt::Debug for Layered {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Layered").finish_non_exhaustive()
    }
}

/// Why a layer, or the body of its response, failed.
pub type Failure = Box<dyn Error + Send + Sync>;
