//! What AWS Chalice's test client makes is made here, too.

use serde_json::{Value, json};

use super::*;

/// What AWS Chalice's test client makes of the same arguments.
fn chalice(name: &str) -> Value {
    let golden = include_str!("../../chalice-runtime/src/event_source/fixtures/chalice.json");
    let golden: Value = serde_json::from_str(golden).unwrap();
    golden[name]["event"].clone()
}

#[test]
fn chalice_makes_the_same_events() {
    assert_eq!(Value::from(sns("msg").subject("subj")), chalice("sns"));
    assert_eq!(Value::from(sns("msg")), chalice("sns_default"));
    let key = "foo+bar%20b%2Fc.txt";
    assert_eq!(
        Value::from(s3("bkt", "").url_encoded_key(key)),
        chalice("s3")
    );
    assert_eq!(
        Value::from(cloudwatch("src", "dt", json!({ "d": 1 })).resources(["r1"])),
        chalice("cw")
    );
    // Chalice gives all records of a batch the same identifier.
    let messages = ["a", "b"].map(|body| SqsMessage::new(body).message_id("message-id"));
    assert_eq!(Value::from(sqs(messages).queue("qn")), chalice("sqs"));
    let data = [b"hello".as_slice(), b"\xff"];
    let data = data.map(|data| KinesisData::new(data).sequence_number("12345"));
    assert_eq!(Value::from(kinesis(data).stream("st")), chalice("kinesis"));
}

#[test]
fn events_are_what_they_are_serialized_as() {
    let event = s3("b", "k");
    assert_eq!(
        serde_json::to_value(&event).unwrap(),
        Value::from(event.clone())
    );
    assert_eq!(event.to_string(), Value::from(event).to_string());
}

#[test]
#[should_panic(expected = "this is no item of a DynamoDB table")]
fn only_maps_are_items() {
    let _ = DynamoDbChange::insert(json!(17));
}
