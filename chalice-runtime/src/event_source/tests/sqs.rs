use serde_json::json;

use super::*;
use crate::{Bytes, EventRecord, FromRecord, Json, Source, SqsEvent, SqsRecord};

const BATCH: &str = include_str!("../fixtures/sqs.json");

#[test]
fn every_attribute_is_there() {
    let event: SqsEvent = event(BATCH);
    let [first, second] = event.records() else {
        panic!("{event:?}")
    };
    assert_eq!(first.message_id(), "059f36b4-87a3-44ab-83d2-661975830a7d");
    assert_eq!(first.item_identifier(), first.message_id());
    assert_eq!(EventRecord::item_identifier(first), first.message_id());
    assert_eq!(first.body(), r#"{"article": "lamp", "count": 2}"#);
    assert_eq!(first.receipt_handle(), "AQEBwJnKyrHigUMZj6rYigCgxlaS3SLy0a");
    assert_eq!(first.receive_count(), Some(3));
    assert_eq!(first.sent_timestamp(), at(1_545_082_649_183));
    assert_eq!(first.first_receive_timestamp(), at(1_545_082_649_185));
    assert_eq!(first.sender_id(), Some("AIDAIENQZJOLO23YVJ4VO"));
    assert_eq!(first.group_id(), Some("customer-17"));
    assert_eq!(first.deduplication_id(), Some("once"));
    assert_eq!(first.sequence_number(), Some("18849496460467696128"));
    assert_eq!(first.attribute("SentTimestamp"), Some("1545082649183"));
    assert_eq!(first.attributes().count(), 7);
    assert_eq!(
        first.queue_arn(),
        "arn:aws:sqs:us-east-2:123456789012:orders.fifo"
    );
    assert_eq!(first.queue_name(), "orders.fifo");
    assert!(first.is_fifo());
    assert_eq!(first.aws_region(), "us-east-2");
    assert_eq!(first.md5_of_body(), "e4e68fb7bd0e697a0ae8f1bb342846b3");
    assert!(first.md5_of_message_attributes().is_some());
    let attributes = first.message_attributes();
    assert_eq!(attributes["Priority"].data_type(), "Number");
    assert_eq!(attributes["Priority"].string_value(), Some("7"));
    assert_eq!(attributes["Priority"].binary_value(), None);
    assert_eq!(attributes["Thumbnail"].binary_value(), Some(vec![255, 0]));
    assert!(first.raw().get().contains("stringListValues"));

    assert!(!second.is_fifo());
    assert_eq!(second.group_id(), None);
    assert_eq!(second.sent_timestamp(), None);
    assert!(second.message_attributes().is_empty());
    assert_eq!(second.md5_of_message_attributes(), None);
    let ids: Vec<&str> = (&event).into_iter().map(SqsRecord::message_id).collect();
    assert_eq!(ids, [first.message_id(), second.message_id()]);
}

#[test]
fn bodies_have_the_type_of_the_handler() {
    let event: SqsEvent = event(BATCH);
    let mut records = event.into_iter();
    let (first, second) = (records.next().unwrap(), records.next().unwrap());
    assert_eq!(first.json::<Order>().unwrap(), lamps());
    let bytes: SqsRecord<Bytes> = SqsRecord::from_record(first.clone()).unwrap();
    assert_eq!(bytes.body(), first.body());
    let text: SqsRecord = SqsRecord::from_record(first.clone()).unwrap();
    assert_eq!(text.body(), first.body());
    let kept: SqsRecord<Bytes> = SqsRecord::from_kept(&first).unwrap();
    assert_eq!(kept.body(), first.body());
    let kept: SqsRecord = SqsRecord::from_kept(&first).unwrap();
    assert_eq!(kept.body(), first.body());
    let kept: SqsRecord<Json<Order>> = SqsRecord::from_kept(&first).unwrap();
    assert_eq!(kept.into_body().into_inner(), lamps());
    let order: SqsRecord<Json<Order>> = SqsRecord::from_record(first).unwrap();
    assert_eq!(order.group_id(), Some("customer-17"));
    assert_eq!(order.into_body().into_inner(), lamps());

    let expected = "its body is not JSON of `chalice_runtime::event_source::tests::Order`: expected value at line 1 \
                    column 1";
    for error in [
        second.json::<Order>().unwrap_err(),
        SqsRecord::<Json<Order>>::from_kept(&second).unwrap_err(),
        SqsRecord::<Json<Order>>::from_record(second).unwrap_err(),
    ] {
        assert_eq!(error.event_source(), Source::Sqs);
        assert_eq!(
            error.item_identifier(),
            "2e1424d4-f796-459a-8184-9c92662be6da"
        );
        assert_eq!(error.reason(), expected);
        assert_eq!(
            error.to_string(),
            format!("record 2e1424d4-f796-459a-8184-9c92662be6da of Amazon SQS: {expected}")
        );
    }
}

#[test]
fn attributes_with_escapes_are_decoded() {
    let record = r#"{"messageId": "\u0061b", "body": "c\n",
        "attributes": {"Sender\u0049d": "d", "MessageGroupId": "\"e\""}, "awsRegion": "\ud83d\ude00"}"#;
    let event: SqsEvent = event(&format!(r#"{{"Records": [{record}]}}"#));
    // As a handler has it that keeps it.
    let [record] = &event.into_records()[..] else {
        panic!("one record")
    };
    assert_eq!((record.message_id(), record.body().as_str()), ("ab", "c\n"));
    assert_eq!(record.sender_id(), Some("d"));
    assert_eq!(record.group_id(), Some("\"e\""));
    assert_eq!(record.attributes().count(), 2);
    assert_eq!(record.aws_region(), "😀");
    assert!(
        record
            .raw()
            .get()
            .starts_with("{\"messageId\": \"\\u0061b\"")
    );
}

#[test]
fn records_of_other_services_are_refused() {
    let from = |service: &str| json!({ "Records": [{ "messageId": "a", "body": "b", "eventSource": service }] });
    assert_eq!(
        refusal::<SqsEvent>(&from("aws:sns")),
        "record 1 of 1: it comes from Amazon SNS"
    );
    assert_eq!(
        refusal::<SqsEvent>(&from("aws:mq")),
        "record 1 of 1: its `eventSource` is not `aws:sqs`"
    );
    let emulated: SqsEvent = event(&from("ElasticMQ").to_string());
    assert_eq!(emulated.records().len(), 1);
}

#[test]
fn other_events_are_refused() {
    assert_eq!(
        refusal::<SqsEvent>(&json!({ "Records": {} })),
        "invalid type, expected a sequence at line 1 column 11"
    );
    assert_eq!(
        refusal::<SqsEvent>(
            &json!({ "Records": [{ "messageId": "a", "body": "secret" }, { "body": "secret" }] })
        ),
        "record 2 of 2: missing field `messageId` at line 1 column 17"
    );
    assert_eq!(
        refusal::<SqsEvent>(&json!({ "Records": [{ "messageId": "a" }] })),
        "record 1 of 1: missing field `body` at line 1 column 17"
    );
    assert_eq!(
        refusal::<SqsEvent>(&json!({ "Records": [["a", "b"]] })),
        "record 1 of 1: invalid type, expected a JSON object at line 1 column 0"
    );
    let none: SqsEvent = event(r#"{"Records": []}"#);
    assert!(none.into_records().is_empty());
}

#[test]
fn nothing_of_a_body_is_shown() {
    let event: SqsEvent = event(BATCH);
    let shown = format!("{event:?} {:?}", event.records()[0].message_attributes());
    assert!(
        !shown.contains("lamp") && !shown.contains("secret"),
        "{shown}"
    );
    assert!(shown.contains("059f36b4"), "{shown}");
}
