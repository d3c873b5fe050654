use serde_json::json;

use super::*;
use crate::{Bytes, EventRecord, FromRecord, Json, SnsEvent, SnsRecord};

const NOTIFICATION: &str = include_str!("../fixtures/sns.json");

#[test]
fn every_attribute_is_there() {
    let event: SnsEvent = event(NOTIFICATION);
    assert_eq!(event.message(), r#"{"article": "lamp", "count": 2}"#);
    assert_eq!(event.subject(), None);
    assert_eq!(event.message_attributes()["kind"].value(), "order");
    assert_eq!(event.json::<Order>().unwrap(), lamps());

    let [record] = event.records() else {
        panic!("{event:?}")
    };
    assert_eq!(record.message_id(), "95df01b4-ee98-5cb9-9903-4c221d41eb5e");
    assert_eq!(record.item_identifier(), record.message_id());
    assert_eq!(
        record.topic_arn(),
        "arn:aws:sns:us-east-2:123456789012:orders"
    );
    assert_eq!(record.topic_name(), "orders");
    assert_eq!(record.timestamp(), at(1_767_357_907_000));
    assert_eq!(
        record.subscription_arn(),
        "arn:aws:sns:us-east-2:123456789012:orders:21be56ed-a058-49f5-8c98-aedd2564c486"
    );
    assert_eq!(record.event_version(), "1.0");
    assert_eq!(record.signature(), Some("tcc6faL2yUC6dgZdmrwh1Y4cGa"));
    assert_eq!(record.signature_version(), Some("1"));
    assert!(record.signing_cert_url().unwrap().ends_with("9b.pem"));
    assert!(record.unsubscribe_url().unwrap().ends_with("=Unsubscribe"));
    let attributes = record.message_attributes();
    assert_eq!(attributes["kind"].data_type(), "String");
    assert_eq!(attributes["kind"].bytes(), None);
    assert_eq!(attributes["thumbnail"].bytes(), Some(vec![255, 0]));
    assert!(record.raw().get().contains("\"Notification\""));
}

#[test]
fn messages_have_the_type_of_the_handler() {
    let event: SnsEvent = event(NOTIFICATION);
    let record = event.records()[0].clone();
    let text: SnsRecord = SnsRecord::from_record(record.clone()).unwrap();
    assert_eq!(text.message(), record.message());
    let bytes: SnsRecord<Bytes> = SnsRecord::from_record(record.clone()).unwrap();
    assert_eq!(bytes.into_message(), record.message().as_bytes());
    let order: SnsRecord<Json<Order>> = SnsRecord::from_record(record.clone()).unwrap();
    assert_eq!(
        (order.message(), order.topic_name()),
        (&Json(lamps()), "orders")
    );

    let kept: SnsRecord<Json<Order>> = SnsRecord::from_kept(&record).unwrap();
    assert_eq!(
        (kept.message(), kept.message_id()),
        (order.message(), order.message_id())
    );

    for error in [
        SnsRecord::<Json<u8>>::from_kept(&record).unwrap_err(),
        SnsRecord::<Json<u8>>::from_record(record).unwrap_err(),
    ] {
        assert_eq!(
            error.to_string(),
            "record 95df01b4-ee98-5cb9-9903-4c221d41eb5e of Amazon SNS: its message is not JSON of `u8`: invalid type, \
             expected u8 at line 1 column 0"
        );
    }
}

#[test]
fn what_is_optional_may_be_missing() {
    let json = json!({ "Records": [{ "Sns": { "Message": "m", "MessageId": "i" } }] });
    let event: SnsEvent = event(&json.to_string());
    let record = &event.records()[0];
    assert_eq!((event.message(), event.subject()), ("m", None));
    assert_eq!((record.topic_arn(), record.topic_name()), ("", ""));
    assert_eq!(record.timestamp(), None);
    assert!(record.message_attributes().is_empty());
}

#[test]
fn other_events_are_refused() {
    assert_eq!(
        refusal::<SnsEvent>(&json!({ "Records": [] })),
        "`Records` is empty"
    );
    assert_eq!(
        refusal::<SnsEvent>(&json!({ "Records": [{ "Sns": { "Message": "secret" } }] })),
        "record 1 of 1: missing field `MessageId` at line 1 column 27"
    );
    assert_eq!(
        refusal::<SnsEvent>(&json!({ "Records": [{ "Sns": { "Message": ["secret"] } }] })),
        "record 1 of 1: invalid type, expected a string at line 1 column 18"
    );
}

#[test]
fn nothing_of_a_message_is_shown() {
    let event: SnsEvent = event(NOTIFICATION);
    let shown = format!("{event:?} {:?}", event.message_attributes());
    assert!(
        !shown.contains("lamp") && !shown.contains("\"order\""),
        "{shown}"
    );
}
