//! The vocabulary of the chalice framework, and everything that is computed
//! from it at compile time.
//!
//! Three parties share this crate, so that each rule exists once: the
//! attribute macros (grammar of paths, methods, names), the generated code
//! (definitions, conflict search, router tables, manifest, all in const
//! evaluation) and the tools (the manifest as data).
//!
//! It does no I/O and knows neither an AWS SDK nor an async runtime.

pub mod authorizer;
pub mod binary_types;
pub mod bytes;
pub mod conflict;
pub mod content_type;
pub mod cors;
pub mod crate_names;
pub mod definition;
pub mod event_source;
pub mod flatten;
pub mod function_table;
pub mod grant;
mod json;
pub mod manifest;
pub mod method;
pub mod name;
pub mod opaque;
pub mod packed;
pub mod path;
pub mod router;
pub mod suggest;
pub mod text;
