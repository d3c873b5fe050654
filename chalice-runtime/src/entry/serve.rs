//! The loop that fetches events and answers them.

use std::error::Error;

use lambda_runtime::{LambdaEvent, Runtime, service_fn};
use serde_json::value::RawValue;
use tokio::runtime::Builder;
use tracing::Instrument;

use super::{Environment, StartError};
use crate::{Application, LambdaContext, invoke::invoke, log};

/// Answers events of the API, for as long as AWS Lambda sends some.
pub(super) fn api<A: Application>(environment: &Environment) -> Result<(), StartError> {
    // One thread saves the wake-ups between threads, which cost more than
    // most handlers; a second one only helps when events come side by side.
    let mut builder = match environment.concurrency() {
        0 | 1 => Builder::new_current_thread(),
        _ => Builder::new_multi_thread(),
    };
    let runtime = builder.enable_io().enable_time().build()?;
    runtime.block_on(async {
        let state = connect::<A>().await?;
        let service = service_fn(move |event: LambdaEvent<Box<RawValue>>| async move {
            let LambdaEvent { payload, context } = event;
            let context = LambdaContext::from(context);
            let invocation = log::invocation(&context);
            async {
                let reply = invoke::<A>(payload, context, state).await;
                if let Err(error) = &reply {
                    let error: &(dyn Error + 'static) = error;
                    tracing::error!(target: log::TARGET, error, "the invocation failed");
                }
                reply
            }
            .instrument(invocation)
            .await
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
