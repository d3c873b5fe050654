//! What travels between the entry point and a handler.

use std::{future::Future, pin::Pin};

use chalice_core::definition::HandlerDef;

use crate::{HttpError, Request, Response};

/// What a handler is invoked with.
#[derive(Debug)]
#[non_exhaustive]
pub enum Event {
    /// A request of the API.
    Http(Request),
}

impl Event {
    /// The request, for a handler that is a route: the router knows no other.
    pub(crate) fn request(&self) -> &Request {
        let Event::Http(request) = self;
        request
    }

    /// What an event of this kind comes to when code around its handler panics.
    pub(crate) fn failed(&self) -> fn() -> Outcome {
        match self {
            Event::Http(_) => || Outcome::Http(HttpError::internal().respond()),
        }
    }
}

/// What a handler's invocation comes to.
#[derive(Debug)]
#[non_exhaustive]
pub enum Outcome {
    /// The answer to a request of the API.
    Http(Response),
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
