//! What the sources of events other than HTTP send: one module per source.
//!
//! An event's type is made from the raw event, and keeps it. What every event of
//! a source has is an accessor; an event that lacks what nobody can do without (a
//! record's identifier, its body) is an [`EventError`], whatever else is missing
//! is not.

mod arn;
mod batch;
mod cloudwatch;
mod dynamodb;
mod error;
mod json;
mod kinesis;
mod record;
mod s3;
mod scheduled;
mod sns;
mod sqs;
mod time;
mod websocket;
mod window;

use std::fmt;

use serde_json::value::RawValue;

use crate::LambdaContext;

pub use cloudwatch::CloudWatchEvent;
pub use dynamodb::{DynamoDbEvent, DynamoDbImage, DynamoDbItem, DynamoDbRecord};
pub use error::{EventError, RecordError};
pub(crate) use json::explain;
pub use kinesis::{KinesisEvent, KinesisRecord};
pub use record::{FromRecord, RecordBody};
pub use s3::{S3Event, S3Record};
pub use scheduled::ScheduledEvent;
pub use sns::{SnsAttribute, SnsEvent, SnsRecord};
pub use sqs::{SqsAttribute, SqsEvent, SqsRecord};
#[cfg(all(feature = "test", feature = "websockets"))]
pub(crate) use time::rfc3339;
pub use websocket::{WebsocketEvent, WebsocketEventType};
pub use window::TumblingWindow;

/// A service that invokes functions with events; as text, the name that AWS gives it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Source {
    /// Events of buckets of Amazon S3.
    S3,
    /// Subscriptions to topics of Amazon SNS.
    Sns,
    /// Queues of Amazon SQS.
    Sqs,
    /// Streams of Amazon Kinesis.
    Kinesis,
    /// Streams of tables of Amazon DynamoDB.
    DynamoDb,
    /// Rules and schedules of Amazon EventBridge, the former CloudWatch Events.
    CloudWatch,
    /// WebSocket APIs of Amazon API Gateway.
    Websocket,
}

impl Source {
    /// The `eventSource` of the source's records, where records have one.
    fn event_source(self) -> Option<&'static str> {
        match self {
            Source::S3 => Some("aws:s3"),
            Source::Sns => Some("aws:sns"),
            Source::Sqs => Some("aws:sqs"),
            Source::Kinesis => Some("aws:kinesis"),
            Source::DynamoDb => Some("aws:dynamodb"),
            Source::CloudWatch | Source::Websocket => None,
        }
    }

    /// The source whose records have that `eventSource`.
    fn of_records(event_source: &str) -> Option<Source> {
        [
            Source::S3,
            Source::Sns,
            Source::Sqs,
            Source::Kinesis,
            Source::DynamoDb,
        ]
        .into_iter()
        .find(|source| source.event_source() == Some(event_source))
    }
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Source::S3 => "Amazon S3",
            Source::Sns => "Amazon SNS",
            Source::Sqs => "Amazon SQS",
            Source::Kinesis => "Amazon Kinesis",
            Source::DynamoDb => "Amazon DynamoDB",
            Source::CloudWatch => "Amazon EventBridge",
            Source::Websocket => "a WebSocket API",
        })
    }
}

/// An event of a source, as a whole.
///
/// Accessors of what AWS sends with every event give it as it is; where an event
/// that was made by hand leaves it out, the text is empty. What AWS only sends
/// sometimes is an `Option`. Times are [`SystemTime`](std::time::SystemTime), and
/// `None` when they are left out, or are no times.
///
/// The event keeps the JSON that it was read from. Whatever has no accessor is
/// there: `serde_json::from_str(event.raw().get())` reads it as any other type,
/// of yours or of the crate `aws_lambda_events`, or as a [`serde_json::Value`],
/// which is AWS Chalice's `to_dict()`. Its records are in the same piece of
/// memory: as long as there is one of them, so is the event.
///
/// ```
/// use chalice_runtime::{EventError, LambdaContext, RawValue, S3Event, SourceEvent};
///
/// fn read(event: Box<RawValue>, context: LambdaContext) -> Result<(), EventError> {
///     let event = S3Event::from_raw(event, context)?;
///     println!("{} in {}: {}", event.key(), event.bucket(), event.raw());
///     Ok(())
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not the event of a source",
    label = "not an event",
    note = "whole events are: Amazon S3 `S3Event`, Amazon SNS `SnsEvent`, Amazon SQS `SqsEvent`, Amazon Kinesis \
            `KinesisEvent`, Amazon DynamoDB `DynamoDbEvent`, Amazon EventBridge `CloudWatchEvent` or \
            `CloudWatchEvent<T>`, schedules `ScheduledEvent`, WebSocket APIs `WebsocketEvent`",
    note = "one record at a time: `S3Record`, `SnsRecord`, `SqsRecord`, `KinesisRecord`, `DynamoDbRecord`"
)]
pub trait SourceEvent: Sized + Send + 'static {
    /// The source that sends it.
    const SOURCE: Source;

    /// Reads an event.
    ///
    /// # Errors
    ///
    /// The event is none of this source, or lacks what no event of it lacks.
    fn from_raw(event: Box<RawValue>, context: LambdaContext) -> Result<Self, EventError>;

    /// The whole event, as AWS Lambda delivered it.
    fn raw(&self) -> &RawValue;

    /// The invocation that the event came with.
    fn context(&self) -> &LambdaContext;
}

/// An event that consists of records, which a handler may take one at a time.
pub trait BatchEvent: SourceEvent {
    /// A record as the source sends it, before [`FromRecord`].
    type Record: EventRecord;

    /// The records, in the order of the event.
    fn records(&self) -> &[Self::Record];

    /// The records, in the order of the event.
    fn into_records(self) -> Vec<Self::Record>;
}

/// One of an event's records.
pub trait EventRecord: Send + 'static {
    /// What `batchItemFailures` calls the record when its handler has failed
    /// (AWS, "Reporting batch item failures"): the message id of Amazon SQS, the
    /// sequence number of Amazon Kinesis and DynamoDB. Records of Amazon SNS and
    /// S3, which know no such report, have their message id and sequencer here.
    fn item_identifier(&self) -> &str;

    /// The record as it stands in the event.
    fn raw(&self) -> &RawValue;
}

/// What every event of records has: the batch, the context, the records; and a function `read` from the
/// event's text to the batch and its records.
macro_rules! batch_event {
    ($Event:ident, $Record:ty, $source:expr) => {
        impl $Event {
            /// Reads an event.
            ///
            /// # Errors
            ///
            /// The event is none of this source, or a record lacks what no record lacks.
            pub fn from_raw(
                event: Box<::serde_json::value::RawValue>,
                context: $crate::LambdaContext,
            ) -> Result<$Event, $crate::event_source::EventError> {
                $Event::from_text(event.into(), context)
            }

            /// Reads an event as AWS Lambda delivered it.
            pub(crate) fn from_text(
                event: $crate::event::EventText,
                context: $crate::LambdaContext,
            ) -> Result<$Event, $crate::event_source::EventError> {
                let (batch, records) = $Event::read(event)?;
                Ok($Event {
                    batch,
                    context,
                    records: ::std::sync::Arc::new(records),
                })
            }

            /// The records, in the order of the event.
            pub fn records(&self) -> &[$Record] {
                &self.records
            }

            /// The records, in the order of the event.
            pub fn into_records(self) -> Vec<$Record> {
                ::std::sync::Arc::unwrap_or_clone(self.records)
            }

            /// The whole event, as AWS Lambda delivered it.
            pub fn raw(&self) -> &::serde_json::value::RawValue {
                $crate::event_source::batch::raw(self.event_text())
            }

            /// The whole event, as a text.
            pub(in crate::event_source) fn event_text(&self) -> &str {
                self.batch.event()
            }

            /// The invocation that the event came with.
            pub fn context(&self) -> &$crate::LambdaContext {
                &self.context
            }
        }

        impl $crate::event_source::SourceEvent for $Event {
            const SOURCE: $crate::event_source::Source = $source;

            fn from_raw(
                event: Box<::serde_json::value::RawValue>,
                context: $crate::LambdaContext,
            ) -> Result<$Event, $crate::event_source::EventError> {
                $Event::from_raw(event, context)
            }

            fn raw(&self) -> &::serde_json::value::RawValue {
                $Event::raw(self)
            }

            fn context(&self) -> &$crate::LambdaContext {
                &self.context
            }
        }

        impl $crate::event_source::BatchEvent for $Event {
            type Record = $Record;

            fn records(&self) -> &[$Record] {
                &self.records
            }

            fn into_records(self) -> Vec<$Record> {
                ::std::sync::Arc::unwrap_or_clone(self.records)
            }
        }

        impl IntoIterator for $Event {
            type Item = $Record;
            type IntoIter = ::std::vec::IntoIter<$Record>;

            fn into_iter(self) -> Self::IntoIter {
                self.into_records().into_iter()
            }
        }

        impl<'a> IntoIterator for &'a $Event {
            type Item = &'a $Record;
            type IntoIter = ::std::slice::Iter<'a, $Record>;

            fn into_iter(self) -> Self::IntoIter {
                self.records.iter()
            }
        }

        impl ::std::fmt::Debug for $Event {
            /// The records, none of which shows what it carries.
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.debug_struct(stringify!($Event))
                    .field("records", &self.records)
                    .field("request_id", &self.context.request_id)
                    .finish_non_exhaustive()
            }
        }
    };
}
use batch_event;

/// A text that may have been left out.
fn text(text: &Option<String>) -> &str {
    text.as_deref().unwrap_or_default()
}

#[cfg(test)]
mod tests;
