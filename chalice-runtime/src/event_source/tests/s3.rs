use serde_json::json;

use super::*;
use crate::{EventRecord, FromRecord, S3Event, S3Record};

const NOTIFICATION: &str = include_str!("../fixtures/s3.json");

#[test]
fn every_attribute_is_there() {
    let event: S3Event = event(NOTIFICATION);
    assert_eq!(event.bucket(), "photos");
    assert_eq!(event.key(), "2026/München 100%+x.jpg");

    let [put, delete] = event.records() else {
        panic!("{event:?}")
    };
    assert_eq!(put.bucket(), "photos");
    assert_eq!(put.bucket_arn(), "arn:aws:s3:::photos");
    assert_eq!(put.bucket_owner(), Some("A3I5XTEXAMAI3E"));
    assert_eq!(put.url_encoded_key(), "2026/M%C3%BCnchen+100%25%2Bx.jpg");
    assert_eq!(put.size(), Some(1_305_107));
    assert_eq!(put.e_tag(), Some("b21b84d653bb07b05b1e6b33684dc11b"));
    assert_eq!(put.version_id(), Some("096fKKXTRTtl3on89fVO.nfljtsv6qko"));
    assert_eq!(put.sequencer(), Some("0C0F6F405D6ED209E1"));
    assert_eq!(put.item_identifier(), "0C0F6F405D6ED209E1");
    assert_eq!(put.event_name(), "ObjectCreated:Put");
    assert_eq!(put.event_time(), at(1_773_480_413_589));
    assert_eq!(put.event_version(), "2.1");
    assert_eq!(put.aws_region(), "eu-central-1");
    assert_eq!(put.principal_id(), Some("AWS:AROAEXAMPLEID:uploader"));
    assert_eq!(put.source_ip_address(), Some("192.0.2.7"));
    assert_eq!(put.request_id(), Some("D82B88E5F771F645"));
    assert_eq!(put.host_id(), Some("vlR7PnpV2Ce81l0P"));
    assert_eq!(put.configuration_id(), Some("thumbnails"));
    assert!(put.raw().get().contains("glacierEventData"));

    assert_eq!((delete.key(), delete.size()), ("old.jpg", None));
    assert_eq!((delete.e_tag(), delete.version_id()), (None, None));
    assert_eq!((delete.principal_id(), delete.request_id()), (None, None));
    let delete = S3Record::from_record(delete.clone()).unwrap();
    assert_eq!(delete.event_name(), "ObjectRemoved:Delete");
}

#[test]
fn keys_are_decoded_once() {
    for (encoded, key) in [
        ("a.jpg", "a.jpg"),
        ("a+b.jpg", "a b.jpg"),
        ("a%20b", "a b"),
        ("a%2Bb", "a+b"),
        ("a%2520b", "a%20b"),
        ("100%", "100%"),
        ("%zz", "%zz"),
        ("a/%F0%9F%A6%80", "a/🦀"),
        ("%FF", "\u{fffd}"),
    ] {
        let json = json!({ "Records": [{ "s3": { "bucket": { "name": "b" }, "object": { "key": encoded } } }] });
        let event: S3Event = event(&json.to_string());
        assert_eq!(event.key(), key);
    }
}

#[test]
fn other_events_are_refused() {
    assert_eq!(
        refusal::<S3Event>(&json!([])),
        "invalid type, expected a JSON object at line 1 column 0"
    );
    assert_eq!(
        refusal::<S3Event>(&json!({ "Service": "Amazon S3", "Event": "s3:TestEvent" })),
        "missing field `Records` at line 1 column 46"
    );
    assert_eq!(
        refusal::<S3Event>(&json!({ "Records": [] })),
        "`Records` is empty"
    );
    assert_eq!(
        refusal::<S3Event>(&json!({ "Records": [{ "eventSource": "aws:s3" }] })),
        "record 1 of 1: missing field `s3` at line 1 column 24"
    );
    assert_eq!(
        refusal::<S3Event>(&json!({ "Records": [{ "s3": [null, {}, {}] }] })),
        "record 1 of 1: invalid type, expected a JSON object at line 1 column 6"
    );
    let entity = json!({ "bucket": { "name": "b" }, "object": { "key": "k" } });
    assert_eq!(
        refusal::<S3Event>(&json!({ "Records": [{ "eventSource": "aws:sqs", "s3": entity }] })),
        "record 1 of 1: it comes from Amazon SQS"
    );
    assert_eq!(
        refusal::<S3Event>(&json!({ "Records": [{ "eventSource": "aws:secret", "s3": entity }] })),
        "record 1 of 1: its `eventSource` is not `aws:s3`"
    );
    // Servers that speak the protocol of Amazon S3 say who they are.
    let json = json!({ "Records": [{ "eventSource": "minio:s3", "s3": entity }] });
    assert_eq!(event::<S3Event>(&json.to_string()).key(), "k");
}

#[test]
fn errors_name_source_and_remedy() {
    let raw = RawValue::from_string("{}".to_owned()).unwrap();
    let error = S3Event::from_raw(raw, LambdaContext::default()).unwrap_err();
    assert_eq!(
        error.to_string(),
        "the event is none of Amazon S3, which invokes this function: missing field `Records` at line 1 column 2; when \
         you invoke the function yourself, send an event of the same shape, as `chalice::test::events` makes them"
    );
}
