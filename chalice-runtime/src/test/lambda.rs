//! Invocations of the app's Lambda functions, without an API in front of them.

use std::fmt;

use chalice_core::{definition::HandlerKind, function_table::LambdaFunction, name::API_HANDLER};
use lambda_runtime::Diagnostic;
use serde::Serialize;
use serde_json::{
    Value,
    value::{RawValue, to_raw_value},
};
use tracing::Instrument;
use uuid::Uuid;

use super::Client;
use crate::{
    Application, LambdaContext, authorizer, function, invoke::invoke, log,
    response::streaming::transfer::Transfer,
};

/// One of the app's Lambda functions; made by [`Client::lambda`].
///
/// It gets events as AWS Lambda delivers them, and what it returns is what the
/// caller of the function would get: nothing of API Gateway is in between.
pub struct LambdaClient<'a, A: Application> {
    client: &'a Client<A>,
    function: String,
    context: Option<LambdaContext>,
}

/// A failed invocation, as a function reports it to AWS Lambda.
///
/// AWS Lambda passes it on to the caller as `{"errorType": .., "errorMessage": ..}`,
/// and event sources retry or drop the event.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{error_type}: {error_message}")]
#[non_exhaustive]
pub struct FailedInvocation {
    /// The kind of error, such as `Chalice.Panic`.
    pub error_type: String,
    /// What happened.
    pub error_message: String,
}

impl FailedInvocation {
    fn new(error_type: &str, error_message: impl fmt::Display) -> FailedInvocation {
        FailedInvocation {
            error_type: error_type.to_owned(),
            error_message: error_message.to_string(),
        }
    }

    /// The error as the Lambda Runtime API would get it.
    fn reported<E>(error: E) -> FailedInvocation
    where
        E: std::error::Error + Into<Diagnostic> + 'static,
    {
        tracing::error!(
            target: log::TARGET,
            error = &error as &(dyn std::error::Error + 'static),
            "the invocation failed"
        );
        let diagnostic: Diagnostic = error.into();
        FailedInvocation {
            error_type: diagnostic.error_type,
            error_message: diagnostic.error_message,
        }
    }
}

impl<'a, A: Application> LambdaClient<'a, A> {
    pub(super) fn new(client: &'a Client<A>, function: &str) -> LambdaClient<'a, A> {
        LambdaClient {
            client,
            function: function.to_owned(),
            context: None,
        }
    }

    /// The function, invoked with that context. Without one, each invocation gets
    /// a request id of its own, and what the client's stage says of the function.
    pub fn context(mut self, context: LambdaContext) -> Self {
        self.context = Some(context.for_test_client());
        self
    }

    /// Invokes the function with that event, which becomes JSON.
    ///
    /// # Errors
    ///
    /// What the function reports to AWS Lambda when it fails. With the
    /// type `Chalice.UnknownFunction`, when the app has no function of the name;
    /// with the type `Chalice.MalformedEvent`, also when JSON cannot express the event.
    pub async fn invoke(&self, event: impl Serialize) -> Result<Value, FailedInvocation> {
        let event = to_raw_value(&event).map_err(malformed)?;
        self.send_settled(event).await
    }

    /// Invokes the function with an event as it stands in a file:
    /// `invoke_json(include_str!("events/function_url.json"))`.
    ///
    /// # Errors
    ///
    /// As [`invoke`](LambdaClient::invoke); and with the type `Chalice.MalformedEvent` when
    /// `event` is no JSON.
    pub async fn invoke_json(&self, event: &str) -> Result<Value, FailedInvocation> {
        let event = serde_json::from_str(event).map_err(malformed)?;
        self.send_settled(event).await
    }

    /// Invokes the function with an event that the gateway has written.
    pub(super) async fn send_bytes(&self, event: &[u8]) -> Result<Value, FailedInvocation> {
        self.send(serde_json::from_slice(event).map_err(malformed)?)
            .await
    }

    /// Invokes the function between the handlers of connections that have ended.
    async fn send_settled(&self, event: Box<RawValue>) -> Result<Value, FailedInvocation> {
        self.client.settle_sockets().await;
        let answer = self.send(event).await;
        self.client.settle_sockets().await;
        answer
    }

    async fn send(&self, event: Box<RawValue>) -> Result<Value, FailedInvocation> {
        let function = self.find()?;
        let context = match &self.context {
            Some(context) => context.clone(),
            None => {
                let request_id = Uuid::new_v4().to_string();
                self.client.deployment.context(&request_id, &self.function)
            }
        };
        let span = log::invocation(&context);
        let variables = self.client.deployment.variables(&self.function);
        // Boxed: in a debug build, each of the futures around would have room for this one several times, and a
        // test's thread has 2 MB for all of them.
        let run = variables.scope(Box::pin(self.run(function, event, context)));
        run.instrument(span).await
    }

    /// Runs `function`; `None` is the one that answers the API's routes.
    async fn run(
        &self,
        function: Option<&'static LambdaFunction>,
        event: Box<RawValue>,
        context: LambdaContext,
    ) -> Result<Value, FailedInvocation> {
        let state = self.client.state();
        let context = context.with_connections(&self.client.websockets.connections);
        let Some(function) = function else {
            let reply = invoke::<A>(event, context, state)
                .await
                .map_err(FailedInvocation::reported)?;
            if reply.transfer == Transfer::Streamed {
                return Err(FailedInvocation::new(
                    "Chalice.StreamedAnswer",
                    "the answer is a stream, and not one JSON document: send the request with `client.http()`",
                ));
            }
            return serde_json::to_value(&reply)
                .map_err(|error| FailedInvocation::new("Chalice.MalformedAnswer", error));
        };
        match function.def.kind {
            HandlerKind::Authorizer(_) => authorizer::invoke::<A>(function, event, context, state)
                .await
                .map_err(FailedInvocation::reported),
            _ => {
                let answer = function::invoke::<A>(function, event, context, state)
                    .await
                    .map_err(FailedInvocation::reported)?;
                serde_json::from_str(answer.get())
                    .map_err(|error| FailedInvocation::new("Chalice.MalformedAnswer", error))
            }
        }
    }

    fn find(&self) -> Result<Option<&'static LambdaFunction>, FailedInvocation> {
        if self.function == API_HANDLER {
            return Ok(None);
        }
        let named = |function: &&LambdaFunction| function.name == self.function;
        match A::functions().iter().find(named) {
            Some(function) => Ok(Some(function)),
            None => Err(unknown::<A>(&self.function)),
        }
    }
}

fn malformed(error: serde_json::Error) -> FailedInvocation {
    FailedInvocation::new("Chalice.MalformedEvent", error)
}

/// The app has no function of that name.
fn unknown<A: Application>(name: &str) -> FailedInvocation {
    let known: Vec<String> = std::iter::once(API_HANDLER)
        .chain(A::functions().iter().map(|function| function.name))
        .map(|name| format!("`{name}`"))
        .collect();
    let (app, known) = (A::NAME, known.join(", "));
    FailedInvocation::new(
        "Chalice.UnknownFunction",
        format_args!("the app `{app}` has no function `{name}`; it has {known}"),
    )
}

impl<A: Application> fmt::Debug for LambdaClient<'_, A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LambdaClient")
            .field("app", &A::NAME)
            .field("function", &self.function)
            .finish_non_exhaustive()
    }
}
