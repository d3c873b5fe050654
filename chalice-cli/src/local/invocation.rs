//! Invocations of functions by their names, as AWS Lambda's `Invoke` makes them.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use chalice_core::manifest::model::Function;
use chalice_gateway::Outcome;
use chalice_gateway::limits::MAX_LAMBDA_RESPONSE;
use http::Request;
use serde_json::json;

use super::authorization;
use super::configuration;
use super::deployment::{Deployment, Place};
use super::environment::{Answer, AppOutput, FunctionError, InvokeError, Stream};
use super::pool::Pool;
use super::stop_signal;
use crate::Error;
use crate::app_build::{App, AppOptions, BuildVariant};

/// What is between the prelude and the body of a streamed answer, to which AWS Lambda is blind.
const END_OF_PRELUDE: [u8; 8] = [0; 8];

/// What became of an invocation.
#[derive(Debug)]
pub(crate) enum Invoked {
    /// The function returned this.
    Returned(Bytes),
    /// The function failed.
    Failed {
        /// The kind of error.
        error_type: String,
        /// What happened.
        error_message: String,
    },
}

impl Invoked {
    /// What the caller of the function gets.
    pub(super) fn payload(self) -> Bytes {
        match self {
            Invoked::Returned(payload) => payload,
            Invoked::Failed {
                error_type,
                error_message,
            } => json!({ "errorType": error_type, "errorMessage": error_message })
                .to_string()
                .into(),
        }
    }

    fn failed(error_type: &str, error_message: impl ToString) -> Invoked {
        Invoked::Failed {
            error_type: error_type.to_owned(),
            error_message: error_message.to_string(),
        }
    }
}

impl From<FunctionError> for Invoked {
    fn from(error: FunctionError) -> Invoked {
        Invoked::Failed {
            error_type: error.error_type,
            error_message: error.error_message,
        }
    }
}

/// Invokes the function, with the types of errors by which AWS Lambda names what is no
/// answer of the function.
pub(super) async fn invoke(function: &Arc<Pool>, event: Bytes) -> Invoked {
    // Nothing but the function's own time bounds it.
    match function.invoke(event, Duration::MAX).await {
        Ok(Answer::Response(payload)) => Invoked::Returned(payload),
        Ok(Answer::Stream(stream)) => whole(stream).await,
        Ok(Answer::Error(error)) => error.into(),
        Ok(Answer::TooLarge) => too_large(),
        Err(error @ (InvokeError::TimedOut(_) | InvokeError::FunctionTimedOut(_))) => {
            Invoked::failed("Sandbox.Timedout", error)
        }
        Err(error) => Invoked::failed("Runtime.ExitError", error),
    }
}

fn too_large() -> Invoked {
    Invoked::failed(
        "Function.ResponseSizeTooLarge",
        format!(
            "the response is larger than the 6 MB ({MAX_LAMBDA_RESPONSE} bytes) that AWS Lambda returns"
        ),
    )
}

/// A streamed answer as a whole, as who does not ask for a stream gets it.
async fn whole(stream: Stream) -> Invoked {
    let Stream {
        prelude,
        mut chunks,
    } = stream;
    let mut payload = BytesMut::from(&prelude[..]);
    payload.extend_from_slice(&END_OF_PRELUDE);
    while let Some(chunk) = chunks.recv().await {
        match chunk {
            Ok(chunk) if payload.len() + chunk.len() > MAX_LAMBDA_RESPONSE => return too_large(),
            Ok(chunk) => payload.extend_from_slice(&chunk),
            Err(error) => return error.into(),
        }
    }
    Invoked::Returned(payload.freeze())
}

/// An app whose functions can be invoked, without a server.
pub(crate) struct LocalApp(Deployment);

impl LocalApp {
    /// Builds the app. What it prints goes to the standard error.
    pub(crate) async fn build(options: &AppOptions, stage: String) -> Result<LocalApp, Error> {
        let app = App::find(options)?;
        configuration::check(&app, &stage)?;
        let executable = app.build(BuildVariant::default()).await?;
        let place = Place {
            address: SocketAddr::from((Ipv4Addr::LOCALHOST, 8000)),
            stage,
            concurrency: 1,
            keys: Arc::new([]),
            output: AppOutput::StandardError,
        };
        let deployment = Deployment::new(&app, &executable, &place)?;
        for notice in deployment.notices() {
            eprintln!("warning: {notice}");
        }
        Ok(LocalApp(deployment))
    }

    /// The function that is called by that name within the app, by its name on AWS Lambda or
    /// by its ARN, as the manifest has it.
    pub(crate) fn find(&self, called: &str) -> Result<&Function, Error> {
        let found = &self.0.functions().find(called)?.name;
        let mut functions = self.0.manifest().functions.iter();
        functions
            .find(|function| function.name == *found)
            .ok_or_else(|| format!("the manifest has no function `{found}`").into())
    }

    /// Invokes the function that is called by that name.
    pub(crate) async fn invoke(&self, called: &str, event: Bytes) -> Result<Invoked, Error> {
        let function = &self.0.functions().find(called)?.pool;
        let stopped = stop_signal::received()?;
        tokio::select! {
            invoked = invoke(function, event) => Ok(invoked),
            () = stopped => Err("interrupted before the function answered".into()),
        }
    }

    /// The event that API Gateway would make of a request, after its authorizer let it pass.
    ///
    /// # Errors
    ///
    /// When API Gateway answers the request by itself.
    pub(crate) async fn event_of(&self, request: Request<Bytes>) -> Result<Vec<u8>, Error> {
        let described = format!("{} {}", request.method(), request.uri().path());
        let mut outcome = self
            .0
            .gateway
            .accept(request, IpAddr::V4(Ipv4Addr::LOCALHOST));
        loop {
            outcome = match outcome {
                Outcome::Invoke(invocation) => return Ok(invocation.event),
                Outcome::Authorize(authorization) => {
                    authorization::ask(&self.0, authorization).await
                }
                Outcome::Respond(response) => {
                    return Err(format!(
                        "API Gateway answers {described} by itself, and invokes no function: {} {}",
                        response.status(),
                        String::from_utf8_lossy(response.body())
                    )
                    .into());
                }
            };
        }
    }
}
