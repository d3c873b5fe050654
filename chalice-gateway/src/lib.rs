//! Amazon API Gateway's behaviour, in process: an HTTP request becomes the
//! event that a REST API sends to AWS Lambda, and what Lambda returns becomes
//! an HTTP response.
//!
//! `cargo chalice local` and the test client share this crate, so that an app
//! sees one gateway in both. It is pure: it opens no socket and starts no
//! process. Whoever uses it carries an [`Invocation`]'s event to the function
//! and brings back what the function returned.
//!
//! ```
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # use chalice_core::manifest::model::Manifest;
//! # let manifest = Manifest::from_json(include_bytes!("../tests/manifest.json"))?;
//! use chalice_gateway::{Gateway, Outcome, Settings};
//!
//! let gateway = Gateway::new(&manifest, Settings::default())?;
//! let request = http::Request::get("/cities/seattle").body(bytes::Bytes::new())?;
//! let response = match gateway.accept(request, [127, 0, 0, 1].into()) {
//!     Outcome::Respond(response) => response,
//!     Outcome::Invoke(invocation) => invocation.answer(br#"{"statusCode": 200, "body": "WA"}"#),
//!     // Goes on with `Gateway::authorized`, once the authorizer has decided.
//!     Outcome::Authorize(authorization) => authorization.timed_out(),
//! };
//! assert_eq!(response.body(), "WA");
//! # Ok(())
//! # }
//! ```
//!
//! WebSocket APIs have a module of their own, [`websocket`].
//!
//! What is emulated: the choice of the resource and the method, the event
//! (payload format 1.0), the limits on sizes, the gateway's own error
//! responses, the answer to CORS preflights, and the reading of a function's
//! response, buffered or streamed.
//!
//! What differs from API Gateway: header names arrive in lower case, as they
//! do over HTTP/2; a base64-encoded body is decoded whatever the request's
//! `Accept` header says; API keys and AWS signatures are not enforced, and tokens
//! only where the gateway is given the keys of their issuer (feature `jwt`): of a
//! user pool's tokens, it checks the form in any case.

mod accepted;
mod authorizer;
mod clock;
mod error;
mod event;
mod gateway;
mod gateway_response;
mod invocation;
mod json;
pub mod limits;
mod object;
mod path_tree;
mod proxy_response;
mod resource;
mod settings;
mod streamed;
#[cfg(feature = "jwt")]
mod token;
pub mod websocket;

pub use authorizer::{Authorization, MalformedDecision};
pub use error::GatewayError;
pub use gateway::{Gateway, Outcome};
pub use gateway_response::GatewayResponse;
pub use invocation::Invocation;
pub use proxy_response::Malformed;
pub use settings::Settings;
pub use streamed::{MAX_PRELUDE, PreludeReader};
#[cfg(feature = "jwt")]
pub use token::{KeySet, KeySetError, MAX_KEY_SET, TokenRefusal};

#[cfg(test)]
mod sample;
