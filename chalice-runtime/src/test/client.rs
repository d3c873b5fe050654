//! The client.

use std::{
    error::Error,
    fmt,
    net::{IpAddr, Ipv4Addr},
    time::{SystemTime, UNIX_EPOCH},
};

use bytes::Bytes;
use chalice_core::{definition::HandlerKind, manifest::model::Manifest};
use chalice_gateway::{
    Authorization, Gateway, Invocation, Outcome, Settings, limits::INTEGRATION_TIMEOUT,
};
use serde_json::value::RawValue;
use tracing::Instrument;

use super::{HttpClient, HttpResponse, LambdaClient};
use crate::{Application, LambdaContext, Result, authorizer, invoke::invoke, log};

/// A client of an app that runs in the test itself.
///
/// Every client has a state of its own, built as at a cold start; clients do not
/// see each other, and one client can send several requests at a time. The
/// state is lent to handlers for as long as the process lives: a client never frees it.
pub struct Client<A: Application> {
    gateway: Gateway,
    state: &'static A::State,
}

impl<A: Application> Client<A> {
    /// Builds the app's state, and its API.
    ///
    /// # Errors
    ///
    /// What the app's `connect` returns; and what the emulated gateway would
    /// refuse about the app's routes.
    pub async fn new(app: &'static A) -> Result<Client<A>> {
        let _ = app;
        log::start_in_test::<A>();
        let manifest = Manifest::from_json(A::manifest())?;
        let gateway = Gateway::new(&manifest, Settings::default())?;
        let state = Box::leak(Box::new(A::connect().await?));
        Ok(Client { gateway, state })
    }

    /// The state that this client's requests see, to look at what handlers did to it.
    pub fn state(&self) -> &'static A::State {
        self.state
    }

    /// Requests to the app's routes.
    pub fn http(&self) -> HttpClient<'_, A> {
        HttpClient::new(self)
    }

    /// The app's Lambda function of that name: `api_handler`, which answers the
    /// routes, or a function's own name, such as an authorizer's.
    pub fn lambda(&self, function: &str) -> LambdaClient<'_, A> {
        LambdaClient::new(self, function)
    }

    pub(super) async fn send(&self, request: http::Request<Bytes>) -> HttpResponse {
        let mut outcome = self
            .gateway
            .accept(request, IpAddr::V4(Ipv4Addr::LOCALHOST));
        loop {
            outcome = match outcome {
                Outcome::Respond(response) => return HttpResponse::new(response),
                Outcome::Invoke(invocation) => {
                    let context = context::<A>(&invocation.request_id, &invocation.function);
                    let span = log::invocation(&context);
                    let response = self.invoke(&invocation, context).instrument(span).await;
                    return HttpResponse::new(response);
                }
                Outcome::Authorize(authorization) => {
                    let context = context::<A>(&authorization.request_id, &authorization.function);
                    let span = log::invocation(&context);
                    self.authorize(&authorization, context)
                        .instrument(span)
                        .await
                }
            };
        }
    }

    /// Asks the app's authorizer.
    async fn authorize(&self, authorization: &Authorization, context: LambdaContext) -> Outcome {
        let failed = |reason: &dyn fmt::Display| {
            tracing::error!(target: log::TARGET, "the invocation failed: {reason}");
            Outcome::Respond(authorization.function_error(&reason.to_string()))
        };
        let name = &authorization.function;
        let known = A::functions().iter().find(|function| {
            function.name == name && matches!(function.def.kind, HandlerKind::Authorizer(_))
        });
        let Some(function) = known else {
            return failed(&format_args!("the app has no function `{name}`"));
        };
        let event: Box<RawValue> = match serde_json::from_slice(&authorization.event) {
            Ok(event) => event,
            Err(error) => return failed(&error),
        };
        let decision = match authorizer::invoke::<A>(function, event, context, self.state).await {
            Ok(decision) => decision.to_string(),
            Err(error) => return failed(&error),
        };
        self.gateway
            .authorized(authorization, decision.as_bytes(), SystemTime::now())
            .unwrap_or_else(|error| failed(&error))
    }

    async fn invoke(
        &self,
        invocation: &Invocation,
        context: LambdaContext,
    ) -> http::Response<Bytes> {
        let failed = |error: &(dyn Error + 'static)| {
            tracing::error!(target: log::TARGET, error, "the invocation failed");
            invocation.function_error()
        };
        let event: Box<RawValue> = match serde_json::from_slice(&invocation.event) {
            Ok(event) => event,
            Err(error) => return failed(&error),
        };
        let reply = match invoke::<A>(event, context, self.state).await {
            Ok(reply) => reply,
            Err(error) => return failed(&error),
        };
        match serde_json::to_vec(&reply) {
            Ok(payload) => invocation
                .try_answer(&payload)
                .unwrap_or_else(|error| failed(&error)),
            Err(error) => failed(&error),
        }
    }
}

/// The context that AWS Lambda would give.
pub(super) fn context<A: Application>(request_id: &str, function: &str) -> LambdaContext {
    let deadline = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default()
        + INTEGRATION_TIMEOUT;
    let mut context = lambda_runtime::Context::default();
    context.request_id = request_id.to_owned();
    context.deadline = u64::try_from(deadline.as_millis()).unwrap_or(u64::MAX);
    context.invoked_function_arn = format!(
        "arn:aws:lambda:us-east-1:123456789012:function:{}-test-{function}",
        A::NAME,
    );
    LambdaContext::from(context).for_test_client()
}

impl<A: Application> fmt::Debug for Client<A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("app", &A::NAME)
            .finish_non_exhaustive()
    }
}
