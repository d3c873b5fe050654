//! WebSocket APIs of Amazon API Gateway, in process and without I/O.
//!
//! A [`Gateway`] turns what happens on a connection into events for the app's
//! functions, and what these return into what the client gets. [`Connections`]
//! is the other half: the `@connections` API, by which functions send messages
//! to clients. Whoever uses them carries bytes: handshakes and frames on one
//! side (a [`Carrier`] for each connection), events and answers on the other.
//!
//! ```
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # use chalice_core::manifest::model::Manifest;
//! # let manifest = Manifest::from_json(include_bytes!("../../tests/websocket.json"))?;
//! use std::time::SystemTime;
//!
//! use chalice_gateway::{Settings, websocket};
//!
//! let gateway = websocket::Gateway::new(&manifest, Settings::default()).ok_or("no WebSocket API")?;
//! let request = http::Request::get("/api")
//!     .header("connection", "upgrade")
//!     .header("upgrade", "websocket")
//!     .header("sec-websocket-version", "13")
//!     .header("sec-websocket-key", "dGhlIHNhbXBsZSBub25jZQ==")
//!     .body(())?;
//! let websocket::Handshake::Invoke(invocation) = gateway.connect(&request, [127, 0, 0, 1].into(), SystemTime::now())
//! else {
//!     return Err("the app has a function for `$connect`".into());
//! };
//! // The function `invocation.function` gets `invocation.event` and returns this:
//! let verdict = invocation.try_answer(br#"{"statusCode": 200}"#)?;
//! assert!(matches!(verdict, websocket::Verdict::Open { .. }));
//!
//! let message = websocket::ClientMessage::Text(r#"{"action": "join", "room": "a"}"#);
//! match gateway.message(invocation.connection(), message, SystemTime::now()) {
//!     websocket::MessageOutcome::Invoke(message) => assert_eq!(message.route_key, "join"),
//!     outcome => return Err(format!("{outcome:?}").into()),
//! }
//! # Ok(())
//! # }
//! ```
//!
//! What is emulated: the choice of the route by `$request.body.action`, the
//! events of `$connect`, of messages and of `$disconnect`, handshakes that a
//! function refuses, the gateway's own error messages, the limits on sizes, and
//! `@connections`.
//!
//! What differs from API Gateway: header names arrive in lower case; only strict
//! JSON is read for an `action`, where API Gateway forgives some mistakes; AWS
//! signatures are not enforced. What a function returns for a message goes
//! nowhere, because the framework's APIs have no route responses.

mod connection;
mod connections;
mod disconnect;
mod event;
mod gateway;
mod handshake;
mod management;
mod message;
mod notice;

pub use connection::Connection;
pub use connections::{Carrier, Connections, ServerMessage, Undelivered};
pub use disconnect::{Closing, DisconnectInvocation};
pub use gateway::Gateway;
pub use handshake::{ConnectInvocation, Handshake, Verdict, is_upgrade};
pub use management::{Command, Verb};
pub use message::{ClientMessage, MessageInvocation, MessageOutcome};

#[cfg(test)]
mod sample;
