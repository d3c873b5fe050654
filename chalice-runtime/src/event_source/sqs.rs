//! Messages of Amazon SQS.

use std::{collections::HashMap, fmt, sync::LazyLock, time::SystemTime};

use base64::{Engine, engine::general_purpose::STANDARD};
use bytes::Bytes;
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::value::RawValue;

use super::{
    EventError, EventRecord, FromRecord, RecordBody, RecordError, Source, arn, batch_event,
    json::{self, Described, Object},
    record::{read_body, read_json},
    text, time,
};
use crate::LambdaContext;

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
    raw: Box<RawValue>,
    context: LambdaContext,
    records: Vec<SqsRecord>,
}

impl SqsEvent {
    fn read(event: &RawValue) -> Result<Vec<SqsRecord>, EventError> {
        let records = json::records::<Fields>(event, Source::Sqs)?;
        Ok(records
            .into_iter()
            .map(|(mut fields, raw)| SqsRecord {
                body: std::mem::take(&mut fields.body),
                fields,
                raw,
            })
            .collect())
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
    raw: Box<RawValue>,
    body: T,
    fields: Fields,
}

#[derive(Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Fields {
    message_id: String,
    body: String,
    receipt_handle: Option<String>,
    attributes: Option<HashMap<String, String>>,
    message_attributes: Option<HashMap<String, SqsAttribute>>,
    md5_of_body: Option<String>,
    md5_of_message_attributes: Option<String>,
    event_source: Option<String>,
    #[serde(rename = "eventSourceARN")]
    event_source_arn: Option<String>,
    aws_region: Option<String>,
}

impl Described for Fields {
    fn event_source(&self) -> Option<&str> {
        self.event_source.as_deref()
    }
}

impl<T> SqsRecord<T> {
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
        &self.fields.message_id
    }

    /// What stands for this receive of the message when it is deleted, or its
    /// visibility timeout changed.
    pub fn receipt_handle(&self) -> &str {
        text(&self.fields.receipt_handle)
    }

    /// The system attribute of that name, such as `SenderId` (Amazon SQS API
    /// Reference, `ReceiveMessage`). The usual ones have accessors of their own.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        let attributes = self.fields.attributes.as_ref()?;
        attributes.get(name).map(String::as_str)
    }

    /// All system attributes.
    pub fn attributes(&self) -> impl Iterator<Item = (&str, &str)> {
        let attributes = self.fields.attributes.iter().flatten();
        attributes.map(|(name, value)| (name.as_str(), value.as_str()))
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
        self.fields.message_attributes.as_ref().unwrap_or(&NONE)
    }

    /// The MD5 digest of the body, hexadecimal.
    pub fn md5_of_body(&self) -> &str {
        text(&self.fields.md5_of_body)
    }

    /// The MD5 digest of the message's attributes, hexadecimal, if it has any.
    pub fn md5_of_message_attributes(&self) -> Option<&str> {
        self.fields.md5_of_message_attributes.as_deref()
    }

    /// The ARN of the queue.
    pub fn queue_arn(&self) -> &str {
        text(&self.fields.event_source_arn)
    }

    /// The name of the queue, the last part of its ARN.
    pub fn queue_name(&self) -> &str {
        arn::resource(self.queue_arn())
    }

    /// The region of the queue.
    pub fn aws_region(&self) -> &str {
        text(&self.fields.aws_region)
    }

    /// What `batchItemFailures` calls the message: its id.
    pub fn item_identifier(&self) -> &str {
        self.message_id()
    }

    /// The record as it stands in the event.
    pub fn raw(&self) -> &RawValue {
        &self.raw
    }
}

impl SqsRecord {
    /// The body, from JSON.
    ///
    /// # Errors
    ///
    /// The body is not JSON of a `T`.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T, RecordError> {
        read_json(self.body.as_bytes()).map_err(|error| {
            let reason = format_args!("its body is {error}");
            RecordError::new(Source::Sqs, self.message_id(), reason)
        })
    }
}

impl<T: Send + 'static> EventRecord for SqsRecord<T> {
    fn item_identifier(&self) -> &str {
        self.message_id()
    }

    fn raw(&self) -> &RawValue {
        &self.raw
    }
}

impl<T: RecordBody> FromRecord<SqsRecord> for SqsRecord<T> {
    fn from_record(record: SqsRecord) -> Result<SqsRecord<T>, RecordError> {
        let SqsRecord { raw, body, fields } = record;
        let id = &fields.message_id;
        Ok(SqsRecord {
            body: read_body(Bytes::from(body), Source::Sqs, id, "body")?,
            raw,
            fields,
        })
    }
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
