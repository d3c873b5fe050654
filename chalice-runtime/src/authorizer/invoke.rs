//! One invocation of an authorizer: an event in, a decision out.

use chalice_core::{definition::HandlerKind, function_table::LambdaFunction};
use http::StatusCode;
use lambda_runtime::Diagnostic;
use serde_json::{Value, value::RawValue};

use super::{AuthRequest, request::AuthRequestError};
use crate::{
    Application, HttpError, LambdaContext,
    dispatch::{Event, Outcome},
    log,
};

/// Why an authorizer has not decided.
#[derive(Debug, thiserror::Error)]
pub(crate) enum AuthorizerError {
    /// API Gateway's magic word, which it answers by 401.
    #[error("Unauthorized")]
    Unauthorized,
    #[error("{0}")]
    Event(#[from] AuthRequestError),
    #[error("the authorizer panicked: {0}")]
    Panicked(String),
    #[error("{}", reason(.0))]
    Failed(HttpError),
}

/// What an error says, to the log and to nobody else.
fn reason(error: &HttpError) -> String {
    match error.cause() {
        Some(cause) => log::CauseChain(cause).to_string(),
        None => error.to_string(),
    }
}

impl From<AuthorizerError> for Diagnostic {
    fn from(error: AuthorizerError) -> Diagnostic {
        Diagnostic {
            error_type: match error {
                AuthorizerError::Unauthorized => "Unauthorized",
                AuthorizerError::Event(_) => "Chalice.MalformedEvent",
                AuthorizerError::Panicked(_) => "Chalice.Panic",
                AuthorizerError::Failed(_) => "Chalice.AuthorizerFailed",
            }
            .to_owned(),
            error_message: error.to_string(),
        }
    }
}

/// Asks the authorizer about the request of an event.
pub(crate) async fn invoke<A: Application>(
    function: &LambdaFunction,
    event: Box<RawValue>,
    context: LambdaContext,
    state: &'static A::State,
) -> Result<Value, AuthorizerError> {
    let HandlerKind::Authorizer(source) = function.def.kind else {
        unreachable!("only an authorizer is asked about a request");
    };
    let request = AuthRequest::new(event, source, context)?;
    let method = request.method_arn().clone();
    let event = Event::Authorizer(request);
    let called = A::dispatch(function.id, &event, state);
    // As with routes: nothing that a panic leaves behind is seen by another request.
    match log::panic::caught(called.outcome).await {
        Ok(Outcome::Authorizer(Ok(response))) => Ok(response.to_json(&method)),
        Ok(Outcome::Authorizer(Err(error))) if error.status() == StatusCode::UNAUTHORIZED => {
            // API Gateway gets the magic word alone; the log says why.
            if let Some(cause) = error.cause() {
                log::handler_error(cause, error.status());
            }
            Err(AuthorizerError::Unauthorized)
        }
        Ok(Outcome::Authorizer(Err(error))) => Err(AuthorizerError::Failed(error)),
        Ok(_) => unreachable!("an authorizer comes to a decision"),
        Err(panic) => Err(AuthorizerError::Panicked(panic.message().to_owned())),
    }
}
