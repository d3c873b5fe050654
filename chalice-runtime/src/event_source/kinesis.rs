//! Records of Amazon Kinesis.

use std::{fmt, mem, sync::Arc, time::SystemTime};

use base64::{Engine, engine::general_purpose::STANDARD};
use bytes::Bytes;
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::value::RawValue;

use super::{
    EventError, EventRecord, FromRecord, RecordBody, RecordError, Source, arn,
    batch::{Batch, Shared},
    batch_event,
    json::{self, Described, Object},
    record::{read_json, unreadable},
    text, time,
};
use crate::{LambdaContext, event::EventText};

/// A batch of records of a stream of Amazon Kinesis (AWS Lambda Developer Guide,
/// "Using Lambda with Kinesis"), all of one shard, in its order.
///
/// ```
/// use chalice_runtime::KinesisEvent;
///
/// async fn measure(event: KinesisEvent) {
///     for record in &event {
///         println!("{}: {} bytes at {:?}", record.partition_key(), record.data().len(), record.timestamp());
///     }
/// }
/// ```
///
/// A handler that takes a [`KinesisRecord`] instead gets one record at a time.
#[derive(Clone)]
pub struct KinesisEvent {
    batch: Arc<Batch<Fields>>,
    context: LambdaContext,
    records: Arc<Vec<KinesisRecord>>,
}

impl KinesisEvent {
    fn read(event: EventText) -> Result<(Arc<Batch<Fields>>, Vec<KinesisRecord>), EventError> {
        let records = json::records::<Fields>(event.get(), Source::Kinesis)?;
        Ok(Batch::new(
            event,
            records,
            |fields| mem::take(&mut fields.kinesis.0.data.0),
            |shared, data| KinesisRecord { shared, data },
        ))
    }
}

batch_event!(KinesisEvent, KinesisRecord, Source::Kinesis);

/// One record of a stream.
///
/// The data is bytes, decoded from the event's base64, or a type that it is read as:
///
/// ```
/// use chalice_runtime::{Json, KinesisRecord};
/// use serde::Deserialize;
///
/// #[derive(Deserialize)]
/// struct Measurement {
///     celsius: f64,
/// }
///
/// async fn measure(record: KinesisRecord<Json<Measurement>>) {
///     println!("{} °C from {}", record.data().celsius, record.partition_key());
/// }
/// ```
#[derive(Clone)]
pub struct KinesisRecord<T = Bytes> {
    shared: Shared<Fields>,
    data: T,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Fields {
    kinesis: Object<Data>,
    event_source: Option<String>,
    event_version: Option<String>,
    #[serde(rename = "eventID")]
    event_id: Option<String>,
    event_name: Option<String>,
    invoke_identity_arn: Option<String>,
    aws_region: Option<String>,
    #[serde(rename = "eventSourceARN")]
    event_source_arn: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Data {
    /// Empty once a record has it.
    data: Base64,
    sequence_number: String,
    partition_key: Option<String>,
    kinesis_schema_version: Option<String>,
    approximate_arrival_timestamp: Option<f64>,
    encryption_type: Option<String>,
}

/// Bytes that JSON carries as base64.
struct Base64(Bytes);

impl<'de> Deserialize<'de> for Base64 {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Base64, D::Error> {
        let text = String::deserialize(deserializer)?;
        match STANDARD.decode(text) {
            Ok(bytes) => Ok(Base64(Bytes::from(bytes))),
            Err(_) => Err(serde::de::Error::invalid_value(
                serde::de::Unexpected::Other("text"),
                &"base64",
            )),
        }
    }
}

impl Described for Fields {
    fn event_source(&self) -> Option<&str> {
        self.event_source.as_deref()
    }
}

impl<T> KinesisRecord<T> {
    /// The record's data.
    pub fn data(&self) -> &T {
        &self.data
    }

    /// The record's data.
    pub fn into_data(self) -> T {
        self.data
    }

    fn fields(&self) -> &Fields {
        self.shared.fields()
    }

    fn kinesis(&self) -> &Data {
        &self.fields().kinesis.0
    }

    /// The number of the record in its shard.
    pub fn sequence_number(&self) -> &str {
        &self.kinesis().sequence_number
    }

    /// The key by which the record was assigned to its shard.
    pub fn partition_key(&self) -> &str {
        text(&self.kinesis().partition_key)
    }

    /// The version of the record's structure: `1.0`.
    pub fn schema_version(&self) -> &str {
        text(&self.kinesis().kinesis_schema_version)
    }

    /// When the record arrived in the stream, to the millisecond.
    pub fn timestamp(&self) -> Option<SystemTime> {
        time::seconds(self.kinesis().approximate_arrival_timestamp?)
    }

    /// How the stream encrypts the record: `NONE` or `KMS`. The data is decrypted.
    pub fn encryption_type(&self) -> Option<&str> {
        self.kinesis().encryption_type.as_deref()
    }

    /// The id of the event: shard and sequence number.
    pub fn event_id(&self) -> &str {
        text(&self.fields().event_id)
    }

    /// The id of the shard: `shardId-000000000006`.
    pub fn shard_id(&self) -> Option<&str> {
        let (shard, _) = self.event_id().split_once(':')?;
        Some(shard)
    }

    /// What the event is: `aws:kinesis:record`.
    pub fn event_name(&self) -> &str {
        text(&self.fields().event_name)
    }

    /// The version of the event's structure: `1.0`.
    pub fn event_version(&self) -> &str {
        text(&self.fields().event_version)
    }

    /// The ARN of the role that the stream is read with.
    pub fn invoke_identity_arn(&self) -> &str {
        text(&self.fields().invoke_identity_arn)
    }

    /// The ARN of the stream, or of the consumer with enhanced fan-out.
    pub fn stream_arn(&self) -> &str {
        text(&self.fields().event_source_arn)
    }

    /// The name of the stream, from its ARN.
    pub fn stream_name(&self) -> &str {
        arn::second_part(self.stream_arn())
    }

    /// The region of the stream.
    pub fn aws_region(&self) -> &str {
        text(&self.fields().aws_region)
    }

    /// What `batchItemFailures` calls the record: its sequence number.
    pub fn item_identifier(&self) -> &str {
        self.sequence_number()
    }

    /// The record as it stands in the event.
    pub fn raw(&self) -> &RawValue {
        self.shared.raw()
    }
}

impl KinesisRecord {
    /// The data, from JSON.
    ///
    /// # Errors
    ///
    /// The data is not JSON of a `T`.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T, RecordError> {
        read_json(&self.data)
            .map_err(|error| unreadable(Source::Kinesis, self.sequence_number(), "data", &error))
    }
}

impl<T: Send + 'static> EventRecord for KinesisRecord<T> {
    fn item_identifier(&self) -> &str {
        self.sequence_number()
    }

    fn raw(&self) -> &RawValue {
        self.shared.raw()
    }
}

impl<T: RecordBody> FromRecord<KinesisRecord> for KinesisRecord<T> {
    fn from_record(record: KinesisRecord) -> Result<KinesisRecord<T>, RecordError> {
        let KinesisRecord { shared, data } = record;
        match T::from_body(data) {
            Ok(data) => Ok(KinesisRecord { shared, data }),
            Err(error) => {
                let id = &shared.fields().kinesis.0.sequence_number;
                Err(unreadable(Source::Kinesis, id, "data", &error))
            }
        }
    }
}

impl<T> fmt::Debug for KinesisRecord<T> {
    /// The record's number and stream, and nothing of its data.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("KinesisRecord")
            .field("sequence_number", &self.sequence_number())
            .field("stream_arn", &self.stream_arn())
            .finish_non_exhaustive()
    }
}
