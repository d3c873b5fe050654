//! The loop that fetches events and answers them.

use std::{
    fmt::{Debug, Display},
    future::Future,
    panic::AssertUnwindSafe,
};

use chalice_core::function_table::LambdaFunction;
use futures_util::FutureExt;
use lambda_runtime::{Diagnostic, LambdaEvent, Runtime, service_fn};
use serde::Serialize;
use serde_json::value::RawValue;
use tokio::runtime::Builder;

use super::{Environment, StartError};
use crate::{
    Application, LambdaContext, authorizer, generated::panic_message, invoke::invoke, log,
};

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
    E: Display + Into<Diagnostic> + Debug + Send + 'static,
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
            let request_id = context.request_id.clone();
            let reply = invoke(payload, context.into(), state);
            async move {
                let reply = reply.await;
                if let Err(error) = &reply {
                    log::failure(format_args!("RequestId: {request_id} {error}"));
                }
                reply
            }
        });
        Runtime::new(service)
            .run_concurrent()
            .await
            .map_err(|error| StartError::Loop(log::Chain(&*error).to_string()))
    })
}

/// Builds the state, which lives as long as the process.
async fn connect<A: Application>() -> Result<&'static A::State, StartError> {
    let failed = |reason: String| StartError::Connect {
        app: A::NAME,
        reason,
    };
    match AssertUnwindSafe(A::connect()).catch_unwind().await {
        Ok(Ok(state)) => Ok(Box::leak(Box::new(state))),
        Ok(Err(error)) => Err(failed(match error.cause() {
            Some(cause) => log::Chain(cause).to_string(),
            None => error.to_string(),
        })),
        Err(panic) => Err(failed(format!("it panicked: {}", panic_message(&*panic)))),
    }
}
