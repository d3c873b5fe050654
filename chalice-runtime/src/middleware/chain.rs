//! The onion of one invocation.

use super::Next;
use crate::{
    Application, FunctionError,
    dispatch::{Event, Outcome, OutcomeFuture},
    invoke::Found,
    log,
};

/// Middleware from some position on, and the handler behind it.
pub(super) trait Rest: Sync {
    fn run(&self, position: usize, event: Event) -> OutcomeFuture<'_>;
}

struct Chain<A: Application> {
    found: Found,
    state: &'static A::State,
}

impl<A: Application> Rest for Chain<A> {
    fn run(&self, position: usize, event: Event) -> OutcomeFuture<'_> {
        match A::middleware(self.found.id(), position) {
            Some(run) => run(event, Next::new(self, position + 1), self.state),
            None => Box::pin(async move { self.found.call::<A>(&event, self.state).await }),
        }
    }
}

struct FunctionChain<A: Application> {
    id: usize,
    state: &'static A::State,
}

impl<A: Application> Rest for FunctionChain<A> {
    fn run(&self, position: usize, event: Event) -> OutcomeFuture<'_> {
        match A::middleware(self.id, position) {
            Some(run) => run(event, Next::new(self, position + 1), self.state),
            None => Box::pin(call::<A>(self.id, event, self.state)),
        }
    }
}

/// Calls the handler of a function. A panic fails this one invocation, and
/// middleware sees it as it sees errors.
async fn call<A: Application>(id: usize, event: Event, state: &'static A::State) -> Outcome {
    match log::panic::caught(A::dispatch(id, &event, state).outcome).await {
        Ok(outcome) => outcome,
        Err(panic) => {
            panic.log();
            Outcome::Function(Err(FunctionError::panicked("the handler", panic.message())))
        }
    }
}

/// Takes the event of a function through the middleware of its handler, and to the handler.
pub(crate) async fn through_function<A: Application>(
    id: usize,
    event: Event,
    state: &'static A::State,
) -> Outcome {
    if A::middleware(id, 0).is_none() {
        return call::<A>(id, event, state).await;
    }
    FunctionChain::<A> { id, state }.run(0, event).await
}

/// Takes a request through the middleware of its handler, and to the handler.
pub(crate) async fn through<A: Application>(
    found: Found,
    event: Box<Event>,
    state: &'static A::State,
) -> Outcome {
    if A::middleware(found.id(), 0).is_none() {
        return found.call::<A>(&event, state).await;
    }
    Chain::<A> { found, state }.run(0, *event).await
}
