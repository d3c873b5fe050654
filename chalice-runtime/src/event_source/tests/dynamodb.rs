use std::collections::BTreeSet;

use serde_dynamo::AttributeValue;
use serde_json::json;

use super::*;
use crate::{DynamoDbEvent, DynamoDbRecord, EventRecord, FromRecord};

const BATCH: &str = include_str!("../fixtures/dynamodb.json");

#[test]
fn every_attribute_is_there() {
    let event: DynamoDbEvent = event(BATCH);
    let [modify, remove] = event.records() else {
        panic!("{event:?}")
    };
    assert_eq!(modify.keys()["Id"], AttributeValue::N("101".to_owned()));
    assert_eq!(
        modify.new_image().unwrap()["count"],
        AttributeValue::N("2".to_owned())
    );
    assert_eq!(
        modify.old_image().unwrap()["count"],
        AttributeValue::N("1".to_owned())
    );
    assert_eq!(modify.sequence_number(), "111");
    assert_eq!(modify.item_identifier(), "111");
    assert_eq!(EventRecord::item_identifier(modify), "111");
    assert_eq!(modify.event_name(), "MODIFY");
    assert!(modify.is_modify() && !modify.is_insert() && !modify.is_remove());
    assert!(!modify.is_expired());
    assert_eq!(modify.timestamp(), at(1_601_317_140_000));
    assert_eq!(modify.size_bytes(), Some(26));
    assert_eq!(modify.stream_view_type(), "NEW_AND_OLD_IMAGES");
    assert_eq!(modify.event_id(), "c4ca4238a0b923820dcc509a6f75849b");
    assert_eq!(modify.event_version(), "1.1");
    assert_eq!(modify.aws_region(), "us-east-1");
    assert!(modify.stream_arn().ends_with("T16:49:14.209"));
    assert_eq!(modify.table_name(), "orders");
    assert!(modify.raw().get().contains("SizeBytes"));

    assert!(remove.is_remove() && remove.is_expired());
    assert_eq!((remove.new_image(), remove.timestamp()), (None, None));
    let (old, new) = remove.clone().into_images();
    assert_eq!((old.unwrap().into_inner().len(), new), (3, None));
}

#[test]
fn images_have_the_type_of_the_handler() {
    #[derive(Debug, Deserialize, PartialEq)]
    struct Key {
        #[serde(rename = "Id")]
        id: u64,
    }

    #[derive(Deserialize)]
    struct Rich {
        tags: BTreeSet<String>,
        #[serde(with = "serde_bytes_as_vec")]
        thumbnail: Vec<u8>,
    }

    /// Bytes, as serde's own data model has them.
    mod serde_bytes_as_vec {
        pub(super) fn deserialize<'de, D: serde::Deserializer<'de>>(
            deserializer: D,
        ) -> Result<Vec<u8>, D::Error> {
            struct Bytes;
            impl serde::de::Visitor<'_> for Bytes {
                type Value = Vec<u8>;
                fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                    f.write_str("bytes")
                }
                fn visit_bytes<E>(self, bytes: &[u8]) -> Result<Vec<u8>, E> {
                    Ok(bytes.to_vec())
                }
            }
            deserializer.deserialize_byte_buf(Bytes)
        }
    }

    let event: DynamoDbEvent = event(BATCH);
    let [modify, remove] = event.records() else {
        panic!("{event:?}")
    };
    let same: DynamoDbRecord = DynamoDbRecord::from_record(modify.clone()).unwrap();
    assert_eq!(same.new_image(), modify.new_image());

    let order: DynamoDbRecord<Order> = DynamoDbRecord::from_record(modify.clone()).unwrap();
    assert_eq!(order.new_image(), Some(&lamps()));
    assert_eq!(order.old_image().unwrap().count, 1);
    assert_eq!(order.keys_as::<Key>().unwrap(), Key { id: 101 });
    assert_eq!(
        (order.sequence_number(), order.table_name()),
        ("111", "orders")
    );

    let rich: Rich = modify.new_image().unwrap().clone().deserialize().unwrap();
    assert_eq!(
        (rich.tags.len(), rich.thumbnail.as_slice()),
        (2, &[255, 0][..])
    );

    let error = DynamoDbRecord::<Order>::from_record(remove.clone()).unwrap_err();
    assert_eq!(
        error.to_string(),
        "record 222 of Amazon DynamoDB: its old image is not a `chalice_runtime::event_source::tests::Order`: a number \
         does not fit the type of its field"
    );
    let error = remove.keys_as::<Order>().unwrap_err();
    assert_eq!(
        error.reason(),
        "its key is not a `chalice_runtime::event_source::tests::Order`: missing field `article`"
    );
    #[derive(Debug, Deserialize)]
    #[expect(dead_code, reason = "it is never made")]
    struct Wrong {
        article: u8,
    }
    let error = DynamoDbRecord::<Wrong>::from_record(remove.clone()).unwrap_err();
    assert!(
        error
            .reason()
            .ends_with("Wrong`: invalid type, expected num"),
        "{error}"
    );
}

#[test]
fn what_is_optional_may_be_missing() {
    let event: DynamoDbEvent = event(
        r#"{"Records": [{"eventName": "REMOVE", "eventSourceARN": "bad", "dynamodb": {"SequenceNumber": "1",
            "ApproximateCreationDateTime": 1, "Keys": null, "NewImage": null}}]}"#,
    );
    let record = &event.records()[0];
    assert_eq!((record.table_name(), record.event_id()), ("", ""));
    assert_eq!((record.timestamp(), record.size_bytes()), (at(1000), None));
    assert!(record.keys().is_empty() && record.new_image().is_none());
}

#[test]
fn other_events_are_refused() {
    assert_eq!(
        refusal::<DynamoDbEvent>(&json!({ "Records": [{ "dynamodb": {} }] })),
        "record 1 of 1: missing field `SequenceNumber` at line 1 column 14"
    );
    let image = json!({ "Id": { "secret": "secret" } });
    assert_eq!(
        refusal::<DynamoDbEvent>(
            &json!({ "Records": [{ "dynamodb": { "Keys": image, "SequenceNumber": "1" } }] })
        ),
        "record 1 of 1: the value is refused at line 1 column 35"
    );
}

#[test]
fn nothing_of_an_item_is_shown() {
    let event: DynamoDbEvent = event(BATCH);
    assert!(!format!("{event:?}").contains("lamp"));
}
