//! The loop that fetches events and answers them.

use std::{error::Error, fmt::Debug, future::Future};

use chalice_core::function_table::LambdaFunction;
use lambda_runtime::{Diagnostic, LambdaEvent, Runtime, service_fn};
use serde::Serialize;
use serde_json::value::RawValue;
use tokio::runtime::Builder;
use tracing::Instrument;

use super::{Environment, StartError};
use crate::{Application, LambdaContext, authorizer, function, invoke::invoke, log};

/// Answers events of the API, for as long as AWS Lambda sends some.
pub(super) fn api<A: Application>(environment: &Environment) -> Result<(), StartError> {
    serve::<A, _, _, _>(environment, invoke::<A>)
}

/// Decides about requests, for as long as AWS Lambda sends some.
pub(super) fn authorizer<A: Application>(
    environment: &Environment,
    function: &'static LambdaFunction,
) -> Result<(), StartError> {
    serve::<A, _, _, _>(environment, move |event, context, state| {
        authorizer::invoke::<A>(function, event, context, state)
    })
}

/// Runs a function, for as long as AWS Lambda sends events.
pub(super) fn function<A: Application>(
    environment: &Environment,
    function: &'static LambdaFunction,
) -> Result<(), StartError> {
    serve::<A, _, _, _>(environment, move |event, context, state| {
        function::invoke::<A>(function, event, context, state)
    })
}

/// Passes events to `invoke`. An error is a failed invocation, with its reason in the log.
fn serve<A, F, R, E>(
    environment: &Environment,
    invoke: impl Fn(Box<RawValue>, LambdaContext, &'static A::State) -> F
    + Clone
    + Send
    + Sync
    + 'static,
) -> Result<(), StartError>
where
    A: Application,
    F: Future<Output = Result<R, E>> + Send + 'static,
    R: Serialize + Send + Sync + 'static,
    E: Error + Into<Diagnostic> + Debug + Send + 'static,
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
        let service = service_fn(move |event: LambdaEvent<Box<RawValue>>| {
            let LambdaEvent { payload, context } = event;
            let context = LambdaContext::from(context);
            let invocation = log::invocation(&context);
            let reply = invoke(payload, context, state);
            let reply = async move {
                let reply = reply.await;
                if let Err(error) = &reply {
                    let error: &(dyn Error + 'static) = error;
                    tracing::error!(target: log::TARGET, error, "the invocation failed");
                }
                reply
            };
            reply.instrument(invocation)
        });
        Runtime::new(service)
            .run_concurrent()
            .await
            .map_err(|error| StartError::Loop(log::CauseChain(&*error).to_string()))
    })
}

/// Builds the state, which lives as long as the process.
async fn connect<A: Application>() -> Result<&'static A::State, StartError> {
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
