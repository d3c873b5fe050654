//! Asks an authorizer function whether a request may pass.

use std::fmt::Display;
use std::time::SystemTime;

use chalice_gateway::limits::INTEGRATION_TIMEOUT;
use chalice_gateway::{Authorization, Outcome};

use super::deployment::Deployment;
use super::environment::{Answer, InvokeError};

/// What becomes of the request, and tells the developer what API Gateway hides
/// from the client.
pub(super) async fn ask(deployment: &Deployment, mut authorization: Authorization) -> Outcome {
    let event = std::mem::take(&mut authorization.event);
    let function = &authorization.function;
    let say = |reason: &dyn Display| eprintln!("error: {function}: {reason}");
    let Some(pool) = deployment.function(function) else {
        say(&"the app has no such authorizer");
        return Outcome::Respond(authorization.function_error(""));
    };
    let message = match pool.invoke(event.into(), INTEGRATION_TIMEOUT).await {
        Ok(Answer::Response(payload)) => {
            let now = SystemTime::now();
            match deployment.gateway.authorized(&authorization, &payload, now) {
                Ok(outcome) => return outcome,
                Err(error) => {
                    say(&error);
                    String::new()
                }
            }
        }
        Ok(Answer::Error(error)) => {
            say(&error);
            error.error_message
        }
        Ok(Answer::Stream(_)) => {
            say(&"the decision is streamed, which API Gateway does not take");
            String::new()
        }
        Ok(Answer::TooLarge) => {
            say(&"the decision is larger than the 6 MB that AWS Lambda returns");
            String::new()
        }
        Err(error @ InvokeError::TimedOut(_)) => {
            say(&error);
            return Outcome::Respond(authorization.timed_out());
        }
        Err(error) => {
            say(&error);
            String::new()
        }
    };
    Outcome::Respond(authorization.function_error(&message))
}
