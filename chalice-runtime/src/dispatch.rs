//! What travels between the entry point and a handler.

use std::{future::Future, pin::Pin};

use chalice_core::definition::HandlerDef;

use crate::{AuthRequest, AuthResponse, HttpError, Request, Response};

/// What a handler is invoked with.
#[derive(Debug)]
#[non_exhaustive]
#[expect(
    clippy::large_enum_variant,
    reason = "an invocation has one event, which stays where it is; a box would be an allocation per request"
)]
pub enum Event {
    /// A request of the API.
    Http(Request),
    /// A request that API Gateway asks an authorizer about.
    Authorizer(AuthRequest),
}

impl Event {
    /// The request, for a handler that is a route: the router knows no other.
    pub(crate) fn request(&self) -> &Request {
        match self {
            Event::Http(request) => request,
            Event::Authorizer(_) => unreachable!("a route is called with a request of the API"),
        }
    }

    /// What an authorizer is asked about.
    pub(crate) fn auth_request(&self) -> &AuthRequest {
        match self {
            Event::Authorizer(request) => request,
            Event::Http(_) => unreachable!("an authorizer is called with a request for one"),
        }
    }

    /// What an event of this kind comes to when code around its handler panics.
    pub(crate) fn failed(&self) -> fn() -> Outcome {
        match self {
            Event::Http(_) => || Outcome::Http(HttpError::internal().respond()),
            Event::Authorizer(_) => unreachable!("authorizers run without middleware"),
        }
    }
}

/// What a handler's invocation comes to.
#[derive(Debug)]
#[non_exhaustive]
pub enum Outcome {
    /// The answer to a request of the API.
    Http(Response),
    /// An authorizer's decision, or why there is none.
    Authorizer(Result<AuthResponse, HttpError>),
}

impl Outcome {
    /// The response, of a request of the API.
    pub(crate) fn response(self) -> Response {
        match self {
            Outcome::Http(response) => response,
            Outcome::Authorizer(_) => unreachable!("a request of the API comes to a response"),
        }
    }
}

/// A handler that has been called, and has not done anything yet.
#[expect(missing_debug_implementations, reason = "a future has nothing to show")]
pub struct Called<'r> {
    /// What its attribute said.
    pub definition: &'static HandlerDef,
    /// What it comes to.
    pub outcome: OutcomeFuture<'r>,
}

/// The outcome of a handler, to come.
///
/// Boxed: one allocation per invocation, so that neither rustc nor the binary
/// has to know one type that has room for every handler's future.
pub type OutcomeFuture<'r> = Pin<Box<dyn Future<Output = Outcome> + Send + 'r>>;
