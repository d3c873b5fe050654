//! One invocation of a function: an event in, JSON or an error out.

use std::{error::Error, fmt};

use chalice_core::{definition::HandlerKind, function_table::LambdaFunction};
use lambda_runtime::Diagnostic;
use serde_json::value::RawValue;

use super::{Answer, FunctionError, FunctionResult, IntoFunctionResponse, Unread};
use crate::{
    Application, HttpError, LambdaContext,
    dispatch::{Event, Outcome},
    event::EventText,
    log, middleware,
};

/// A failed invocation, with its causes.
#[derive(Debug)]
pub(crate) struct InvocationError(pub(super) FunctionError);

impl fmt::Display for InvocationError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.message())
    }
}

impl Error for InvocationError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.0.cause()
    }
}

impl From<InvocationError> for Diagnostic {
    fn from(error: InvocationError) -> Diagnostic {
        Diagnostic {
            error_type: error.0.error_type().to_owned(),
            error_message: error.0.message().to_owned(),
        }
    }
}

/// Runs the function, its middleware around it.
pub(crate) async fn invoke<A: Application>(
    function: &LambdaFunction,
    event: impl Into<EventText>,
    context: LambdaContext,
    state: &'static A::State,
) -> Result<Box<RawValue>, InvocationError> {
    let outcome = run::<A>(function.id, event.into(), context, state).await;
    let outcome = match function.def.kind {
        HandlerKind::Websocket { .. } => outcome.or_else(refusal),
        _ => outcome,
    };
    match outcome {
        Ok(response) => Ok(response.into_raw()),
        Err(error) => Err(InvocationError(error)),
    }
}

async fn run<A: Application>(
    id: usize,
    event: EventText,
    context: LambdaContext,
    state: &'static A::State,
) -> FunctionResult {
    let unread = Event::Unread(Unread::new(event, context));
    let event = match A::dispatch(id, &unread, state).outcome.await {
        Outcome::Read(event) => *event?,
        other => return other.function_result(),
    };
    let outcome = middleware::through_function::<A>(id, event, state);
    // As with routes: nothing that a panic leaves behind is seen by another invocation.
    match log::panic::caught(outcome).await {
        Ok(outcome) => outcome.function_result(),
        Err(panic) => {
            panic.log();
            Err(FunctionError::panicked("a middleware", panic.message()))
        }
    }
}

/// The answer to a client of the WebSocket API whom a handler refuses by an
/// `HttpError`; any other error is a failed invocation.
fn refusal(error: FunctionError) -> FunctionResult {
    if error.status().is_none() {
        return Err(error);
    }
    let answer = HttpError::from(error).respond();
    IntoFunctionResponse::<Answer>::into_function_response(answer)
}
