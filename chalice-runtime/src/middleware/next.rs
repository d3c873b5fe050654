//! The rest of the onion, as a middleware sees it.

use std::{fmt, marker::PhantomData};

use super::{MiddlewareEvent, chain::Rest};
use crate::Request;

/// What is inside a middleware: further middleware, and the handler.
///
/// ```
/// use chalice_runtime::{Next, Request, Response};
///
/// async fn timed(request: Request, next: Next<'_>) -> Response {
///     let start = std::time::Instant::now();
///     let response = next.run(request).await;
///     let milliseconds = start.elapsed().as_millis().to_string();
///     response.with_header("x-duration-ms", &milliseconds)
/// }
/// ```
///
/// A middleware that does not call [`run`](Next::run) answers in the handler's place.
pub struct Next<'n, E = Request> {
    rest: &'n dyn Rest,
    position: usize,
    event: PhantomData<fn(E) -> E>,
}

impl<'n, E: MiddlewareEvent> Next<'n, E> {
    pub(super) fn new(rest: &'n dyn Rest, position: usize) -> Next<'n, E> {
        Next {
            rest,
            position,
            event: PhantomData,
        }
    }

    /// The same, for events of one type.
    pub(super) fn narrowed<F: MiddlewareEvent>(self) -> Next<'n, F> {
        Next::new(self.rest, self.position)
    }

    /// Runs it. Whatever goes wrong in there has become a response by the time
    /// it is here: an error, a panic, a path without a route.
    pub async fn run(self, event: E) -> E::Output {
        E::output(self.rest.run(self.position, event.into_event()).await)
    }
}

impl<E> fmt::Debug for Next<'_, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Next")
            .field("position", &self.position)
            .finish_non_exhaustive()
    }
}
