//! Tests of an app without AWS and without a server.
//!
//! ```text
//! use chalice::test::Client;
//!
//! #[tokio::test]
//! async fn index_says_hello() {
//!     let client = Client::new(&APP).await.unwrap();
//!     let response = client.http().get("/").await;
//!     assert_eq!(response.status(), 200);
//!     assert_eq!(response.json::<Value>(), json!({ "hello": "world" }));
//! }
//! ```
//!
//! A request goes through the same emulation of API Gateway as with `cargo chalice
//! local`: it becomes an event, the event a request to a handler, and the
//! response goes the same way back. [`Client::lambda`] leaves the gateway out, and
//! invokes one Lambda function of the app with an event. [`Client::websocket`] connects
//! sockets, as many as a conversation has, with the app's WebSocket API. [`Client::builder`] says
//! what the app's stage has: environment variables, timeouts, memory, names.

mod builder;
mod client;
mod deployment;
mod deployment_error;
mod http_client;
mod lambda;
mod request;
mod response;
mod websocket;

pub use builder::{ClientBuilder, FunctionBuilder};
#[doc(inline)]
pub use chalice_events as events;
pub use client::Client;
use deployment_error::DeploymentError;
pub use http_client::HttpClient;
pub use lambda::{FailedInvocation, LambdaClient};
pub use request::HttpRequest;
pub use response::HttpResponse;
pub(crate) use websocket::TestConnections;
pub use websocket::{RefusedHandshake, Socket, SocketMessage, WebsocketClient, WebsocketHandshake};

#[cfg(test)]
mod tests;
