//! Clients of the REST API of a chalice app, in TypeScript and JavaScript, from its manifest and the JSON
//! Schemas of its types.
//!
//! [`client()`] reads both into a model of the API's operations, whose methods have the names that the SDKs of
//! Amazon API Gateway have: `GET /hello/{name}` is `helloNameGet`. [`Client::files`] writes it as a package
//! that needs nothing but `fetch`.
//!
//! There is no I/O here.

mod class;
mod client;
mod comment;
mod identifier;
mod method_name;
mod note;
mod operation;
mod package;
mod parameters;
mod reading;
mod runtime;
mod types;

pub use client::{Client, Language, Settings, client};
pub use note::ClientNote;
pub use package::{File, MARKER, NAMES};
