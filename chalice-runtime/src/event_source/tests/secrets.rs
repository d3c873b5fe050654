//! What an event says does not get into messages, wherever in the event it is.

use std::error::Error;

use serde_json::json;

use super::{mutated::pointers, *};
use crate::{
    BatchEvent, CloudWatchEvent, DynamoDbEvent, DynamoDbRecord, FromRecord, Json, KinesisEvent,
    KinesisRecord, S3Event, S3Record, SnsEvent, SnsRecord, SqsEvent, SqsRecord, WebsocketEvent,
};

const SECRET: &str = "hunter2, expected hunter2";

/// The event with a secret in place of each of its values, in each shape.
fn betrayals(json: &str) -> impl Iterator<Item = String> {
    let event: Value = serde_json::from_str(json).unwrap();
    let shapes = [
        json!(SECRET),
        json!([SECRET]),
        json!({ SECRET: SECRET }),
        json!({ "S": SECRET, SECRET: [] }),
        json!({ "Key": { SECRET: SECRET } }),
        json!({ "article": { "S": SECRET }, "count": { "N": SECRET } }),
        json!(json!({ "article": SECRET, "count": SECRET }).to_string()),
    ];
    pointers(&event).into_iter().flat_map(move |pointer| {
        let (event, shapes) = (event.clone(), shapes.clone());
        shapes.into_iter().map(move |shape| {
            let mut event = event.clone();
            *event.pointer_mut(&pointer).unwrap() = shape;
            event.to_string()
        })
    })
}

fn keeps_quiet(error: &dyn Error) {
    let shown = format!("{error} {error:?}");
    assert!(!shown.contains("hunter2"), "{shown}");
    assert!(error.source().is_none());
}

fn read<E: SourceEvent>(json: String) -> Option<E> {
    let raw = RawValue::from_string(json).unwrap();
    E::from_raw(raw, LambdaContext::default())
        .inspect_err(|error| keeps_quiet(error))
        .ok()
}

/// Reads the events, and their records as an `R`; how many events and records were refused.
fn refused<E: BatchEvent, R: FromRecord<E::Record>>(json: &str) -> (usize, usize) {
    let (mut events, mut records) = (0, 0);
    for json in betrayals(json) {
        let Some(event) = read::<E>(json) else {
            events += 1;
            continue;
        };
        for record in event.into_records() {
            // The identifier is shown; a secret is none.
            if let Err(error) = R::from_record(record)
                && !error.item_identifier().contains("hunter2")
            {
                records += 1;
                keeps_quiet(&error);
            }
        }
    }
    (events, records)
}

#[test]
fn no_message_repeats_a_batch() {
    let s3 = refused::<S3Event, S3Record>(include_str!("../fixtures/s3.json"));
    assert!(s3.0 > 50, "{s3:?}");
    let bridged = refused::<S3Event, S3Record>(include_str!("../fixtures/s3-eventbridge.json"));
    assert!(bridged.0 > 50, "{bridged:?}");
    let sns = refused::<SnsEvent, SnsRecord<Json<Order>>>(include_str!("../fixtures/sns.json"));
    let sqs = refused::<SqsEvent, SqsRecord<Json<Order>>>(include_str!("../fixtures/sqs.json"));
    let kinesis = refused::<KinesisEvent, KinesisRecord<Json<Order>>>(include_str!(
        "../fixtures/kinesis.json"
    ));
    let dynamodb =
        refused::<DynamoDbEvent, DynamoDbRecord<Order>>(include_str!("../fixtures/dynamodb.json"));
    for (events, records) in [sns, sqs, kinesis, dynamodb] {
        assert!(events > 20 && records > 0, "{events} {records}");
    }
}

#[test]
fn no_message_repeats_an_event() {
    let mut refused = 0;
    for json in betrayals(include_str!("../fixtures/cloudwatch.json")) {
        refused += usize::from(read::<CloudWatchEvent<Order>>(json.clone()).is_none());
        refused += usize::from(read::<CloudWatchEvent>(json).is_none());
    }
    for json in betrayals(include_str!("../fixtures/websocket-message.json")) {
        match read::<WebsocketEvent>(json) {
            None => refused += 1,
            Some(event) => {
                if let Err(error) = event.json_body::<Order>() {
                    assert!(!error.message().contains("hunter2"), "{error}");
                }
            }
        }
    }
    assert!(refused > 50, "{refused}");
}
