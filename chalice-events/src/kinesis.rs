//! Records of Amazon Kinesis.

use base64::{Engine, engine::general_purpose::STANDARD};
use serde::Serialize;
use serde_json::{Value, json};

use super::{event, records};

/// A batch of records of a stream; made by [`kinesis`].
#[derive(Clone, Debug, Serialize)]
#[must_use]
pub struct Kinesis(Value);

event!(Kinesis);

/// One record of a batch: bytes, a text, JSON, or what [`KinesisData::new`] makes of bytes.
#[derive(Clone, Debug)]
#[must_use]
pub struct KinesisData {
    data: Vec<u8>,
    partition_key: String,
    sequence_number: Option<String>,
}

/// A batch of records. They have the sequence numbers `12345`, `12346` and so on.
///
/// ```
/// # use chalice_events::{self as events, KinesisData};
/// use serde_json::json;
///
/// let texts = events::kinesis(["a", "b"]).stream("measurements");
/// let bytes = events::kinesis([b"\xff\0"]);
/// let objects = events::kinesis([KinesisData::from(json!({ "celsius": 21.5 })).partition_key("sensor-7")]);
/// ```
pub fn kinesis<D: Into<KinesisData>>(data: impl IntoIterator<Item = D>) -> Kinesis {
    let records: Vec<Value> = data
        .into_iter()
        .enumerate()
        .map(|(at, data)| data.into().record(at))
        .collect();
    Kinesis(json!({ "Records": records })).stream("stream-name")
}

impl Kinesis {
    /// The name of the stream, `stream-name` if it is left out.
    pub fn stream(mut self, name: &str) -> Kinesis {
        for record in records(&mut self.0) {
            record["eventSourceARN"] =
                format!("arn:aws:kinesis:us-east-2:123:stream/{name}").into();
        }
        self
    }
}

impl KinesisData {
    /// A record of that data.
    pub fn new(data: impl Into<Vec<u8>>) -> KinesisData {
        KinesisData {
            data: data.into(),
            partition_key: "1".to_owned(),
            sequence_number: None,
        }
    }

    /// The key by which the record was assigned to its shard.
    pub fn partition_key(mut self, key: impl Into<String>) -> KinesisData {
        self.partition_key = key.into();
        self
    }

    /// The number of the record in its shard, as `batchItemFailures` names it.
    pub fn sequence_number(mut self, number: impl Into<String>) -> KinesisData {
        self.sequence_number = Some(number.into());
        self
    }

    fn record(self, at: usize) -> Value {
        let sequence_number = self
            .sequence_number
            .unwrap_or_else(|| (12_345 + at).to_string());
        json!({
            "kinesis": {
                "kinesisSchemaVersion": "1.0",
                "partitionKey": self.partition_key,
                "sequenceNumber": sequence_number,
                "data": STANDARD.encode(self.data),
                "approximateArrivalTimestamp": 1_545_084_650.987,
            },
            "eventSource": "aws:kinesis",
            "eventVersion": "1.0",
            "eventID": format!("shardId-000000000006:{sequence_number}"),
            "eventName": "aws:kinesis:record",
            "invokeIdentityArn": "arn:aws:iam::123:role/lambda-role",
            "awsRegion": "us-west-2",
        })
    }
}

impl From<&str> for KinesisData {
    fn from(text: &str) -> KinesisData {
        KinesisData::new(text)
    }
}

impl From<String> for KinesisData {
    fn from(text: String) -> KinesisData {
        KinesisData::new(text)
    }
}

impl From<&[u8]> for KinesisData {
    fn from(bytes: &[u8]) -> KinesisData {
        KinesisData::new(bytes)
    }
}

impl<const LENGTH: usize> From<&[u8; LENGTH]> for KinesisData {
    fn from(bytes: &[u8; LENGTH]) -> KinesisData {
        KinesisData::new(bytes)
    }
}

impl<const LENGTH: usize> From<[u8; LENGTH]> for KinesisData {
    fn from(bytes: [u8; LENGTH]) -> KinesisData {
        KinesisData::new(bytes)
    }
}

impl From<Vec<u8>> for KinesisData {
    fn from(bytes: Vec<u8>) -> KinesisData {
        KinesisData::new(bytes)
    }
}

impl From<Value> for KinesisData {
    fn from(value: Value) -> KinesisData {
        KinesisData::new(value.to_string())
    }
}
