//! One invocation in process: the same events, the same work and the same boundary for everyone.
//!
//! The boundary is what `lambda_runtime` does with an event, and it is the same code for all:
//! [`exchange`] begins at the bytes of the event as `lambda_runtime` has received them, and ends at the bytes
//! that it would post to the Runtime API. In between are, as in `lambda_runtime` 1.5 (`deserializer.rs`,
//! `layers/api_response.rs`, `requests.rs`), serde_json's deserializer of a slice within
//! `serde_path_to_error`, the call of the service, and `serde_json::to_vec` of what it answers. HTTP itself, the
//! context that is made of its headers, and the address of the answer are outside, because they are the same for all.

mod case;
mod context;
mod event;
mod exchange;
mod ready;
mod sqs;
mod work;

pub use case::{Case, Done, Invoke};
pub use context::context;
pub use event::{Gateway, event};
pub use exchange::{Exchanged, exchange};
pub use ready::ready;
pub use sqs::{BatchCase, InvokeBatch, Message, NO_FAILURES, sqs_event};
pub use work::{Batch, Item, Order, Received, Stored, Work, batch, order};
