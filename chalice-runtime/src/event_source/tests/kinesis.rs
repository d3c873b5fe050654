use serde_json::json;

use super::*;
use crate::{Bytes, EventRecord, FromRecord, Json, KinesisEvent, KinesisRecord};

const BATCH: &str = include_str!("../fixtures/kinesis.json");

#[test]
fn every_attribute_is_there() {
    let event: KinesisEvent = event(BATCH);
    let [first, second] = event.records() else {
        panic!("{event:?}")
    };
    let number = "49590338271490256608559692538361571095921575989136588898";
    assert_eq!(
        first.data(),
        r#"{"article": "lamp", "count": 2}"#.as_bytes()
    );
    assert_eq!(first.sequence_number(), number);
    assert_eq!(first.item_identifier(), number);
    assert_eq!(EventRecord::item_identifier(first), number);
    assert_eq!(first.partition_key(), "sensor-7");
    assert_eq!(first.schema_version(), "1.0");
    assert_eq!(first.timestamp(), at(1_545_084_650_987));
    assert_eq!(first.encryption_type(), Some("KMS"));
    assert_eq!(first.event_id(), format!("shardId-000000000006:{number}"));
    assert_eq!(first.shard_id(), Some("shardId-000000000006"));
    assert_eq!(first.event_name(), "aws:kinesis:record");
    assert_eq!(first.event_version(), "1.0");
    assert_eq!(
        first.invoke_identity_arn(),
        "arn:aws:iam::123456789012:role/lambda-role"
    );
    assert_eq!(first.aws_region(), "us-east-2");
    assert_eq!(
        first.stream_arn(),
        "arn:aws:kinesis:us-east-2:123456789012:stream/measurements"
    );
    assert_eq!(first.stream_name(), "measurements");
    assert!(first.raw().get().contains("invokeIdentityArn"));

    assert_eq!(second.data().as_ref(), [255, 0]);
    assert_eq!((second.timestamp(), second.shard_id()), (None, None));
    assert_eq!((second.partition_key(), second.stream_name()), ("", ""));
}

#[test]
fn data_has_the_type_of_the_handler() {
    let event: KinesisEvent = event(BATCH);
    let mut records = event.into_iter();
    let (first, second) = (records.next().unwrap(), records.next().unwrap());
    assert_eq!(first.json::<Order>().unwrap(), lamps());
    let bytes: KinesisRecord = KinesisRecord::from_record(second.clone()).unwrap();
    assert_eq!(bytes.into_data(), Bytes::from_static(&[255, 0]));
    let order: KinesisRecord<Json<Order>> = KinesisRecord::from_record(first).unwrap();
    assert_eq!(order.data().0, lamps());

    let error = KinesisRecord::<String>::from_record(second.clone()).unwrap_err();
    assert_eq!(
        error.to_string(),
        "record 2 of Amazon Kinesis: its data is not UTF-8 at byte 0"
    );
    let error = second.json::<u8>().unwrap_err();
    assert_eq!(
        error.to_string(),
        "record 2 of Amazon Kinesis: its data is not JSON of `u8`: expected value at line 1 column 1"
    );
}

#[test]
fn other_events_are_refused() {
    assert_eq!(
        refusal::<KinesisEvent>(
            &json!({ "Records": [{ "kinesis": { "data": "secret!", "sequenceNumber": "1" } }] })
        ),
        "record 1 of 1: invalid value, expected base64 at line 1 column 28"
    );
    assert_eq!(
        refusal::<KinesisEvent>(&json!({ "Records": [{ "kinesis": { "data": "" } }] })),
        "record 1 of 1: missing field `sequenceNumber` at line 1 column 22"
    );
    // The last invocation of a tumbling window comes without records.
    let none: KinesisEvent = event(r#"{"Records": [], "state": {"count": "7"}}"#);
    assert!(none.records().is_empty());
}

#[test]
fn nothing_of_the_data_is_shown() {
    let event: KinesisEvent = event(BATCH);
    assert!(!format!("{event:?}").contains("lamp"));
}
