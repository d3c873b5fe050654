//! Amazon S3's event notifications: which events there are, and which keys a filter takes.
//!
//! Sources: Amazon S3, "Supported event types for SQS, SNS, and Lambda",
//! "Configuring event notifications using object key name filtering" and
//! `FilterRule`.

mod error;
mod event;
mod filter;

pub use error::S3Error;
pub use event::{EVENTS, event, events, events_overlap};
pub use filter::{MAX_FILTER_LENGTH, filters_overlap, key_matches, prefix, suffix};
