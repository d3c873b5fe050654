use proptest::prelude::*;
use serde_json::json;

use super::*;
use crate::{EventRecord, FromRecord, S3Event, S3Record, event_source::s3::url_encoded};

const NOTIFICATION: &str = include_str!("../fixtures/s3.json");
const EVENTBRIDGE: &str = include_str!("../fixtures/s3-eventbridge.json");

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

#[test]
fn events_of_eventbridge_say_what_notifications_say() {
    let event: S3Event = event(EVENTBRIDGE);
    assert_eq!(event.bucket(), "photos");
    assert_eq!(event.key(), "2026/München 100%+x.jpg");
    let [put] = event.records() else {
        panic!("{event:?}")
    };
    let notification: S3Event = super::event(NOTIFICATION);
    let notified = &notification.records()[0];
    let shared = |record: &S3Record| {
        [
            record.bucket(),
            record.bucket_arn(),
            record.key(),
            record.url_encoded_key(),
            record.e_tag().unwrap(),
            record.version_id().unwrap(),
            record.sequencer().unwrap(),
            record.item_identifier(),
            record.event_name(),
            record.aws_region(),
            record.source_ip_address().unwrap(),
            record.request_id().unwrap(),
        ]
        .map(str::to_owned)
    };
    assert_eq!(shared(put), shared(notified));
    assert_eq!(put.size(), notified.size());
    assert_eq!(put.event_time(), at(1_773_480_413_000));
    assert_eq!(put.event_version(), "0");
    for unknown in [
        put.principal_id(),
        put.bucket_owner(),
        put.host_id(),
        put.configuration_id(),
    ] {
        assert_eq!(unknown, None);
    }
    assert_eq!(put.raw().get(), EVENTBRIDGE.trim());
    assert!(put.raw().get().contains("requester"));
    let put = S3Record::from_record(put.clone()).unwrap();
    assert_eq!(format!("{put:?}"), format!("{notified:?}"));
}

/// An event of EventBridge with these members in its `detail`.
fn bridged(detail_type: &str, members: &Value) -> Value {
    let mut event: Value = serde_json::from_str(EVENTBRIDGE).unwrap();
    event["detail-type"] = detail_type.into();
    let detail = event["detail"].as_object_mut().unwrap();
    detail.remove("reason");
    detail.extend(members.as_object().unwrap().clone());
    event
}

#[test]
fn types_and_reasons_of_eventbridge_are_names_of_notifications() {
    for (detail_type, members, name) in [
        (
            "Object Created",
            json!({ "reason": "CompleteMultipartUpload", "event-version": "1.0" }),
            "ObjectCreated:CompleteMultipartUpload",
        ),
        (
            "Object Created",
            json!({ "reason": "Something New" }),
            "ObjectCreated:*",
        ),
        (
            "Object Deleted",
            json!({ "reason": "DeleteObject", "deletion-type": "Delete Marker Created" }),
            "ObjectRemoved:DeleteMarkerCreated",
        ),
        (
            "Object Deleted",
            json!({ "reason": "Lifecycle Expiration", "deletion-type": "Permanently Deleted" }),
            "LifecycleExpiration:Delete",
        ),
        (
            "Object Restore Completed",
            json!({ "restore-expiry-time": "2026-03-15T00:00:00Z", "source-storage-class": "GLACIER" }),
            "ObjectRestore:Completed",
        ),
        (
            "Object Tags Added",
            json!({ "object": { "key": "a" }, "source-ip-address": null }),
            "ObjectTagging:Put",
        ),
        ("Async Copy Completion", json!({}), ""),
    ] {
        let event: S3Event = event(&bridged(detail_type, &members).to_string());
        assert_eq!(event.records()[0].event_name(), name);
    }
    let tagged = bridged("Object Tags Deleted", &json!({ "object": { "key": "a" } }));
    let tagged: S3Event = event(&tagged.to_string());
    let tagged = &tagged.records()[0];
    assert_eq!((tagged.size(), tagged.e_tag()), (None, None));
    assert_eq!(tagged.item_identifier(), "");
}

#[test]
fn keys_of_eventbridge_are_not_decoded() {
    for (key, encoded) in [
        ("a b.jpg", "a+b.jpg"),
        ("a+b.jpg", "a%2Bb.jpg"),
        ("a%20b", "a%2520b"),
        ("%zz", "%25zz"),
        ("a/🦀_-.*", "a/%F0%9F%A6%80_-.*"),
        ("\"\\\u{0}", "%22%5C%00"),
    ] {
        let json = bridged("Object Created", &json!({ "object": { "key": key } }));
        let event: S3Event = event(&json.to_string());
        assert_eq!(event.key(), key);
        assert_eq!(event.records()[0].url_encoded_key(), encoded);
    }
}

proptest! {
    #[test]
    fn every_key_comes_through_eventbridge(key in any::<String>()) {
        let json = bridged("Object Created", &json!({ "object": { "key": key } }));
        let event: S3Event = event(&json.to_string());
        prop_assert_eq!(event.key(), &key);
        // As if a notification had brought it.
        let json = json!({ "Records": [{ "s3": { "bucket": { "name": "b" }, "object": { "key": url_encoded(&key) } } }] });
        let notification: S3Event = super::event(&json.to_string());
        prop_assert_eq!(notification.key(), &key);
    }
}

#[test]
fn other_events_of_eventbridge_are_refused() {
    let refused = |change: fn(&mut Value)| {
        let mut event: Value = serde_json::from_str(EVENTBRIDGE).unwrap();
        change(&mut event);
        let reason = refusal::<S3Event>(&event);
        let (reason, _) = reason.split_once(" at line ").unwrap_or((&reason, ""));
        reason.to_owned()
    };
    assert_eq!(
        refused(|event| event["source"] = "aws.ec2".into()),
        "its `source` is not `aws.s3`"
    );
    assert_eq!(
        refused(|event| event["detail"] = json!({})),
        "missing field `bucket`"
    );
    assert_eq!(
        refused(|event| event["detail"]["object"] = json!([])),
        "invalid type, expected a JSON object"
    );
    assert_eq!(
        refused(|event| event["detail"]["object"]["key"] = json!(1)),
        "invalid type, expected a string"
    );
    assert_eq!(
        refused(|event| {
            event.as_object_mut().unwrap().remove("source");
        }),
        "missing field `source`"
    );
    // With `Records`, it is a notification, whatever else it has.
    assert_eq!(
        refused(|event| event["Records"] = json!([])),
        "`Records` is empty"
    );
    assert_eq!(
        refused(|event| event["Records"] = json!([{}])),
        "record 1 of 1: missing field `s3`"
    );
    assert_eq!(
        refused(|event| {
            event.as_object_mut().unwrap().remove("detail-type");
        }),
        "missing field `Records`"
    );
}
