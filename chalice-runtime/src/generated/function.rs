//! From a function's event to its arguments, and from what it returns to a response.

use std::future::{Future, ready};

use crate::{
    AnyState, FromEvent, FromInvocation, FunctionError, FunctionEvent,
    dispatch::{Event, Outcome, OutcomeFuture, WRONG_EVENT},
    function::FunctionResult,
};

pub use crate::function::{
    Answer, Answered, AnyValue, BatchReport, BoxedFailure, Converter, Failure,
    IntoFunctionResponse, NoFailure, Nothing, Returned, Settings, Unread, answer_in_window,
};

/// A type that a function of some app can take behind its event: a field of
/// this type is where an argument that is none is reported.
#[derive(Debug)]
pub struct IsOfFunction<T: FromInvocation<AnyState>>(T);

/// The value of an argument behind the event.
pub async fn function_argument<T: FromInvocation<S>, S: 'static>(
    event: &Event,
    state: &'static S,
) -> Result<T, FunctionError> {
    T::from_invocation(event, state).await.map_err(Into::into)
}

/// The response of what a handler returned: where a type that no such handler
/// can return is reported.
pub fn answer<Kind, T: IntoFunctionResponse<Kind>>(
    returned: Result<T, FunctionError>,
) -> Result<Answered<Kind>, FunctionError> {
    Answered::new(returned)
}

/// What a handler returned whose source takes no reports of failed records:
/// where one is reported that makes such reports.
pub fn unreported<T: IntoFunctionResponse<Nothing>>(
    returned: Result<T, FunctionError>,
) -> Result<T, FunctionError> {
    returned
}

/// Runs a function whose first argument is a `First`.
pub fn handle<'r, E, First, H, O>(
    event: &'r Event,
    settings: Settings,
    handler: H,
) -> OutcomeFuture<'r>
where
    E: FunctionEvent,
    First: FromEvent<E> + 'r,
    H: Fn(First) -> O + Send + Sync + 'r,
    O: Future<Output = Result<Answered<First::Returns>, FunctionError>> + Send + 'r,
{
    with_event::<E, _>(event, move |event| First::handle(event, settings, handler))
}

/// Runs a function that takes no event.
pub fn handle_without_event<'r, E, O>(
    event: &'r Event,
    handler: impl FnOnce() -> O + Send + 'r,
) -> OutcomeFuture<'r>
where
    E: FunctionEvent,
    O: Future<Output = Result<Answered<E::Returns>, FunctionError>> + Send + 'r,
{
    with_event::<E, _>(event, move |_| async move {
        handler().await.map(Answered::into_response)
    })
}

/// Reads an event that has not been read, and handles one that has.
fn with_event<'r, E: FunctionEvent, O>(
    event: &'r Event,
    handle: impl FnOnce(&'r E) -> O + Send + 'r,
) -> OutcomeFuture<'r>
where
    O: Future<Output = FunctionResult> + Send + 'r,
{
    if let Event::Unread(unread) = event {
        return Box::pin(ready(Outcome::Read(unread.read::<E>())));
    }
    Box::pin(async move {
        Outcome::Function(match E::of(event) {
            Some(event) => handle(event).await,
            None => Err(FunctionError::new("Chalice.WrongEvent", WRONG_EVENT)),
        })
    })
}
