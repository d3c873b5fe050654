//! The grammar and the rules of event sources: what AWS takes as a schedule, a
//! queue's name, an S3 event, a batch size, an event pattern.
//!
//! Every check answers with an error whose text says what is wrong, why AWS
//! would refuse it and how to mend it, so that attributes can raise it as a
//! compile error and tools can print it.
//!
//! Event patterns, filters and filter policies are JSON and need the feature `event-pattern`.

pub mod arn;
pub mod batch;
#[cfg(feature = "event-pattern")]
pub mod event_pattern;
#[cfg(feature = "event-pattern")]
pub mod filter_criteria;
#[cfg(feature = "event-pattern")]
pub mod filter_policy;
pub mod resource_name;
pub mod s3;
pub mod schedule;
