//! Messages of Amazon SQS.

mod fields;

use std::{
    collections::HashMap,
    fmt, mem,
    sync::{Arc, LazyLock},
    time::SystemTime,
};

use base64::{Engine, engine::general_purpose::STANDARD};
use bytes::Bytes;
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::value::RawValue;

use super::{
    EventError, EventRecord, FromRecord, RecordBody, RecordError, Source, arn,
    batch::{Batch, Shared},
    batch_event,
    json::{self, Object},
    record::{read_json_text, unreadable},
    text, time,
};
use crate::{
    LambdaContext,
    event::{EventText, records, text::Text},
};
use fields::{Fields, Parsed};

/// A batch of messages of a queue of Amazon SQS (AWS Lambda Developer Guide,
/// "Using Lambda with Amazon SQS").
///
/// ```
/// use chalice_runtime::SqsEvent;
///
/// async fn orders(event: SqsEvent) {
///     for record in &event {
///         println!("{} (receive {:?}): {}", record.message_id(), record.receive_count(), record.body());
///     }
/// }
/// ```
///
/// A handler that takes an [`SqsRecord`] instead gets one message at a time.
#[derive(Clone)]
pub struct SqsEvent {
    batch: Arc<Batch<Fields>>,
    context: LambdaContext,
    records: Arc<Vec<SqsRecord>>,
}

impl SqsEvent {
    fn read(event: EventText) -> Result<(Arc<Batch<Fields>>, Vec<SqsRecord>), EventError> {
        let records = match records::read(event.get(), Fields::scan) {
            Some(records) => records,
            None => json::records::<Parsed>(event.get(), Source::Sqs)?
                .into_iter()
                .map(|(read, span)| (read.into(), span))
                .collect(),
        };
        Ok(Batch::new(
            event,
            records,
            |fields| mem::take(&mut fields.body),
            |shared, body| SqsRecord { shared, body },
        ))
    }
}

batch_event!(SqsEvent, SqsRecord, Source::Sqs);

/// One message of a queue.
///
/// The body is text, or a type that it is read as:
///
/// ```
/// use chalice_runtime::{Json, SqsRecord};
/// use serde::Deserialize;
///
/// #[derive(Deserialize)]
/// struct Order {
///     article: String,
/// }
///
/// async fn order(record: SqsRecord<Json<Order>>) {
///     println!("{} of group {:?}", record.body().article, record.group_id());
/// }
/// ```
#[derive(Clone)]
pub struct SqsRecord<T = String> {
    shared: Shared<Fields>,
    body: T,
}

impl<T> SqsRecord<T> {
    fn fields(&self) -> &Fields {
        self.shared.fields()
    }

    fn optional<'a>(&'a self, text: &'a Option<Text>) -> Option<&'a str> {
        text.as_ref().map(|text| text.get(self.shared.event()))
    }

    fn text<'a>(&'a self, text: &'a Option<Text>) -> &'a str {
        self.optional(text).unwrap_or_default()
    }

    /// The message's body.
    pub fn body(&self) -> &T {
        &self.body
    }

    /// The message's body.
    pub fn into_body(self) -> T {
        self.body
    }

    /// The id of the message; the same in every receive of it.
    pub fn message_id(&self) -> &str {
        self.fields().message_id.get(self.shared.event())
    }

    /// What stands for this receive of the message when it is deleted, or its
    /// visibility timeout changed.
    pub fn receipt_handle(&self) -> &str {
        self.text(&self.fields().receipt_handle)
    }

    /// The system attribute of that name, such as `SenderId` (Amazon SQS API
    /// Reference, `ReceiveMessage`). The usual ones have accessors of their own.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        // As everywhere, the last of several of a name counts.
        let of_name = self.attributes().filter(|(other, _)| *other == name);
        of_name.last().map(|(_, value)| value)
    }

    /// All system attributes.
    pub fn attributes(&self) -> impl Iterator<Item = (&str, &str)> {
        let attributes = self.fields().attributes.iter();
        attributes.flat_map(|attributes| attributes.iter(self.shared.event()))
    }

    /// How many times the message has been received without being deleted,
    /// this time included: more than 1 after a failure.
    pub fn receive_count(&self) -> Option<u32> {
        self.attribute("ApproximateReceiveCount")?.parse().ok()
    }

    /// When the message was sent, to the millisecond.
    pub fn sent_timestamp(&self) -> Option<SystemTime> {
        time::milliseconds(self.attribute("SentTimestamp")?)
    }

    /// When the message was received for the first time, to the millisecond.
    pub fn first_receive_timestamp(&self) -> Option<SystemTime> {
        time::milliseconds(self.attribute("ApproximateFirstReceiveTimestamp")?)
    }

    /// The principal that sent the message.
    pub fn sender_id(&self) -> Option<&str> {
        self.attribute("SenderId")
    }

    /// The message's group, `MessageGroupId`. In a FIFO queue every message has
    /// one, within which the order is kept; in a standard queue a message may
    /// have one, for fairness between groups.
    pub fn group_id(&self) -> Option<&str> {
        self.attribute("MessageGroupId")
    }

    /// The id by which a FIFO queue recognizes a message that is sent twice.
    pub fn deduplication_id(&self) -> Option<&str> {
        self.attribute("MessageDeduplicationId")
    }

    /// The number that a FIFO queue gave the message.
    pub fn sequence_number(&self) -> Option<&str> {
        self.attribute("SequenceNumber")
    }

    /// Whether the queue is a FIFO queue, whose names end in `.fifo`.
    pub fn is_fifo(&self) -> bool {
        self.queue_arn().ends_with(".fifo")
    }

    /// The attributes that the message was sent with.
    pub fn message_attributes(&self) -> &HashMap<String, SqsAttribute> {
        static NONE: LazyLock<HashMap<String, SqsAttribute>> = LazyLock::new(HashMap::new);
        self.fields().message_attributes.as_ref().unwrap_or(&NONE)
    }

    /// The MD5 digest of the body, hexadecimal.
    pub fn md5_of_body(&self) -> &str {
        self.text(&self.fields().md5_of_body)
    }

    /// The MD5 digest of the message's attributes, hexadecimal, if it has any.
    pub fn md5_of_message_attributes(&self) -> Option<&str> {
        self.optional(&self.fields().md5_of_message_attributes)
    }

    /// The ARN of the queue.
    pub fn queue_arn(&self) -> &str {
        self.text(&self.fields().event_source_arn)
    }

    /// The name of the queue, the last part of its ARN.
    pub fn queue_name(&self) -> &str {
        arn::resource(self.queue_arn())
    }

    /// The region of the queue.
    pub fn aws_region(&self) -> &str {
        self.text(&self.fields().aws_region)
    }

    /// What `batchItemFailures` calls the message: its id.
    pub fn item_identifier(&self) -> &str {
        self.message_id()
    }

    /// The record as it stands in the event.
    pub fn raw(&self) -> &RawValue {
        self.shared.raw()
    }
}

impl SqsRecord {
    /// The body, from JSON.
    ///
    /// # Errors
    ///
    /// The body is not JSON of a `T`.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T, RecordError> {
        read_json_text(&self.body)
            .map_err(|error| unreadable(Source::Sqs, self.message_id(), "body", &error))
    }
}

impl<T: Send + 'static> EventRecord for SqsRecord<T> {
    fn item_identifier(&self) -> &str {
        self.message_id()
    }

    fn raw(&self) -> &RawValue {
        self.shared.raw()
    }
}

impl<T: RecordBody> FromRecord<SqsRecord> for SqsRecord<T> {
    fn from_record(record: SqsRecord) -> Result<SqsRecord<T>, RecordError> {
        let SqsRecord { shared, body } = record;
        match T::from_body(Bytes::from(body)) {
            Ok(body) => Ok(SqsRecord { shared, body }),
            Err(error) => Err(unreadable_body(&shared, &error)),
        }
    }

    fn from_kept(record: &SqsRecord) -> Result<SqsRecord<T>, RecordError> {
        match T::from_text(&record.body) {
            Ok(body) => Ok(SqsRecord {
                shared: record.shared.clone(),
                body,
            }),
            Err(error) => Err(unreadable_body(&record.shared, &error)),
        }
    }
}

fn unreadable_body(record: &Shared<Fields>, error: &dyn fmt::Display) -> RecordError {
    let id = record.fields().message_id.get(record.event());
    unreadable(Source::Sqs, id, "body", error)
}

impl<T> fmt::Debug for SqsRecord<T> {
    /// The message's id and queue, and nothing of what it says.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SqsRecord")
            .field("message_id", &self.message_id())
            .field("queue_arn", &self.queue_arn())
            .finish_non_exhaustive()
    }
}

/// An attribute of a message (Amazon SQS Developer Guide, "Amazon SQS message attributes").
#[derive(Clone)]
pub struct SqsAttribute {
    data_type: Option<String>,
    string_value: Option<String>,
    binary_value: Option<String>,
}

impl<'de> Deserialize<'de> for SqsAttribute {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(rename_all = "camelCase")]
        struct Fields {
            data_type: Option<String>,
            string_value: Option<String>,
            binary_value: Option<String>,
        }

        let Object(fields): Object<Fields> = Object::deserialize(deserializer)?;
        Ok(SqsAttribute {
            data_type: fields.data_type,
            string_value: fields.string_value,
            binary_value: fields.binary_value,
        })
    }
}

impl SqsAttribute {
    /// The type that the sender gave it: `String`, `Number` or `Binary`, perhaps
    /// with a label behind a dot, as in `Number.int`.
    pub fn data_type(&self) -> &str {
        text(&self.data_type)
    }

    /// The value of a text or a number.
    pub fn string_value(&self) -> Option<&str> {
        self.string_value.as_deref()
    }

    /// The value of type `Binary`; `None` for others.
    pub fn binary_value(&self) -> Option<Vec<u8>> {
        STANDARD.decode(self.binary_value.as_deref()?).ok()
    }
}

impl fmt::Debug for SqsAttribute {
    /// The type, and nothing of the value.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SqsAttribute")
            .field("data_type", &self.data_type())
            .finish_non_exhaustive()
    }
}
