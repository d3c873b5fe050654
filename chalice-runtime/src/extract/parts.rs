//! What surrounds the request, and what the app lends.

use http::HeaderMap;

use crate::{FromRequest, LambdaContext, Provide, Request, Result, State};

/// Every header of the request.
impl<S: Sync + 'static> FromRequest<S> for HeaderMap {
    async fn from_request(request: &Request, _: &'static S) -> Result<HeaderMap> {
        Ok(request.headers().clone())
    }
}

/// The invocation that the request came with.
impl<S: Sync + 'static> FromRequest<S> for LambdaContext {
    async fn from_request(request: &Request, _: &'static S) -> Result<LambdaContext> {
        Ok(request.lambda_context().clone())
    }
}

/// A part of the app's state, which has to [`Provide`] it.
impl<S: Provide<T>, T: Sync + 'static> FromRequest<S> for State<T> {
    async fn from_request(_: &Request, state: &'static S) -> Result<State<T>> {
        Ok(State::of(state))
    }
}
