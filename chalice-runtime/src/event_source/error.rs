//! What is wrong with an event, or with one of its records.

use std::{error::Error, fmt};

use super::Source;

/// An event that its source did not send, or not in a form that is known.
///
/// The message says which source the function belongs to and what was found
/// instead; it never repeats what the event says, which may be secret.
#[derive(Debug, thiserror::Error)]
#[error(
    "the event is none of {source_name}, which invokes this function: {reason}; when you invoke the function yourself, \
     send an event of the same shape, as `chalice::test::events` makes them"
)]
pub struct EventError {
    source_name: Source,
    reason: String,
}

impl EventError {
    pub(super) fn new(source_name: Source, reason: String) -> EventError {
        EventError {
            source_name,
            reason,
        }
    }

    /// The source that the function belongs to.
    pub fn event_source(&self) -> Source {
        self.source_name
    }

    /// What is wrong with the event.
    pub fn reason(&self) -> &str {
        &self.reason
    }
}

impl From<EventError> for lambda_runtime::Diagnostic {
    fn from(error: EventError) -> lambda_runtime::Diagnostic {
        lambda_runtime::Diagnostic {
            error_type: "Chalice.MalformedEvent".to_owned(),
            error_message: error.to_string(),
        }
    }
}

/// A record that cannot become the handler's argument: its body is not JSON of
/// the type, for instance.
///
/// The message names the record by its identifier, the type, and the place in
/// the body; of what the body says it repeats nothing.
#[derive(Debug)]
pub struct RecordError {
    event_source: Source,
    item_identifier: String,
    reason: String,
}

impl RecordError {
    /// The record with that identifier cannot be used, because of `reason`,
    /// which goes to the log: what a payload says does not belong in it.
    pub fn new(
        event_source: Source,
        item_identifier: impl Into<String>,
        reason: impl fmt::Display,
    ) -> RecordError {
        RecordError {
            event_source,
            item_identifier: item_identifier.into(),
            reason: reason.to_string(),
        }
    }

    /// The source of the record.
    pub fn event_source(&self) -> Source {
        self.event_source
    }

    /// The identifier of the record, as `batchItemFailures` names it.
    pub fn item_identifier(&self) -> &str {
        &self.item_identifier
    }

    /// What is wrong with the record.
    pub fn reason(&self) -> &str {
        &self.reason
    }
}

impl fmt::Display for RecordError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (source, id, reason) = (self.event_source, &self.item_identifier, &self.reason);
        write!(f, "record {id} of {source}: {reason}")
    }
}

impl Error for RecordError {}
