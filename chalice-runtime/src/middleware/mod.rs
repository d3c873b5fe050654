//! Middleware: what runs around handlers.
//!
//! An app's middleware is an onion: the first one listed is the outermost, and
//! a blueprint's lies inside that of the groups that mount it. Which ones a
//! handler has is a question that generated code answers by a `match`
//! ([`Dispatch::middleware`](crate::Dispatch::middleware)); nothing is built or
//! collected for an invocation.

mod chain;
mod kind;
mod next;

use std::future::Future;

pub(crate) use chain::{through, through_function};
pub use kind::{MiddlewareEvent, MiddlewareReturn};
pub use next::Next;

use crate::{
    Provide, State,
    dispatch::{Event, Outcome, OutcomeFuture},
    invoke::logged,
    log,
};

/// A middleware that can run in an app whose state is `S`: what `#[middleware]`
/// makes of a function.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a middleware, or asks for something that the state `{S}` does not provide",
    label = "cannot be in this list",
    note = "annotate the function with `#[middleware(http)]`"
)]
pub trait Middleware<S: 'static> {
    /// Runs the middleware around what `next` stands for.
    fn run<'n>(event: Event, next: Next<'n, Event>, state: &'static S) -> OutcomeFuture<'n>;
}

/// What `Dispatch::middleware` returns: [`Middleware::run`] of one middleware.
pub type Run<S> = for<'n> fn(Event, Next<'n, Event>, &'static S) -> OutcomeFuture<'n>;

/// A type that a middleware can take as an argument behind its event and its `next`.
///
/// It comes from the app's state alone, because the request has been handed
/// over as the first argument.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be an argument of a middleware",
    label = "not a part of the app's state",
    note = "a middleware takes its event, `next: Next<'_>`, and any number of `State<T>`"
)]
pub trait FromState<S: 'static>: Sized + Send {
    /// Makes the argument.
    fn from_state(state: &'static S) -> Self;
}

impl<S: Provide<T>, T: Sync> FromState<S> for State<T> {
    fn from_state(state: &'static S) -> State<T> {
        State::of(state)
    }
}

/// Runs a middleware's function on the events of its kind, and lets all others pass.
pub fn run_middleware<'n, E, O, R>(
    event: Event,
    next: Next<'n, Event>,
    function: impl FnOnce(E, Next<'n, E>) -> O + Send + 'n,
    into_output: fn(R) -> E::Output,
) -> OutcomeFuture<'n>
where
    E: MiddlewareEvent,
    O: Future<Output = R> + Send + 'n,
    R: 'n,
{
    let failed = event.failed();
    match E::of(event) {
        Ok(event) => Box::pin(async move {
            // In here, so that the middleware around this one sees a response.
            let outcome = async { into_output(function(event, next.narrowed()).await) };
            match log::panic::caught(outcome).await {
                Ok(output) => match E::outcome(output) {
                    Outcome::Http(response) => Outcome::Http(logged(response)),
                    other => other,
                },
                Err(panic) => {
                    panic.log();
                    failed(panic.message())
                }
            }
        }),
        Err(event) => Box::pin(next.run(event)),
    }
}
