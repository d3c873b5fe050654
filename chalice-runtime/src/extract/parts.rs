//! Parts of the request besides its body, what surrounds it, and what the app lends.

use http::HeaderMap;

use crate::{
    Cookies, FromRequest, LambdaContext, Provide, QueryParameters, Request, Result, State,
};

/// Every header of the request.
impl<S: Sync + 'static> FromRequest<S> for HeaderMap {
    async fn from_request(request: &Request, _: &'static S) -> Result<HeaderMap> {
        Ok(request.headers().clone())
    }
}

/// Every cookie of the request.
impl<S: Sync + 'static> FromRequest<S> for Cookies {
    async fn from_request(request: &Request, _: &'static S) -> Result<Cookies> {
        Ok(request.cookies().clone())
    }

    fn is_absent(request: &Request) -> bool {
        request.cookies().is_empty()
    }
}

/// Every parameter of the query string.
impl<S: Sync + 'static> FromRequest<S> for QueryParameters {
    async fn from_request(request: &Request, _: &'static S) -> Result<QueryParameters> {
        Ok(request.query().clone())
    }

    fn is_absent(request: &Request) -> bool {
        request.query().is_empty()
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
