//! What an authorizer function can take beside the request.

use std::future::Future;

use super::AuthRequest;
use crate::{LambdaContext, Provide, Result, State};

/// An argument of an authorizer function.
///
/// Implement it for every `S` that has what you need, as with
/// [`FromRequest`](crate::FromRequest).
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be an argument of an authorizer",
    label = "not something that an authorizer can take",
    note = "arguments of an authorizer: `AuthRequest`, `State<T>`, `LambdaContext`, `WebsocketApi` (feature `websockets`)",
    note = "write your own by implementing `FromAuthRequest<S>` for every state `S`, not for the state of one app"
)]
pub trait FromAuthRequest<S: 'static>: Sized {
    /// Makes the argument. An error fails the invocation: the function does not run.
    fn from_auth_request(
        request: &AuthRequest,
        state: &'static S,
    ) -> impl Future<Output = Result<Self>> + Send;
}

/// The request itself.
impl<S: Sync + 'static> FromAuthRequest<S> for AuthRequest {
    async fn from_auth_request(request: &AuthRequest, _: &'static S) -> Result<AuthRequest> {
        Ok(request.clone())
    }
}

/// The invocation that the request came with.
impl<S: Sync + 'static> FromAuthRequest<S> for LambdaContext {
    async fn from_auth_request(request: &AuthRequest, _: &'static S) -> Result<LambdaContext> {
        Ok(request.lambda_context().clone())
    }
}

/// A part of the app's state, which has to [`Provide`] it.
impl<S: Provide<T>, T: Sync + 'static> FromAuthRequest<S> for State<T> {
    async fn from_auth_request(_: &AuthRequest, state: &'static S) -> Result<State<T>> {
        Ok(State::of(state))
    }
}
