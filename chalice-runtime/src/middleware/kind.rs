//! The kinds of events that a middleware can be for.

use crate::{
    FunctionEvent, FunctionResponse, FunctionResult, IntoResponse, Request, Response,
    dispatch::{Event, Outcome},
};

/// What the function of a middleware for events of type `E` can return.
#[diagnostic::on_unimplemented(
    message = "a middleware for events of type `{E}` cannot return `{Self}`",
    label = "not what `next.run(..)` returns",
    note = "`#[middleware(http)]` returns a `Response` or anything else that a handler can return; `#[middleware(all)]` \
            returns the `Outcome` of `next.run(event)`; the other kinds return `FunctionResult`"
)]
pub trait MiddlewareReturn<E: MiddlewareEvent> {
    /// What it comes to.
    fn into_output(self) -> E::Output;
}

impl<T: IntoResponse> MiddlewareReturn<Request> for T {
    fn into_output(self) -> Response {
        self.into_response()
    }
}

impl MiddlewareReturn<Event> for Outcome {
    fn into_output(self) -> Outcome {
        self
    }
}

/// The type of the events that a middleware of some kind gets.
#[diagnostic::on_unimplemented(
    message = "a middleware cannot get a `{Self}`",
    label = "no kind of middleware has events of this type",
    note = "`#[middleware(http)]` gets a `Request`, `#[middleware(all)]` an `Event`, and each other kind the event of \
            its source, such as `SqsEvent`"
)]
pub trait MiddlewareEvent: Sized + Send + 'static {
    /// What the rest of the onion makes of the event, and the middleware of that.
    type Output: Send;

    /// The event, if it is of this type.
    ///
    /// # Errors
    ///
    /// The event itself, if it is of another.
    #[expect(
        clippy::result_large_err,
        reason = "an event on its way, not an error: it is moved once"
    )]
    fn of(event: Event) -> Result<Self, Event>;

    /// The event, of whatever type.
    fn into_event(self) -> Event;

    /// What handlers of such events come to.
    fn output(outcome: Outcome) -> Self::Output;

    /// What handlers come to, of whatever type.
    fn outcome(output: Self::Output) -> Outcome;
}

impl<E: FunctionEvent> MiddlewareReturn<E> for FunctionResult {
    fn into_output(self) -> FunctionResult {
        self
    }
}

/// With `?`, anything that goes wrong is the function's error.
impl<E: FunctionEvent> MiddlewareReturn<E> for crate::Result<FunctionResponse> {
    fn into_output(self) -> FunctionResult {
        self.map_err(Into::into)
    }
}

impl<E: FunctionEvent> MiddlewareEvent for E {
    type Output = FunctionResult;

    fn of(event: Event) -> Result<E, Event> {
        E::take(event)
    }

    fn into_event(self) -> Event {
        FunctionEvent::into_event(self)
    }

    fn output(outcome: Outcome) -> FunctionResult {
        outcome.function_result()
    }

    fn outcome(output: FunctionResult) -> Outcome {
        Outcome::Function(output)
    }
}

impl MiddlewareEvent for Event {
    type Output = Outcome;

    fn of(event: Event) -> Result<Event, Event> {
        Ok(event)
    }

    fn into_event(self) -> Event {
        self
    }

    fn output(outcome: Outcome) -> Outcome {
        outcome
    }

    fn outcome(output: Outcome) -> Outcome {
        output
    }
}

impl MiddlewareEvent for Request {
    type Output = Response;

    fn of(event: Event) -> Result<Request, Event> {
        match event {
            Event::Http(request) => Ok(request),
            other => Err(other),
        }
    }

    fn into_event(self) -> Event {
        Event::Http(self)
    }

    fn output(outcome: Outcome) -> Response {
        outcome.response()
    }

    fn outcome(output: Response) -> Outcome {
        Outcome::Http(output)
    }
}
