//! Invocations of the functions of the WebSocket API.

use std::fmt::Display;
use std::time::Duration;

use bytes::Bytes;

use super::super::deployment::Deployment;
use super::super::environment::{Answer, InvokeError};

/// Why there is nothing that a function has returned.
pub(super) enum Failure {
    /// It did not return in time.
    TimedOut,
    /// Anything else.
    Failed,
}

/// Invokes a function, and tells the developer what API Gateway hides from the client.
pub(super) async fn invoke(
    deployment: &Deployment,
    function: &str,
    event: Vec<u8>,
    timeout: Duration,
) -> Result<Bytes, Failure> {
    let Some(pool) = deployment.function(function) else {
        say(function, &"the app has no such function any more");
        return Err(Failure::Failed);
    };
    match pool.invoke(event.into(), timeout).await {
        Ok(Answer::Response(payload)) => return Ok(payload),
        Ok(Answer::Stream(_)) => say(
            function,
            &"the answer is streamed, which WebSocket APIs do not take",
        ),
        Ok(Answer::Error(error)) => say(function, &error),
        Ok(Answer::TooLarge) => say(
            function,
            &"the answer is larger than the 6 MB that AWS Lambda returns",
        ),
        Err(error) => {
            say(function, &error);
            if matches!(error, InvokeError::TimedOut(_)) {
                return Err(Failure::TimedOut);
            }
        }
    }
    Err(Failure::Failed)
}

/// Says what went wrong in a function.
pub(super) fn say(function: &str, reason: &dyn Display) {
    eprintln!("error: {function}: {reason}");
}
