//! What the event classes of AWS Chalice 1.34.0 say of events: every attribute of
//! theirs has a counterpart that says the same.

use std::collections::BTreeMap;

use serde_json::json;

use super::*;
use crate::{
    BatchEvent, CloudWatchEvent, DynamoDbEvent, DynamoDbItem, DynamoDbRecord, EventRecord,
    KinesisEvent, KinesisRecord, S3Event, SnsEvent, SqsEvent, SqsRecord, WebsocketEvent,
};

type Attributes = BTreeMap<String, Value>;

/// Events, the classes for them, their attributes and those of their records.
#[derive(Deserialize)]
struct Golden {
    event: Value,
    #[serde(default)]
    attrs: Attributes,
    #[serde(default)]
    records: Vec<Attributes>,
}

/// The event of that name, and what Chalice says of it.
fn golden<E: SourceEvent>(name: &str) -> (E, Golden) {
    let json = include_str!("../fixtures/chalice.json");
    let mut all: BTreeMap<String, Golden> = serde_json::from_str(json).unwrap();
    let golden = all.remove(name).unwrap();
    (event(&golden.event.to_string()), golden)
}

fn agree(attributes: &Attributes, counterpart: impl Fn(&str) -> Value) {
    assert!(!attributes.is_empty());
    for (name, value) in attributes {
        assert_eq!(&counterpart(name), value, "{name}");
    }
}

fn records_agree<E: BatchEvent>(name: &str, counterpart: impl Fn(&E::Record, &str) -> Value) {
    let (event, golden): (E, Golden) = golden(name);
    assert_eq!(event.records().len(), golden.records.len());
    for (record, attributes) in event.records().iter().zip(&golden.records) {
        assert!(golden.event.to_string().contains(record.raw().get()));
        agree(attributes, |name| counterpart(record, name));
    }
}

/// A time as Python shows it.
fn python(time: Option<SystemTime>) -> Value {
    let known = [
        (
            1_545_084_650_987,
            "datetime.datetime(2018, 12, 17, 22, 10, 50, 987000)",
        ),
        (1_601_317_140_000, "datetime.datetime(2020, 9, 28, 18, 19)"),
        (1_000, "datetime.datetime(1970, 1, 1, 0, 0, 1)"),
    ];
    let shown = known
        .iter()
        .find(|(milliseconds, _)| at(*milliseconds) == time);
    shown.map(|(_, text)| *text).into()
}

/// Bytes as Python shows them.
fn python_bytes(bytes: &[u8]) -> Value {
    format!("b'{}'", bytes.escape_ascii()).into()
}

#[test]
fn s3() {
    let (event, golden): (S3Event, Golden) = golden("s3");
    agree(&golden.attrs, |name| match name {
        "bucket" => event.bucket().into(),
        "key" => event.key().into(),
        _ => panic!("no counterpart of {name}"),
    });
}

#[test]
fn sns() {
    for name in ["sns", "sns_default"] {
        let (event, golden): (SnsEvent, Golden) = golden(name);
        agree(&golden.attrs, |name| match name {
            "message" => event.message().into(),
            "subject" => event.subject().into(),
            "message_attributes" => event
                .message_attributes()
                .iter()
                .map(|(name, it)| {
                    let attribute = json!({ "Type": it.data_type(), "Value": it.value() });
                    (name.clone(), attribute)
                })
                .collect(),
            _ => panic!("no counterpart of {name}"),
        });
    }
}

#[test]
fn sqs() {
    records_agree::<SqsEvent>("sqs", |record: &SqsRecord, name| match name {
        "body" => record.body().as_str().into(),
        "receipt_handle" => record.receipt_handle().into(),
        "__class__" => "SQSRecord".into(),
        _ => panic!("no counterpart of {name}"),
    });
}

#[test]
fn kinesis() {
    records_agree::<KinesisEvent>("kinesis", |record: &KinesisRecord, name| match name {
        "data" => python_bytes(record.data()),
        "partition_key" => record.partition_key().into(),
        "schema_version" => record.schema_version().into(),
        "sequence_number" => record.sequence_number().into(),
        "timestamp" => python(record.timestamp()),
        "__class__" => "KinesisRecord".into(),
        _ => panic!("no counterpart of {name}"),
    });
}

#[test]
fn dynamodb() {
    let json = |item: &DynamoDbItem| serde_json::to_value(&**item).unwrap();
    records_agree::<DynamoDbEvent>("dynamodb", |record: &DynamoDbRecord, name| match name {
        "aws_region" => record.aws_region().into(),
        "event_id" => record.event_id().into(),
        "event_name" => record.event_name().into(),
        "event_source_arn" => record.stream_arn().into(),
        "keys" => json(record.keys()),
        "new_image" => record.new_image().map(json).into(),
        "old_image" => record.old_image().map(json).into(),
        "sequence_number" => record.sequence_number().into(),
        "size_bytes" => record.size_bytes().into(),
        "stream_view_type" => record.stream_view_type().into(),
        "table_name" => record.table_name().into(),
        "timestamp" => python(record.timestamp()),
        "__class__" => "DynamoDBRecord".into(),
        _ => panic!("no counterpart of {name}"),
    });
}

#[test]
fn cloudwatch() {
    let (event, golden): (CloudWatchEvent, Golden) = golden("cw");
    assert_eq!(event.time(), at(1_447_277_394_000));
    agree(&golden.attrs, |name| match name {
        "account" => event.account().into(),
        "detail" => event.detail().clone(),
        "detail_type" => event.detail_type().into(),
        "event_id" => event.id().into(),
        "region" => event.region().into(),
        "resources" => event.resources().into(),
        "source" => event.source().into(),
        // A text there, compared above.
        "time" => "2015-11-11T21:29:54Z".into(),
        // Chalice's own events have a number, those of AWS a text.
        "version" => event.version().parse::<u64>().unwrap().into(),
        _ => panic!("no counterpart of {name}"),
    });
}

#[test]
fn websocket() {
    let (event, golden): (WebsocketEvent, Golden) = golden("websocket");
    agree(&golden.attrs, |name| match name {
        "body" => event.text().unwrap().into(),
        "connection_id" => event.connection_id().into(),
        "domain_name" => event.domain_name().into(),
        "json_body" => event.json_body().unwrap(),
        "stage" => event.stage().into(),
        _ => panic!("no counterpart of {name}"),
    });
    let (event, _): (WebsocketEvent, Golden) = self::golden("websocket_nobody");
    // Chalice says `None`, a text, and fails with the same error.
    assert!(event.body().is_empty());
    assert_eq!(event.json_body::<Value>().unwrap_err().status(), 400);
}
