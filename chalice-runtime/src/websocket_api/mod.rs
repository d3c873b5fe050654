//! Messages to connections of the WebSocket API, from any function of the app.

mod argument;
mod client;
mod connection_info;
mod endpoint;
mod error;

use std::{env, fmt, sync::Arc};

pub use connection_info::ConnectionInfo;
pub use error::WebsocketError;

use crate::{LambdaContext, WebsocketEvent};
use client::Remote;
use endpoint::Endpoint;

/// The connections of the WebSocket API: sends messages to clients, closes
/// connections, tells about them (Amazon API Gateway, "@connections commands").
///
/// An argument of any handler of the app: those of the WebSocket API, routes,
/// schedules, queues, authorizers, pure functions.
///
/// ```
/// use chalice_runtime::{Result, ScheduledEvent, WebsocketApi};
/// # async fn connections() -> Vec<String> { Vec::new() }
///
/// async fn every_minute(_event: ScheduledEvent, sockets: WebsocketApi) -> Result<()> {
///     for connection in connections().await {
///         match sockets.send(&connection, r#"{"tick": 1}"#).await {
///             Err(error) if error.is_disconnected() => {} // forget it
///             sent => sent?,
///         }
///     }
///     Ok(())
/// }
/// ```
///
/// # Which API
///
/// The first one of these that there is:
///
/// 1. the URL that [`WebsocketApi::at`] is given;
/// 2. the environment variable `AWS_ENDPOINT_URL_APIGATEWAYMANAGEMENTAPI`, which holds the
///    same URL for every AWS SDK;
/// 3. in a handler of the WebSocket API, the API that sent the event:
///    `https://<API id>.execute-api.<region>.amazonaws.com/<stage>`, the region being that of the
///    function (`AWS_REGION`, `AWS_DEFAULT_REGION`). Custom domain names, and what a client says
///    about the host, play no part.
///
/// Without any of them, the handler does not run: the error names the variable.
///
/// # On AWS
///
/// The role of the function has to allow `execute-api:ManageConnections` on the API. A
/// message may have 128 KB; API Gateway ends a connection that is idle for 10 minutes, and every one after 2
/// hours. Requests are signed with the credentials in the function's environment. TLS
/// connections to API Gateway are opened at the first call, and kept between invocations.
///
/// With the test client, messages go to the sockets of the test that the client has connected.
#[derive(Clone)]
pub struct WebsocketApi(Target);

#[derive(Clone)]
enum Target {
    Remote(Arc<Remote>),
    #[cfg(feature = "test")]
    Test(crate::test::TestConnections),
}

impl WebsocketApi {
    /// The connections at that URL: `https://<API id>.execute-api.<region>.amazonaws.com/<stage>`, as API Gateway
    /// calls the connection URL, without `/@connections`; for another API than the app's own, say. Also with
    /// the test client, requests go there.
    ///
    /// ```
    /// use chalice_runtime::WebsocketApi;
    ///
    /// let sockets = WebsocketApi::at("https://a1b2c3.execute-api.eu-central-1.amazonaws.com/prod")?;
    ///
    /// let error = WebsocketApi::at("wss://a1b2c3.execute-api.eu-central-1.amazonaws.com/prod").unwrap_err();
    /// assert!(error.to_string().contains("it is the URL that clients connect to"));
    /// # Ok::<(), chalice_runtime::WebsocketError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`WebsocketError::InvalidEndpoint`] when it is no such URL.
    pub fn at(url: impl AsRef<str>) -> Result<WebsocketApi, WebsocketError> {
        Ok(WebsocketApi::remote(
            Endpoint::parse(url.as_ref())?,
            String::new(),
        ))
    }

    /// The connections that an argument of a function reaches that is not invoked by the WebSocket
    /// API: for extractors and middleware of your own.
    ///
    /// # Errors
    ///
    /// [`WebsocketError::NoEndpoint`] when nothing says which API, and
    /// [`WebsocketError::InvalidEndpoint`] when what says so is no URL.
    pub fn from_context(context: &LambdaContext) -> Result<WebsocketApi, WebsocketError> {
        WebsocketApi::found(context, None)
    }

    /// The connections that an argument of a handler of that event reaches: for extractors
    /// and middleware of your own.
    ///
    /// # Errors
    ///
    /// [`WebsocketError::InvalidEndpoint`] when the event names no API.
    pub fn from_event(event: &WebsocketEvent) -> Result<WebsocketApi, WebsocketError> {
        WebsocketApi::found(event.context(), Some(event))
    }

    fn found(
        context: &LambdaContext,
        event: Option<&WebsocketEvent>,
    ) -> Result<WebsocketApi, WebsocketError> {
        #[cfg(feature = "test")]
        if let Some(connections) = context.connections() {
            return Ok(WebsocketApi(Target::Test(connections.clone())));
        }
        let endpoint = Endpoint::find(|name| env::var(name).ok(), event)?;
        Ok(WebsocketApi::remote(
            endpoint,
            context.invoked_function_arn.clone(),
        ))
    }

    fn remote(endpoint: Endpoint, function: String) -> WebsocketApi {
        WebsocketApi(Target::Remote(Arc::new(Remote { endpoint, function })))
    }

    /// Sends a message, text or bytes, to that connection: `PostToConnection`. It has been sent
    /// once the future is done, though the client need not have read it.
    ///
    /// # Errors
    ///
    /// See [`WebsocketError`]; [`is_disconnected`](WebsocketError::is_disconnected) when the connection is gone.
    pub async fn send(
        &self,
        connection_id: &str,
        message: impl AsRef<[u8]>,
    ) -> Result<(), WebsocketError> {
        let message = message.as_ref();
        match &self.0 {
            Target::Remote(remote) => remote.send(connection_id, message.to_vec()).await,
            #[cfg(feature = "test")]
            Target::Test(connections) => connections.send(connection_id, message),
        }
    }

    /// Closes that connection: `DeleteConnection`. The app's `#[on_ws_disconnect]` handler is
    /// invoked as it is when a client goes.
    ///
    /// # Errors
    ///
    /// See [`WebsocketError`]; [`is_disconnected`](WebsocketError::is_disconnected) when the connection is gone already.
    pub async fn close(&self, connection_id: &str) -> Result<(), WebsocketError> {
        match &self.0 {
            Target::Remote(remote) => remote.close(connection_id).await,
            #[cfg(feature = "test")]
            Target::Test(connections) => connections.close(connection_id),
        }
    }

    /// What API Gateway knows about that connection: `GetConnection`.
    ///
    /// # Errors
    ///
    /// See [`WebsocketError`]; [`is_disconnected`](WebsocketError::is_disconnected) when the connection is gone.
    pub async fn info(&self, connection_id: &str) -> Result<ConnectionInfo, WebsocketError> {
        match &self.0 {
            Target::Remote(remote) => remote.info(connection_id).await,
            #[cfg(feature = "test")]
            Target::Test(connections) => connections.info(connection_id),
        }
    }
}

impl fmt::Debug for WebsocketApi {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let endpoint = match &self.0 {
            Target::Remote(remote) => remote.endpoint.url(),
            #[cfg(feature = "test")]
            Target::Test(_) => "the test client",
        };
        f.debug_struct("WebsocketApi")
            .field("endpoint", &endpoint)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
