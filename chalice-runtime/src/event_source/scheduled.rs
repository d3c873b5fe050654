//! What schedules send.

use std::{fmt, ops::Deref};

use serde_json::value::RawValue;

use super::{CloudWatchEvent, EventError, Source, SourceEvent};
use crate::LambdaContext;

/// What a schedule sends: an event of Amazon EventBridge whose detail says
/// nothing. [`CloudWatchEvent::time`] is when it was due, to the second.
///
/// ```
/// use chalice_runtime::ScheduledEvent;
///
/// async fn nightly(event: ScheduledEvent) {
///     println!("{:?} was due at {:?}", event.rule_name(), event.time());
/// }
/// ```
///
/// A type of its own, although it has what every event of EventBridge has:
/// middleware for schedules is none for events that match a pattern.
#[derive(Clone)]
pub struct ScheduledEvent(CloudWatchEvent);

impl ScheduledEvent {
    /// Reads an event.
    ///
    /// # Errors
    ///
    /// The event is none of Amazon EventBridge.
    pub fn from_raw(
        event: Box<RawValue>,
        context: LambdaContext,
    ) -> Result<ScheduledEvent, EventError> {
        CloudWatchEvent::from_raw(event, context).map(ScheduledEvent)
    }
}

impl Deref for ScheduledEvent {
    type Target = CloudWatchEvent;

    fn deref(&self) -> &CloudWatchEvent {
        &self.0
    }
}

impl SourceEvent for ScheduledEvent {
    const SOURCE: Source = Source::CloudWatch;

    fn from_raw(
        event: Box<RawValue>,
        context: LambdaContext,
    ) -> Result<ScheduledEvent, EventError> {
        ScheduledEvent::from_raw(event, context)
    }

    fn raw(&self) -> &RawValue {
        self.0.raw()
    }

    fn context(&self) -> &LambdaContext {
        self.0.context()
    }
}

impl fmt::Debug for ScheduledEvent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
