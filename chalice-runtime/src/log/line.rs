//! A line of the log, before it is text.

use tracing::Level;

use super::{fields::Fields, timestamp::Timestamp, value::FieldValue};

/// An event, and what surrounds it.
pub(super) struct Line<'a> {
    pub(super) timestamp: Timestamp,
    pub(super) level: Level,
    pub(super) target: &'a str,
    pub(super) function_name: Option<&'a str>,
    /// The fields of the invocation's span.
    pub(super) invocation: Fields,
    /// The fields of other spans and of the event itself, the event's message included.
    pub(super) fields: Fields,
}

impl Line<'_> {
    /// Takes out the message; empty if the event has none.
    pub(super) fn take_message(&mut self) -> String {
        match self.fields.take("message") {
            None => String::new(),
            Some(FieldValue::Text(message)) => message,
            Some(other) => other.to_string(),
        }
    }
}
