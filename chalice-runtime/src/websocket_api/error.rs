//! What can go wrong with a message to a connection.

use std::error::Error;

use super::endpoint::VARIABLE;

/// Why a connection of the WebSocket API has not been reached.
///
/// A client that has gone is usually no failure of the handler:
///
/// ```
/// use chalice_runtime::{Result, WebsocketApi, WebsocketEvent};
///
/// async fn echo(event: WebsocketEvent, sockets: WebsocketApi) -> Result<()> {
///     match sockets.send(event.connection_id(), event.body()).await {
///         Err(error) if error.is_disconnected() => Ok(()),
///         sent => Ok(sent?),
///     }
/// }
/// ```
///
/// With `?`, it is an error like any other: a failed invocation, or a logged 500 of a route.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum WebsocketError {
    /// The connection is gone, 410 `GoneException`. It does not come back: a client that connects anew gets another id.
    #[error("the connection `{connection_id}` is gone")]
    Disconnected {
        /// The connection.
        connection_id: String,
    },
    /// The message is too large, 413: API Gateway takes 128 KB.
    #[error(
        "the message has {size} bytes, and API Gateway takes no more than {limit} (128 KB) of one: send it in parts",
        limit = 128 * 1024
    )]
    PayloadTooLarge {
        /// The size of the message, in bytes.
        size: usize,
    },
    /// API Gateway does not let the caller do that, 403.
    #[error(
        "API Gateway refuses to do that ({message}): the role of the function has to allow the action \
         `execute-api:ManageConnections` on `{resource}`, and the endpoint `{endpoint}` has to end with a stage that the \
         API has"
    )]
    AccessDenied {
        /// The ARN that the action has to be allowed on.
        resource: String,
        /// The endpoint of the API's connections.
        endpoint: String,
        /// What API Gateway says about it.
        message: String,
    },
    /// API Gateway takes no more for now, 429: there are more requests per second than the account may send, or the
    /// client does not read as fast as it is sent to. It has been tried several times.
    #[error(
        "API Gateway takes no more for the connection `{connection_id}` for now: it is sent more than its client reads, \
         or the account is at its limit of requests per second"
    )]
    Throttled {
        /// The connection.
        connection_id: String,
    },
    /// Nothing says which WebSocket API to send to.
    #[error(
        "it is not known which WebSocket API to send to: no WebSocket API invoked this function, and its environment \
         variable {VARIABLE} is not set; set it to the URL of the API's connections, \
         `https://<API id>.execute-api.<region>.amazonaws.com/<stage>`"
    )]
    NoEndpoint,
    /// The URL of the API's connections, or what it is made from, is none.
    #[error("{found} is not where connections of a WebSocket API can be reached: {reason}")]
    InvalidEndpoint {
        /// What it is.
        found: String,
        /// Why it cannot be used.
        reason: String,
    },
    /// Nothing says which region to sign requests for.
    #[error(
        "requests to `{endpoint}` are signed for a region, and the environment variable AWS_REGION, which AWS Lambda \
         sets for every function, is not set"
    )]
    NoRegion {
        /// The endpoint of the API's connections.
        endpoint: String,
    },
    /// There are no credentials to sign requests with.
    #[error(
        "requests to `{endpoint}` are signed with credentials, and the environment variables AWS_ACCESS_KEY_ID and \
         AWS_SECRET_ACCESS_KEY, which AWS Lambda sets for every function, are not both set"
    )]
    NoCredentials {
        /// The endpoint of the API's connections.
        endpoint: String,
    },
    /// API Gateway has not answered, after several attempts: in a VPC without a way to the internet, for instance.
    #[error("`{endpoint}` has not answered; a function in a VPC needs a NAT gateway to reach it")]
    Unreachable {
        /// The endpoint of the API's connections.
        endpoint: String,
        /// What happened instead.
        #[source]
        source: Box<dyn Error + Send + Sync>,
    },
    /// API Gateway answers with another status: 400, for what is no id of a connection.
    #[error("API Gateway answers {status} for the connection `{connection_id}`: {message}")]
    Refused {
        /// The connection.
        connection_id: String,
        /// The status.
        status: u16,
        /// What API Gateway says about it.
        message: String,
    },
    /// There was no request at all.
    #[error("there is nothing to send for the connection `{connection_id}`")]
    NotSent {
        /// The connection.
        connection_id: String,
        /// Why not.
        #[source]
        source: Box<dyn Error + Send + Sync>,
    },
}

impl WebsocketError {
    /// Whether the connection is gone, as AWS Chalice's `WebsocketDisconnectedError` says.
    pub fn is_disconnected(&self) -> bool {
        matches!(self, WebsocketError::Disconnected { .. })
    }
}
