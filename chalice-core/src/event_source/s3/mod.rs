//! Amazon S3's event notifications: which events there are, which keys a filter takes, and what Amazon EventBridge
//! gets in their place.
//!
//! Sources: Amazon S3, "Supported event types for SQS, SNS, and Lambda",
//! "Configuring event notifications using object key name filtering" and
//! `FilterRule`.

mod error;
mod event;
mod eventbridge;
mod filter;

pub use error::S3Error;
pub use event::{EVENTS, event, events, events_overlap};
pub use eventbridge::{COUNTERPARTS, Counterpart, counterparts, notification_of};
pub use filter::{MAX_FILTER_LENGTH, decoded, filters_overlap, key_matches, prefix, suffix};
