//! Messages of Amazon SNS.

use std::{collections::HashMap, fmt, mem, sync::Arc, time::SystemTime};

use base64::{Engine, engine::general_purpose::STANDARD};
use bytes::Bytes;
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::value::RawValue;

use super::{
    EventError, EventRecord, FromRecord, RecordBody, RecordError, Source, arn,
    batch::{Batch, Shared},
    batch_event,
    json::{self, Described, Object},
    record::{read_json_text, unreadable},
    text, time,
};
use crate::{LambdaContext, event::EventText};

/// A message that was published to a topic of Amazon SNS (AWS Lambda Developer
/// Guide, "Invoking Lambda functions with Amazon SNS notifications").
///
/// ```
/// use chalice_runtime::SnsEvent;
///
/// async fn notify(event: SnsEvent) {
///     println!("{}: {}", event.subject().unwrap_or("no subject"), event.message());
/// }
/// ```
///
/// Amazon SNS sends one record per event. A handler can take the record, with
/// a message of a type: `SnsRecord<Json<Order>>`.
#[derive(Clone)]
pub struct SnsEvent {
    batch: Arc<Batch<Fields>>,
    context: LambdaContext,
    /// Never empty.
    records: Arc<Vec<SnsRecord>>,
}

impl SnsEvent {
    fn read(event: EventText) -> Result<(Arc<Batch<Fields>>, Vec<SnsRecord>), EventError> {
        let records = json::some_records::<Fields>(event.get(), Source::Sns)?;
        Ok(Batch::new(
            event,
            records,
            |fields| mem::take(&mut fields.sns.0.message),
            |shared, message| SnsRecord { shared, message },
        ))
    }

    /// The first record.
    fn first(&self) -> &SnsRecord {
        &self.records[0]
    }

    /// The message of the first record.
    pub fn message(&self) -> &str {
        self.first().message()
    }

    /// The subject of the first record, if the message was published with one.
    pub fn subject(&self) -> Option<&str> {
        self.first().subject()
    }

    /// The message's attributes in the first record.
    pub fn message_attributes(&self) -> &HashMap<String, SnsAttribute> {
        self.first().message_attributes()
    }

    /// The message of the first record, from JSON.
    ///
    /// # Errors
    ///
    /// The message is not JSON of a `T`.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T, RecordError> {
        self.first().json()
    }
}

batch_event!(SnsEvent, SnsRecord, Source::Sns);

/// A message with what Amazon SNS says about it.
///
/// ```
/// use chalice_runtime::{Json, SnsRecord};
/// use serde::Deserialize;
///
/// #[derive(Deserialize)]
/// struct Order {
///     article: String,
/// }
///
/// async fn ordered(record: SnsRecord<Json<Order>>) {
///     println!("{} through {}", record.message().article, record.topic_name());
/// }
/// ```
#[derive(Clone)]
pub struct SnsRecord<T = String> {
    shared: Shared<Fields>,
    message: T,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Fields {
    event_source: Option<String>,
    event_version: Option<String>,
    event_subscription_arn: Option<String>,
    sns: Object<Notification>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Notification {
    /// Empty once a record has it.
    message: String,
    message_id: String,
    subject: Option<String>,
    topic_arn: Option<String>,
    timestamp: Option<String>,
    message_attributes: Option<HashMap<String, SnsAttribute>>,
    signature: Option<String>,
    signature_version: Option<String>,
    #[serde(alias = "SigningCertURL")]
    signing_cert_url: Option<String>,
    #[serde(alias = "UnsubscribeURL")]
    unsubscribe_url: Option<String>,
}

impl Described for Fields {
    fn event_source(&self) -> Option<&str> {
        self.event_source.as_deref()
    }
}

impl<T> SnsRecord<T> {
    /// The message.
    pub fn message(&self) -> &T {
        &self.message
    }

    /// The message.
    pub fn into_message(self) -> T {
        self.message
    }

    fn fields(&self) -> &Fields {
        self.shared.fields()
    }

    fn notification(&self) -> &Notification {
        &self.fields().sns.0
    }

    /// The id of the message; the same in every delivery of it.
    pub fn message_id(&self) -> &str {
        &self.notification().message_id
    }

    /// The subject, if the message was published with one.
    pub fn subject(&self) -> Option<&str> {
        self.notification().subject.as_deref()
    }

    /// The ARN of the topic.
    pub fn topic_arn(&self) -> &str {
        text(&self.notification().topic_arn)
    }

    /// The name of the topic, the last part of its ARN.
    pub fn topic_name(&self) -> &str {
        arn::resource(self.topic_arn())
    }

    /// When the message was published.
    pub fn timestamp(&self) -> Option<SystemTime> {
        time::rfc3339(text(&self.notification().timestamp))
    }

    /// The attributes that the message was published with.
    pub fn message_attributes(&self) -> &HashMap<String, SnsAttribute> {
        static NONE: std::sync::LazyLock<HashMap<String, SnsAttribute>> =
            std::sync::LazyLock::new(HashMap::new);
        let attributes = &self.notification().message_attributes;
        attributes.as_ref().unwrap_or(&NONE)
    }

    /// The ARN of the function's subscription to the topic.
    pub fn subscription_arn(&self) -> &str {
        text(&self.fields().event_subscription_arn)
    }

    /// The version of the event's structure: `1.0`.
    pub fn event_version(&self) -> &str {
        text(&self.fields().event_version)
    }

    /// The signature of the message, base64.
    pub fn signature(&self) -> Option<&str> {
        self.notification().signature.as_deref()
    }

    /// How the message was signed: `1` with SHA-1, `2` with SHA-256.
    pub fn signature_version(&self) -> Option<&str> {
        self.notification().signature_version.as_deref()
    }

    /// The address of the certificate for the signature.
    pub fn signing_cert_url(&self) -> Option<&str> {
        self.notification().signing_cert_url.as_deref()
    }

    /// The address that ends the subscription.
    pub fn unsubscribe_url(&self) -> Option<&str> {
        self.notification().unsubscribe_url.as_deref()
    }

    /// The record as it stands in the event.
    pub fn raw(&self) -> &RawValue {
        self.shared.raw()
    }
}

impl SnsRecord {
    /// The message, from JSON.
    ///
    /// # Errors
    ///
    /// The message is not JSON of a `T`.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T, RecordError> {
        read_json_text(&self.message)
            .map_err(|error| unreadable(Source::Sns, self.message_id(), "message", &error))
    }
}

impl<T: Send + 'static> EventRecord for SnsRecord<T> {
    fn item_identifier(&self) -> &str {
        self.message_id()
    }

    fn raw(&self) -> &RawValue {
        self.shared.raw()
    }
}

impl<T: RecordBody> FromRecord<SnsRecord> for SnsRecord<T> {
    fn from_record(record: SnsRecord) -> Result<SnsRecord<T>, RecordError> {
        let SnsRecord { shared, message } = record;
        match T::from_body(Bytes::from(message)) {
            Ok(message) => Ok(SnsRecord { shared, message }),
            Err(error) => Err(unreadable_message(&shared, &error)),
        }
    }

    fn from_kept(record: &SnsRecord) -> Result<SnsRecord<T>, RecordError> {
        match T::from_text(&record.message) {
            Ok(message) => Ok(SnsRecord {
                shared: record.shared.clone(),
                message,
            }),
            Err(error) => Err(unreadable_message(&record.shared, &error)),
        }
    }
}

fn unreadable_message(record: &Shared<Fields>, error: &dyn fmt::Display) -> RecordError {
    let id = &record.fields().sns.0.message_id;
    unreadable(Source::Sns, id, "message", error)
}

impl<T> fmt::Debug for SnsRecord<T> {
    /// The message's id and topic, and nothing of what it says.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SnsRecord")
            .field("message_id", &self.message_id())
            .field("topic_arn", &self.topic_arn())
            .finish_non_exhaustive()
    }
}

/// An attribute of a message (Amazon SNS Developer Guide, "Message attributes").
#[derive(Clone)]
pub struct SnsAttribute {
    data_type: Option<String>,
    value: String,
}

impl<'de> Deserialize<'de> for SnsAttribute {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(rename_all = "PascalCase")]
        struct Fields {
            r#type: Option<String>,
            value: String,
        }

        let Object(Fields { r#type, value }) = Object::deserialize(deserializer)?;
        Ok(SnsAttribute {
            data_type: r#type,
            value,
        })
    }
}

impl SnsAttribute {
    /// The type that the publisher gave it: `String`, `String.Array`, `Number` or `Binary`.
    pub fn data_type(&self) -> &str {
        text(&self.data_type)
    }

    /// The value as the event has it: bytes as base64, an array as JSON.
    pub fn value(&self) -> &str {
        &self.value
    }

    /// The bytes of an attribute of type `Binary`; `None` for others.
    pub fn bytes(&self) -> Option<Vec<u8>> {
        if self.data_type() != "Binary" {
            return None;
        }
        STANDARD.decode(&self.value).ok()
    }
}

impl fmt::Debug for SnsAttribute {
    /// The type, and nothing of the value.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SnsAttribute")
            .field("data_type", &self.data_type())
            .finish_non_exhaustive()
    }
}
