//! The event as a text.

use std::{fmt, string::FromUtf8Error};

use bytes::Bytes;
use serde_json::value::RawValue;

/// The JSON of an event, as AWS Lambda delivered it.
pub(crate) struct EventText(String);

impl EventText {
    /// The JSON.
    pub(crate) fn get(&self) -> &str {
        &self.0
    }
}

impl TryFrom<Bytes> for EventText {
    type Error = FromUtf8Error;

    fn try_from(bytes: Bytes) -> Result<EventText, FromUtf8Error> {
        String::from_utf8(Vec::from(bytes)).map(EventText)
    }
}

impl From<EventText> for String {
    fn from(event: EventText) -> String {
        event.0
    }
}

impl From<Box<RawValue>> for EventText {
    fn from(event: Box<RawValue>) -> EventText {
        EventText(String::from(Box::<str>::from(event)))
    }
}

impl fmt::Debug for EventText {
    /// Nothing of what it says.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EventText").finish_non_exhaustive()
    }
}
