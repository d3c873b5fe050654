//! Whatever becomes of an event, reading it ends with a value or an error.

use std::collections::BTreeMap;

use proptest::{prelude::*, sample::Index};

use super::*;
use crate::{
    CloudWatchEvent, DynamoDbEvent, DynamoDbRecord, FromRecord, Json, KinesisEvent, KinesisRecord,
    S3Event, SnsEvent, SnsRecord, SqsEvent, SqsRecord, WebsocketEvent,
};

/// The event with the value at one place replaced, or gone.
fn mutated(json: &str, place: Index, replacement: Option<Value>) -> String {
    let mut event: Value = serde_json::from_str(json).unwrap();
    let pointers = pointers(&event);
    let pointer = &pointers[place.index(pointers.len())];
    let value = event.pointer_mut(pointer).unwrap();
    match replacement {
        Some(replacement) => *value = replacement,
        None => {
            let (parent, name) = pointer.rsplit_once('/').unwrap_or_default();
            if let Some(Value::Object(parent)) = event.pointer_mut(parent) {
                parent.remove(name);
            }
        }
    }
    event.to_string()
}

/// The places of all values in a value.
pub(super) fn pointers(value: &Value) -> Vec<String> {
    let mut pointers = Vec::new();
    collect(value, String::new(), &mut pointers);
    pointers
}

fn collect(value: &Value, pointer: String, pointers: &mut Vec<String>) {
    match value {
        Value::Object(members) => {
            for (name, value) in members {
                collect(value, format!("{pointer}/{name}"), pointers);
            }
        }
        Value::Array(values) => {
            for (at, value) in values.iter().enumerate() {
                collect(value, format!("{pointer}/{at}"), pointers);
            }
        }
        _ => {}
    }
    pointers.push(pointer);
}

fn replacement() -> impl Strategy<Value = Option<Value>> {
    prop_oneof![
        Just(None),
        Just(Some(Value::Null)),
        Just(Some(Value::Bool(true))),
        any::<i64>().prop_map(|number| Some(number.into())),
        any::<f64>().prop_map(|number| Some(number.into())),
        "\\PC{0,30}".prop_map(|text| Some(text.into())),
        Just(Some(serde_json::json!([]))),
        Just(Some(serde_json::json!([["a"], {}, 1]))),
        Just(Some(serde_json::json!({}))),
        Just(Some(serde_json::json!({ "S": ["a"], "N": "x" }))),
    ]
}

fn read<E: SourceEvent>(json: String) -> Option<E> {
    let raw = RawValue::from_string(json).unwrap();
    match E::from_raw(raw, LambdaContext::default()) {
        Ok(event) => Some(event),
        Err(error) => {
            assert!(!error.to_string().is_empty());
            None
        }
    }
}

/// Everything that an event says, or why it is none.
fn said_by_sqs(json: &str) -> Result<Vec<String>, String> {
    let raw = RawValue::from_string(json.to_owned()).unwrap();
    let event = SqsEvent::from_raw(raw, LambdaContext::default());
    // Where in the event it is, depends on what else is there.
    let event = event.map_err(|error| match error.reason().split_once(" at line ") {
        Some((reason, _)) => reason.to_owned(),
        None => error.to_string(),
    })?;
    let records = event.records().iter();
    Ok(records
        .map(|record| {
            let attributes: BTreeMap<_, _> = record.attributes().collect();
            for (name, value) in &attributes {
                assert_eq!(record.attribute(name), Some(*value));
            }
            let sent_with: BTreeMap<_, _> = record
                .message_attributes()
                .iter()
                .map(|(name, it)| (name, (it.data_type(), it.string_value(), it.binary_value())))
                .collect();
            format!(
                "{} {:?} {:?} {attributes:?} {sent_with:?} {:?} {:?} {:?} {:?} {}",
                record.message_id(),
                record.body(),
                record.receipt_handle(),
                record.md5_of_body(),
                record.md5_of_message_attributes(),
                record.queue_arn(),
                record.aws_region(),
                record.raw(),
            )
        })
        .collect())
}

proptest! {
    #[test]
    fn s3(place in any::<Index>(), with in replacement()) {
        for event in [
            include_str!("../fixtures/s3.json"),
            include_str!("../fixtures/s3-eventbridge.json"),
        ] {
            let event = mutated(event, place, with.clone());
            for record in read::<S3Event>(event).into_iter().flatten() {
                let _ = (record.event_time(), record.key().len(), format!("{record:?}"));
            }
        }
    }

    #[test]
    fn sns(place in any::<Index>(), with in replacement()) {
        let event = mutated(include_str!("../fixtures/sns.json"), place, with);
        for record in read::<SnsEvent>(event).into_iter().flatten() {
            let _ = (record.timestamp(), record.topic_name().len(), format!("{record:?}"));
            for attribute in record.message_attributes().values() {
                attribute.bytes();
            }
            let _ = SnsRecord::<Json<Order>>::from_record(record);
        }
    }

    #[test]
    fn sqs(place in any::<Index>(), with in replacement()) {
        let event = mutated(include_str!("../fixtures/sqs.json"), place, with);
        for record in read::<SqsEvent>(event).into_iter().flatten() {
            let _ = (record.sent_timestamp(), record.receive_count(), record.queue_name().len());
            for attribute in record.message_attributes().values() {
                attribute.binary_value();
            }
            let _ = SqsRecord::<Json<Order>>::from_record(record);
        }
    }

    #[test]
    fn sqs_that_is_scanned_is_sqs_that_serde_reads(place in any::<Index>(), with in replacement()) {
        let event = mutated(include_str!("../fixtures/sqs.json"), place, with);
        if let Some(members) = event.strip_suffix('}').filter(|members| members.len() > 1) {
            // Names with escapes take a closer look.
            let unusual = format!("{members},\"\\u0061\":1}}");
            prop_assert_eq!(said_by_sqs(&event), said_by_sqs(&unusual));
        }
    }

    #[test]
    fn kinesis(place in any::<Index>(), with in replacement()) {
        let event = mutated(include_str!("../fixtures/kinesis.json"), place, with);
        for record in read::<KinesisEvent>(event).into_iter().flatten() {
            let _ = (record.timestamp(), record.shard_id(), record.stream_name().len());
            let _ = KinesisRecord::<Json<Order>>::from_record(record.clone());
            let _ = KinesisRecord::<String>::from_record(record);
        }
    }

    #[test]
    fn dynamodb(place in any::<Index>(), with in replacement()) {
        let event = mutated(include_str!("../fixtures/dynamodb.json"), place, with);
        for record in read::<DynamoDbEvent>(event).into_iter().flatten() {
            let _ = (record.timestamp(), record.is_expired(), record.table_name().len());
            let _ = record.keys_as::<Order>();
            let _ = DynamoDbRecord::<Value>::from_record(record.clone());
            let _ = DynamoDbRecord::<Order>::from_record(record);
        }
    }

    #[test]
    fn cloudwatch(place in any::<Index>(), with in replacement()) {
        let event = mutated(include_str!("../fixtures/schedule.json"), place, with);
        read::<CloudWatchEvent<Order>>(event.clone());
        if let Some(event) = read::<CloudWatchEvent>(event) {
            let _ = (event.time(), event.rule_name(), format!("{event:?}"));
        }
    }

    #[test]
    fn websocket(place in any::<Index>(), with in replacement()) {
        for event in [
            include_str!("../fixtures/websocket-connect.json"),
            include_str!("../fixtures/websocket-message.json"),
            include_str!("../fixtures/websocket-disconnect.json"),
        ] {
            if let Some(event) = read::<WebsocketEvent>(mutated(event, place, with.clone())) {
                let _ = (event.connected_at(), event.client_address(), event.event_type());
                let _ = (event.headers().len(), event.query().len(), event.text().is_ok());
                let _ = event.json_body::<Order>();
            }
        }
    }

    #[test]
    fn anything(json in "\\PC{0,40}") {
        if let Ok(raw) = RawValue::from_string(json) {
            let json = raw.get().to_owned();
            read::<S3Event>(json.clone());
            read::<CloudWatchEvent>(json.clone());
            read::<WebsocketEvent>(json);
        }
    }
}
