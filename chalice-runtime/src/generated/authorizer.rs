//! From an authorizer's event to its arguments, and from what it returns to a decision.

use std::future::Future;

use crate::{
    AnyState, AuthRequest, AuthResponse, FromAuthRequest, HttpError, IntoAuthResponse,
    dispatch::{Event, Outcome, OutcomeFuture},
};

/// A type that an authorizer of some app can take: a field of this type is
/// where an argument that is none is reported.
#[derive(Debug)]
pub struct IsOfAuthorizer<T: FromAuthRequest<AnyState>>(T);

/// The request that an authorizer is asked about.
pub fn auth_request(event: &Event) -> &AuthRequest {
    event.auth_request()
}

/// The value of an argument.
pub async fn auth_argument<T: FromAuthRequest<S>, S: 'static>(
    request: &AuthRequest,
    state: &'static S,
) -> Result<T, HttpError> {
    T::from_auth_request(request, state).await
}

/// What an authorizer returned.
pub fn auth_response<T: IntoAuthResponse>(returned: T) -> Result<AuthResponse, HttpError> {
    returned.into_auth_response()
}

/// Runs an authorizer.
pub fn authorize<'r>(
    decision: impl Future<Output = Result<AuthResponse, HttpError>> + Send + 'r,
) -> OutcomeFuture<'r> {
    Box::pin(async move { Outcome::Authorizer(decision.await) })
}
