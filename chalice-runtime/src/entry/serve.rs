//! The loop that fetches events and answers them.

use std::{error::Error, fmt::Debug, future::Future};

use chalice_core::function_table::LambdaFunction;
use futures_util::FutureExt;
use lambda_runtime::{Diagnostic, LambdaEvent, Runtime, Service, service_fn};
use serde::Serialize;
use serde_json::value::RawValue;
use tokio::runtime::Builder;
use tracing::Instrument;

use super::{
    Environment, StartError,
    buffered::buffered,
    hand_over::{Delivered, HandOver},
    streaming::Streaming,
};
use crate::{
    Application, Failure, LambdaContext, authorizer,
    event::EventError,
    function::{self, InvocationError},
    invoke::invoke,
    log,
    response::{streaming::transfer::has_streaming_route, wire::Reply},
};

/// What answers events of the API.
pub(super) fn api_service<A: Application>(
    state: &'static A::State,
) -> impl Service<LambdaEvent<Delivered>, Response = Reply, Error = EventError, Future: Send + 'static>
+ Clone
+ Send
+ 'static {
    let answer = |Delivered(event), context, state| invoke::<A>(event, context, state);
    service(answer, state)
}

/// What answers events of a function.
pub(super) fn function_service<A: Application>(
    function: &'static LambdaFunction,
    state: &'static A::State,
) -> impl Service<
    LambdaEvent<Delivered>,
    Response = Box<RawValue>,
    Error = InvocationError,
    Future: Send + 'static,
> + Clone
+ Send
+ 'static {
    let work = move |Delivered(event), context, state| {
        function::invoke::<A>(function, event, context, state)
    };
    service(work, state)
}

/// Answers events of the API, for as long as AWS Lambda sends some.
pub(super) fn api<A: Application>(environment: &Environment) -> Result<(), StartError> {
    if has_streaming_route::<A>() {
        let connections = environment.concurrency();
        return run::<A, _>(environment, async move |state| {
            Runtime::new(buffered(api_service::<A>(state)))
                .layer(HandOver)
                .layer(Streaming::<A>::new(state, connections))
                .run_concurrent()
                .await
        });
    }
    run::<A, _>(environment, async |state| {
        Runtime::new(buffered(api_service::<A>(state)))
            .layer(HandOver)
            .run_concurrent()
            .await
    })
}

/// Decides about requests, for as long as AWS Lambda sends some.
pub(super) fn authorizer<A: Application>(
    environment: &Environment,
    function: &'static LambdaFunction,
) -> Result<(), StartError> {
    let decide =
        move |event, context, state| authorizer::invoke::<A>(function, event, context, state);
    run::<A, _>(environment, async move |state| {
        Runtime::new(buffered(service(decide, state)))
            .run_concurrent()
            .await
    })
}

/// Runs a function, for as long as AWS Lambda sends events.
pub(super) fn function<A: Application>(
    environment: &Environment,
    function: &'static LambdaFunction,
) -> Result<(), StartError> {
    run::<A, _>(environment, async move |state| {
        Runtime::new(buffered(function_service::<A>(function, state)))
            .layer(HandOver)
            .run_concurrent()
            .await
    })
}

/// Builds the app's state, and runs the loop that `answer` is with it.
fn run<A, F>(environment: &Environment, answer: F) -> Result<(), StartError>
where
    A: Application,
    F: AsyncFnOnce(&'static A::State) -> Result<(), Failure>,
{
    // One thread saves the wake-ups between threads, which cost more than
    // most handlers; a second one only helps when events come side by side.
    let mut builder = match environment.concurrency() {
        0 | 1 => Builder::new_current_thread(),
        _ => Builder::new_multi_thread(),
    };
    let runtime = builder.enable_io().enable_time().build()?;
    runtime.block_on(async {
        let state = connect::<A>().await?;
        answer(state)
            .await
            .map_err(|error| StartError::Loop(log::CauseChain(&*error).to_string()))
    })
}

/// Passes events to `invoke`. An error is a failed invocation, with its reason in the log.
fn service<P, S, I, F, R, E>(
    invoke: I,
    state: &'static S,
) -> impl Service<LambdaEvent<P>, Response = R, Error = E, Future: Send + 'static> + Clone + Send + 'static
where
    S: Sync,
    P: Send + 'static,
    I: Fn(P, LambdaContext, &'static S) -> F + Clone + Send + Sync + 'static,
    F: Future<Output = Result<R, E>> + Send + 'static,
    R: Serialize + Send + Sync + 'static,
    E: Error + Into<Diagnostic> + Debug + Send + 'static,
{
    service_fn(move |event: LambdaEvent<P>| {
        let LambdaEvent { payload, context } = event;
        let context = LambdaContext::from(context);
        let invocation = log::invocation(&context);
        // Boxed, because `lambda_runtime` puts it into one future after the other, and moves each;
        // `map` and not an `async` block, which would have room for the future twice.
        Box::pin(
            invoke(payload, context, state)
                .map(log_failure)
                .instrument(invocation),
        )
    })
}

/// The reply, once the log has the reason why there is none.
pub(super) fn log_failure<R, E: Error + 'static>(reply: Result<R, E>) -> Result<R, E> {
    if let Err(error) = &reply {
        let error: &(dyn Error + 'static) = error;
        tracing::error!(target: log::TARGET, error, "the invocation failed");
    }
    reply
}

/// Builds the state, which lives as long as the process.
pub(super) async fn connect<A: Application>() -> Result<&'static A::State, StartError> {
    let failed = |reason: String| StartError::Connect {
        app: A::NAME,
        reason,
    };
    match log::panic::caught(A::connect()).await {
        Ok(Ok(state)) => Ok(Box::leak(Box::new(state))),
        Ok(Err(error)) => Err(failed(match error.cause() {
            Some(cause) => log::CauseChain(cause).to_string(),
            None => error.to_string(),
        })),
        Err(panic) => Err(failed(format!("it panicked: {}", panic.message()))),
    }
}
