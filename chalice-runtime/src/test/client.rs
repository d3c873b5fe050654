//! The client.

use std::{
    fmt,
    net::{IpAddr, Ipv4Addr},
    time::{SystemTime, UNIX_EPOCH},
};

use bytes::Bytes;
use chalice_core::manifest::model::Manifest;
use chalice_gateway::{Gateway, Invocation, Outcome, Settings, limits::INTEGRATION_TIMEOUT};
use serde_json::value::RawValue;

use super::{HttpClient, HttpResponse};
use crate::{Application, LambdaContext, Result, invoke::invoke, log};

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

    pub(super) async fn send(&self, request: http::Request<Bytes>) -> HttpResponse {
        let response = match self
            .gateway
            .accept(request, IpAddr::V4(Ipv4Addr::LOCALHOST))
        {
            Outcome::Respond(response) => response,
            Outcome::Invoke(invocation) => self.invoke(&invocation).await,
        };
        HttpResponse::new(response)
    }

    async fn invoke(&self, invocation: &Invocation) -> http::Response<Bytes> {
        let failed = |reason: &dyn fmt::Display| {
            log::failure(format_args!(
                "RequestId: {} {reason}",
                invocation.request_id
            ));
            invocation.function_error()
        };
        let event: Box<RawValue> = match serde_json::from_slice(&invocation.event) {
            Ok(event) => event,
            Err(error) => return failed(&error),
        };
        let reply = match invoke::<A>(event, context::<A>(invocation), self.state).await {
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
fn context<A: Application>(invocation: &Invocation) -> LambdaContext {
    let deadline = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default()
        + INTEGRATION_TIMEOUT;
    let mut context = lambda_runtime::Context::default();
    context.request_id = invocation.request_id.clone();
    context.deadline = u64::try_from(deadline.as_millis()).unwrap_or(u64::MAX);
    context.invoked_function_arn = format!(
        "arn:aws:lambda:us-east-1:123456789012:function:{}-test-{}",
        A::NAME,
        invocation.function,
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
