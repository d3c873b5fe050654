//! Every event of a source is one that its type reads.

use chalice_events::*;
use serde_json::{Value, json, value::RawValue};

use crate::{
    CloudWatchEvent, DynamoDbEvent, DynamoDbRecord, FromRecord, Json, KinesisEvent, LambdaContext,
    S3Event, ScheduledEvent, SnsEvent, SourceEvent, SqsEvent, SqsRecord, WebsocketEvent,
    WebsocketEventType,
};

fn read<E: SourceEvent>(event: impl Into<Value>) -> E {
    let event = RawValue::from_string(event.into().to_string()).unwrap();
    E::from_raw(event, LambdaContext::default()).unwrap()
}

#[test]
fn s3_keys_come_back() {
    for key in [
        "images/a.jpg",
        "a b+c%20d",
        "München/🦀?&=#.jpg",
        "\"\\\n",
        "%",
    ] {
        let event: S3Event = read(s3("photos", key));
        assert_eq!((event.bucket(), event.key()), ("photos", key));
    }
    assert_eq!(
        Value::from(s3("b", "images/a b.jpg"))["Records"][0]["s3"]["object"]["key"],
        "images/a+b.jpg"
    );
    let event: S3Event = read(
        s3("photos", "a")
            .event_name("ObjectCreated:Copy")
            .size(7)
            .e_tag("e")
            .version_id("v")
            .region("eu-west-1"),
    );
    let record = &event.records()[0];
    assert_eq!(
        (record.event_name(), record.size()),
        ("ObjectCreated:Copy", Some(7))
    );
    assert_eq!(
        (record.e_tag(), record.version_id()),
        (Some("e"), Some("v"))
    );
    assert_eq!(record.aws_region(), "eu-west-1");
}

#[test]
fn sns_messages_come_back() {
    let event: SnsEvent = read(
        sns(json!({ "n": 1 }))
            .subject("s")
            .topic("t")
            .message_id("i")
            .attribute("kind", "order"),
    );
    assert_eq!(
        (event.message(), event.subject()),
        (r#"{"n":1}"#, Some("s"))
    );
    let record = &event.records()[0];
    assert_eq!((record.topic_name(), record.message_id()), ("t", "i"));
    assert_eq!(record.message_attributes()["kind"].value(), "order");
    assert!(record.timestamp().is_some());
    let event: SnsEvent = read(sns("m").attributes(json!({})));
    assert!(event.message_attributes().is_empty());
}

#[test]
fn sqs_messages_come_back() {
    let event: SqsEvent = read(
        sqs([
            SqsMessage::new("a").group_id("g").receive_count(3),
            SqsMessage::from(json!([1])).attribute("Kind", "order"),
            "c".into(),
        ])
        .queue("orders.fifo"),
    );
    let [first, second, third] = event.records() else {
        panic!("{event:?}")
    };
    assert_eq!(first.message_id(), "message-id");
    assert_eq!(second.message_id(), "message-id-2");
    assert_eq!(
        (third.message_id(), third.body().as_str()),
        ("message-id-3", "c")
    );
    assert_eq!(
        (first.group_id(), first.receive_count()),
        (Some("g"), Some(3))
    );
    assert_eq!((second.group_id(), second.receive_count()), (None, Some(1)));
    assert_eq!((first.queue_name(), first.is_fifo()), ("orders.fifo", true));
    let attributes = second.message_attributes();
    assert_eq!(attributes["Kind"].string_value(), Some("order"));
    let numbers = SqsRecord::<Json<Vec<u8>>>::from_record(second.clone()).unwrap();
    assert_eq!(numbers.body().0, [1]);
    let event: SqsEvent = read(sqs(["a"]));
    assert!(!event.records()[0].is_fifo());
}

#[test]
fn kinesis_data_comes_back() {
    let event: KinesisEvent = read(kinesis([
        KinesisData::from("a").partition_key("p"),
        KinesisData::from([255, 0]),
        KinesisData::from(json!({})),
    ]));
    let data: Vec<&[u8]> = event.records().iter().map(|it| &it.data()[..]).collect();
    assert_eq!(data, [&b"a"[..], &[255, 0], b"{}"]);
    let [first, second, _] = event.records() else {
        panic!("{event:?}")
    };
    assert_eq!(
        (first.sequence_number(), first.partition_key()),
        ("12345", "p")
    );
    assert_eq!(
        (second.sequence_number(), second.partition_key()),
        ("12346", "1")
    );
    assert_eq!(second.event_id(), "shardId-000000000006:12346");
    assert_eq!(second.stream_name(), "stream-name");
}

#[test]
fn dynamodb_items_come_back() {
    let (old, new) = (
        json!({ "id": 17, "count": 2 }),
        json!({ "id": 17, "count": 1 }),
    );
    let event: DynamoDbEvent = read(
        dynamodb([
            DynamoDbChange::insert(&old),
            DynamoDbChange::modify(&old, &new).keys(json!({ "id": 17 })),
            DynamoDbChange::remove(&new).sequence_number("7"),
        ])
        .table("orders"),
    );
    let records: Vec<DynamoDbRecord<Value>> = event
        .into_iter()
        .map(|record| DynamoDbRecord::from_record(record).unwrap())
        .collect();
    let [insert, modify, remove] = &records[..] else {
        panic!("{records:?}")
    };
    assert!(insert.is_insert() && modify.is_modify() && remove.is_remove());
    assert_eq!((insert.old_image(), insert.new_image()), (None, Some(&old)));
    assert_eq!(
        (modify.old_image(), modify.new_image()),
        (Some(&old), Some(&new))
    );
    assert_eq!((remove.old_image(), remove.new_image()), (Some(&new), None));
    assert_eq!(modify.keys_as::<Value>().unwrap(), json!({ "id": 17 }));
    let numbers: Vec<&str> = records
        .iter()
        .map(DynamoDbRecord::sequence_number)
        .collect();
    assert_eq!(numbers, ["111", "112", "7"]);
    assert_eq!(modify.table_name(), "orders");
}

#[test]
fn details_come_back() {
    let event: CloudWatchEvent<Vec<u8>> = read(
        cloudwatch("shop", "Order", json!([1]))
            .region("eu-west-1")
            .account("1")
            .id("i")
            .time("1970-01-01T00:00:01Z"),
    );
    assert_eq!((event.source(), event.detail_type()), ("shop", "Order"));
    assert_eq!(
        (event.region(), event.account(), event.id()),
        ("eu-west-1", "1", "i")
    );
    let time = std::time::UNIX_EPOCH + std::time::Duration::from_secs(1);
    assert_eq!((event.detail(), event.time()), (&vec![1], Some(time)));

    let event: ScheduledEvent = read(schedule("nightly"));
    assert_eq!(
        (event.source(), event.rule_name()),
        ("aws.events", Some("nightly"))
    );
}

#[test]
fn connections_come_back() {
    let event: WebsocketEvent = read(
        websocket_connect("c")
            .header("Cookie", "a=1")
            .header("Cookie", "b=2")
            .query("q", "1")
            .query("q", "2")
            .domain_name("ws.example.com")
            .stage("v1")
            .authorizer(json!({ "principalId": "user" })),
    );
    assert_eq!(event.event_type(), WebsocketEventType::Connect);
    assert_eq!(
        (event.connection_id(), event.route_key()),
        ("c", "$connect")
    );
    assert_eq!(
        (event.domain_name(), event.stage()),
        ("ws.example.com", "v1")
    );
    assert_eq!(event.headers().get_all("cookie").iter().count(), 2);
    assert_eq!(event.query().get_all("q").collect::<Vec<_>>(), ["1", "2"]);
    assert!(event.request_context().get().contains("principalId"));

    let event: WebsocketEvent = read(websocket_message("c", json!({ "n": 1 })).route_key("join"));
    assert_eq!(event.event_type(), WebsocketEventType::Message);
    assert_eq!(
        (event.route_key(), event.text().unwrap()),
        ("join", r#"{"n":1}"#)
    );

    let event: WebsocketEvent = read(websocket_binary_message("c", [255, 0]));
    assert_eq!(event.body().as_ref(), [255, 0]);

    let event: WebsocketEvent = read(websocket_disconnect("c"));
    assert_eq!(event.event_type(), WebsocketEventType::Disconnect);
    assert_eq!(
        (event.disconnect_status_code(), event.disconnect_reason()),
        (Some(1000), None)
    );
}
