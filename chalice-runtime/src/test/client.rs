//! The client.

use std::{
    error::Error,
    fmt,
    future::poll_fn,
    net::{IpAddr, Ipv4Addr},
    time::SystemTime,
};

use bytes::Bytes;
use chalice_core::{definition::HandlerKind, manifest::model::Manifest};
use chalice_gateway::{Authorization, Gateway, Invocation, Malformed, Outcome, PreludeReader};
use serde_json::value::RawValue;
use tracing::Instrument;

use super::{
    ClientBuilder, HttpClient, HttpResponse, LambdaClient, deployment::Deployment,
    websocket::Websockets,
};
use crate::{
    Application, LambdaContext, Result, authorizer,
    invoke::invoke,
    log,
    response::streaming::{prelude::Streamed, transfer::Transfer},
};

/// A client of an app that runs in the test itself.
///
/// Every client has a state of its own, built as at a cold start; clients do not
/// see each other, and one client can send several requests at a time. The
/// state is lent to handlers for as long as the process lives: a client never frees it.
pub struct Client<A: Application> {
    gateway: Gateway,
    state: &'static A::State,
    pub(super) deployment: Deployment,
    pub(super) websockets: Websockets,
}

impl<A: Application> Client<A> {
    /// Builds the app's state, and its API, in a stage that has nothing but defaults;
    /// [`builder`](Client::builder) makes one that has more.
    ///
    /// # Errors
    ///
    /// What the app's `connect` returns; and what the emulated gateway would
    /// refuse about the app's routes.
    pub async fn new(app: &'static A) -> Result<Client<A>> {
        Client::builder(app).build().await
    }

    /// A client with settings of the app's stage: environment variables, timeouts, memory.
    pub fn builder(app: &'static A) -> ClientBuilder<A> {
        let _ = app;
        ClientBuilder::new()
    }

    pub(super) async fn start(deployment: Deployment) -> Result<Client<A>> {
        log::start_in_test::<A>();
        let manifest = Manifest::from_json(A::manifest())?;
        let gateway = Gateway::new(&manifest, deployment.api.clone())?;
        let connect = deployment.variables_of_connect().scope(A::connect());
        let state = Box::leak(Box::new(connect.await?));
        let websockets = Websockets::new(&manifest, deployment.api.clone());
        Ok(Client {
            gateway,
            state,
            deployment,
            websockets,
        })
    }

    /// The client, with the text of a JSON Web Key Set by which its gateway checks
    /// tokens: for the authorizer of that name, or, without a name, for every
    /// `CognitoUserPoolAuthorizer` and `JwtAuthorizer` that has no keys of its own.
    /// Without keys, routes with such an authorizer are open to tests. Needs the
    /// feature `test-jwks`.
    ///
    /// ```text
    /// let client = Client::new(&APP).await?.with_jwks(None, include_str!("keys/jwks.json"))?;
    /// let response = client.http().get("/profile").header("authorization", &token).await;
    /// ```
    ///
    /// # Errors
    ///
    /// When the text is no key set with RSA keys, or no route has such an authorizer.
    #[cfg(feature = "test-jwks")]
    pub fn with_jwks(mut self, authorizer: Option<&str>, jwks: impl AsRef<[u8]>) -> Result<Self> {
        let keys = chalice_gateway::KeySet::read(jwks.as_ref())?;
        self.gateway = self.gateway.with_key_set(authorizer, keys)?;
        Ok(self)
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
                Outcome::Respond(response) => {
                    #[cfg(feature = "test-jwks")]
                    if let Some(refusal) =
                        response.extensions().get::<chalice_gateway::TokenRefusal>()
                    {
                        tracing::warn!(target: log::TARGET, "{refusal}");
                    }
                    return HttpResponse::new(response);
                }
                Outcome::Invoke(invocation) => {
                    let (id, name) = (&invocation.request_id, &invocation.function);
                    let context = self.deployment.context(id, name);
                    let span = log::invocation(&context);
                    let variables = self.deployment.variables(name);
                    let invoked = variables.scope(self.invoke(&invocation, context));
                    return invoked.instrument(span).await;
                }
                Outcome::Authorize(authorization) => {
                    let (id, name) = (&authorization.request_id, &authorization.function);
                    let context = self.deployment.context(id, name);
                    let span = log::invocation(&context);
                    let variables = self.deployment.variables(name);
                    let authorized = variables.scope(self.authorize(&authorization, context));
                    authorized.instrument(span).await
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
        let context = context.with_connections(&self.websockets.connections);
        let decision = match authorizer::invoke::<A>(function, event, context, self.state).await {
            Ok(decision) => decision.to_string(),
            Err(error) => return failed(&error),
        };
        self.gateway
            .authorized(authorization, decision.as_bytes(), SystemTime::now())
            .unwrap_or_else(|error| failed(&error))
    }

    async fn invoke(&self, invocation: &Invocation, context: LambdaContext) -> HttpResponse {
        let failed = |error: &(dyn Error + 'static)| {
            tracing::error!(target: log::TARGET, error, "the invocation failed");
            HttpResponse::new(invocation.function_error())
        };
        let event: Box<RawValue> = match serde_json::from_slice(&invocation.event) {
            Ok(event) => event,
            Err(error) => return failed(&error),
        };
        let context = context.with_connections(&self.websockets.connections);
        let reply = match invoke::<A>(event, context, self.state).await {
            Ok(reply) => reply,
            Err(error) => return failed(&error),
        };
        if reply.transfer == Transfer::Streamed {
            return receive(invocation, Streamed::new(reply))
                .await
                .unwrap_or_else(|error| failed(&error));
        }
        match serde_json::to_vec(&reply) {
            Ok(payload) => invocation
                .try_answer(&payload)
                .map_or_else(|error| failed(&error), HttpResponse::new),
            Err(error) => failed(&error),
        }
    }
}

/// Takes a streamed response to its end.
async fn receive(
    invocation: &Invocation,
    mut streamed: Streamed,
) -> Result<HttpResponse, Malformed> {
    let found = PreludeReader::default().push(&streamed.prelude)?;
    let (prelude, _) = found.ok_or(Malformed::NoPrelude)?;
    let head = invocation.try_answer_stream(&prelude)?;
    let mut chunks = Vec::new();
    let is_whole = loop {
        match poll_fn(|context| streamed.poll_chunk(context)).await {
            Some(Ok(chunk)) => chunks.push(chunk),
            Some(Err(_)) => break false,
            None => break true,
        }
    };
    if !invocation.has_body(head.status()) {
        chunks.clear();
    }
    Ok(HttpResponse::streamed(head, chunks, is_whole))
}

impl<A: Application> fmt::Debug for Client<A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("app", &A::NAME)
            .finish_non_exhaustive()
    }
}
