//! What a handler of events can take beside its event.

use std::future::Future;

use crate::{LambdaContext, Provide, Result, State, dispatch::Event};

/// An argument of a function behind its event.
///
/// Implement it for every `S` that has what you need, as with
/// [`FromRequest`](crate::FromRequest).
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be an argument of a function behind its event",
    label = "not something that a function can take",
    note = "arguments behind the event: `State<T>`, `LambdaContext`, `WebsocketApi` (feature `websockets`)",
    note = "write your own by implementing `FromInvocation<S>` for every state `S`, not for the state of one app"
)]
pub trait FromInvocation<S: 'static>: Sized + Send {
    /// Makes the argument. An error fails the invocation: the function does not run.
    fn from_invocation(
        event: &Event,
        state: &'static S,
    ) -> impl Future<Output = Result<Self>> + Send;
}

/// The invocation: its deadline, the function's ARN, the client's context.
impl<S: Sync + 'static> FromInvocation<S> for LambdaContext {
    async fn from_invocation(event: &Event, _: &'static S) -> Result<LambdaContext> {
        Ok(event.context().clone())
    }
}

/// A part of the app's state, which has to [`Provide`] it.
impl<S: Provide<T>, T: Sync + 'static> FromInvocation<S> for State<T> {
    async fn from_invocation(_: &Event, state: &'static S) -> Result<State<T>> {
        Ok(State::of(state))
    }
}
