//! Handlers of event sources, through the test client.

mod deliveries;
mod manifest;

use std::sync::Mutex;

use chalice::{
    prelude::*,
    test::{Client, events},
};
use deliveries::{s3, s3_by_eventbridge, sns, sqs};

#[derive(AppState)]
struct Shared {
    log: Log,
}

#[derive(Default)]
struct Log(Mutex<Vec<String>>);

impl Log {
    fn note(&self, text: impl Into<String>) {
        self.0.lock().unwrap().push(text.into());
    }

    fn lines(&self) -> Vec<String> {
        self.0.lock().unwrap().clone()
    }
}

impl Shared {
    async fn new() -> Result<Shared> {
        Ok(Shared {
            log: Log::default(),
        })
    }
}

#[derive(Deserialize)]
struct Order {
    article: String,
}

#[on_s3_event(
    bucket = "mybucket",
    events = ["s3:ObjectCreated:*"],
    prefix = "images/",
    suffix = ".jpg",
    description = "Makes thumbnails",
)]
async fn resize(event: S3Event, log: State<Log>) -> Result<()> {
    log.note(format!("{}/{}", event.bucket(), event.key()));
    Ok(())
}

#[on_s3_event(bucket = "otherbucket")]
fn each_object(record: S3Record, log: State<Log>) {
    log.note(record.key());
}

#[on_sns_message(topic = "mytopic")]
async fn notify(event: SnsEvent, log: State<Log>) -> Result<()> {
    log.note(event.message());
    Ok(())
}

#[on_sns_message(topic = "arn:aws:sns:us-east-1:123456789012:orders")]
async fn notify_each(record: SnsRecord<Json<Order>>, log: State<Log>) -> Result<()> {
    log.note(&record.message().article);
    Ok(())
}

#[on_sqs_message(queue = "orders", batch_size = 10)]
async fn order(record: SqsRecord<Json<Order>>, log: State<Log>) -> Result<()> {
    let article = &record.body().article;
    log.note(article);
    match article.as_str() {
        "panic" => panic!("panicked"),
        "fail" => Err(HttpError::bad_request("failed")),
        _ => Ok(()),
    }
}

#[on_sqs_message(queue = "exact", report_batch_item_failures = false)]
async fn all_or_nothing(record: SqsRecord<Json<Order>>) -> Result<()> {
    match record.body().article.as_str() {
        "fail" => Err(HttpError::bad_request("failed")),
        _ => Ok(()),
    }
}

#[on_sqs_message(queue = "orders.fifo")]
fn fifo(record: SqsRecord, log: State<Log>) -> Result<()> {
    log.note(record.body());
    if record.body().starts_with("fail") {
        return Err(HttpError::bad_request("failed"));
    }
    Ok(())
}

#[on_sqs_message(queue_arn = "arn:aws:sqs:us-east-1:123456789012:raw")]
fn whole(event: SqsEvent) -> BatchItemFailures {
    let mut failures = BatchItemFailures::new();
    for record in &event {
        if record.body() == "fail" {
            failures.add(record);
        }
    }
    failures
}

#[on_sqs_message(queue = "plain")]
async fn whole_plain(_event: SqsEvent) {}

#[on_kinesis_record(stream = "mystream", starting_position = "TRIM_HORIZON")]
async fn measure(record: KinesisRecord<String>, log: State<Log>) -> Result<()> {
    log.note(record.data());
    if record.data() == "fail" {
        return Err(HttpError::bad_request("failed"));
    }
    Ok(())
}

/// How often each key was clicked within a minute.
#[on_kinesis_record(stream = "clicks", tumbling_window_in_seconds = 60)]
async fn count(event: KinesisEvent, log: State<Log>) -> Result<WindowState<Totals>> {
    let mut window = event.window::<Totals>()?;
    for record in &event {
        window.state.clicks += u32::try_from(record.data().len())?;
    }
    if window.is_final {
        log.note(format!("{} in {}", window.state.clicks, window.shard_id));
    }
    Ok(WindowState::new(window.state))
}

#[derive(Default, Deserialize, Serialize)]
struct Totals {
    clicks: u32,
}

#[on_dynamodb_record(
    stream_arn = "arn:aws:dynamodb:us-east-1:123456789012:table/Music/stream/2026-01-01T00:00:00.000",
    filters = [{ "eventName": ["INSERT"] }],
)]
async fn changed(record: DynamoDbRecord<Order>, log: State<Log>) -> Result<()> {
    log.note(&record.new_image().unwrap().article);
    Ok(())
}

#[derive(Deserialize)]
struct StateChange {
    state: String,
}

#[on_cw_event(pattern = { "source": ["aws.ec2"], "detail": { "state": ["stopped"] } }, event_bus = "machines")]
async fn stopped(event: CloudWatchEvent<StateChange>, log: State<Log>) -> Result<()> {
    log.note(format!("{} {}", event.source(), event.detail().state));
    Ok(())
}

#[schedule("rate(1 hour)", description = "Sweeps")]
fn sweep(event: ScheduledEvent, log: State<Log>) {
    log.note(event.source());
}

#[schedule(Rate::minutes(5))]
fn tick(log: State<Log>) {
    log.note("tick");
}

#[schedule(Cron::new("0", "18", "?", "*", "MON-FRI", "*"))]
async fn closing_time() {}

#[on_ws_connect]
fn connect(event: WebsocketEvent, log: State<Log>) -> Result<Response> {
    log.note(format!(
        "{:?} {}",
        event.event_type(),
        event.connection_id()
    ));
    if event.header("x-key").is_none() {
        return Err(HttpError::forbidden("no key"));
    }
    Ok(StatusCode::OK
        .into_response()
        .with_header("sec-websocket-protocol", "chat"))
}

#[on_ws_message]
async fn message(event: WebsocketEvent, log: State<Log>) -> Result<()> {
    let order: Order = event.json_body()?;
    log.note(order.article);
    Ok(())
}

#[on_ws_message("subscribe")]
async fn subscribe(event: WebsocketEvent) -> Result<String> {
    Ok(event.text()?.to_uppercase())
}

#[on_ws_disconnect(name = "bye")]
fn disconnect(_event: WebsocketEvent) -> Result<()> {
    Err(std::io::Error::other("the table is gone"))?
}

#[app]
static APP: App = App {
    name: "events",
    handlers: [
        resize,
        each_object,
        notify,
        notify_each,
        order,
        all_or_nothing,
        fifo,
        whole,
        whole_plain,
        measure,
        count,
        changed,
        stopped,
        sweep,
        tick,
        closing_time,
        connect,
        message,
        subscribe,
        disconnect,
    ],
    state: Shared::new,
};

/// What the function answers, and what its handlers noted.
async fn invoke(
    function: &str,
    event: impl Serialize,
) -> (std::result::Result<Value, String>, Vec<String>) {
    let client = Client::new(&APP).await.unwrap();
    let answer = client.lambda(function).invoke(event).await;
    (
        answer.map_err(|error| error.to_string()),
        client.state().log.lines(),
    )
}

fn order_of(article: &str) -> String {
    json!({ "article": article }).to_string()
}

fn failures(identifiers: &[&str]) -> Value {
    let failures: Vec<Value> = identifiers
        .iter()
        .map(|identifier| json!({ "itemIdentifier": identifier }))
        .collect();
    json!({ "batchItemFailures": failures })
}

#[tokio::test]
async fn notifications_of_s3() {
    let (answer, log) = invoke("resize", s3(&["images/a.jpg"])).await;
    assert_eq!(answer, Ok(Value::Null));
    assert_eq!(log, ["mybucket/images/a.jpg"]);
    let (answer, log) = invoke("each_object", s3(&["a", "b"])).await;
    assert_eq!(answer, Ok(Value::Null));
    assert_eq!(log, ["a", "b"]);
}

#[tokio::test]
async fn events_of_buckets_by_eventbridge() {
    for (function, key, noted) in [
        ("resize", "images/a b+%.jpg", "mybucket/images/a b+%.jpg"),
        ("each_object", "a%20b", "a%20b"),
    ] {
        let (answer, log) = invoke(function, s3_by_eventbridge(key)).await;
        assert_eq!((answer, log), (Ok(Value::Null), vec![noted.to_owned()]));
    }
    let mut event = s3_by_eventbridge("a");
    event["source"] = "aws.ec2".into();
    let error = invoke("resize", event).await.0.unwrap_err();
    assert!(
        error.starts_with("Chalice.MalformedEvent: the event is none of Amazon S3"),
        "{error}"
    );
    assert!(error.contains("its `source` is not `aws.s3`"), "{error}");
}

#[tokio::test]
async fn an_event_of_another_source_fails_the_invocation() {
    let (answer, log) = invoke("resize", sns("hello")).await;
    let error = answer.unwrap_err();
    assert!(
        error.starts_with("Chalice.MalformedEvent: the event is none of Amazon S3"),
        "{error}"
    );
    assert!(log.is_empty());
}

#[tokio::test]
async fn messages_of_sns() {
    assert_eq!(invoke("notify", sns("hello")).await.1, ["hello"]);
    let (answer, log) = invoke("notify_each", sns(&order_of("tea"))).await;
    assert_eq!((answer, log), (Ok(Value::Null), vec!["tea".to_owned()]));
    let (answer, _) = invoke("notify_each", sns("no order")).await;
    assert!(answer.unwrap_err().contains("message"));
}

#[tokio::test]
async fn each_message_of_a_queue_fails_by_itself() {
    let bodies = ["tea", "fail", "panic", "milk"].map(order_of);
    let messages = [
        ("", &*bodies[0]),
        ("", &*bodies[1]),
        ("", "not JSON"),
        ("", &*bodies[2]),
        ("", &*bodies[3]),
    ];
    let (answer, log) = invoke("order", sqs("orders", &messages)).await;
    assert_eq!(answer, Ok(failures(&["m1", "m2", "m3"])));
    assert_eq!(log, ["tea", "fail", "panic", "milk"]);
    let (answer, _) = invoke("order", sqs("orders", &messages[..1])).await;
    assert_eq!(answer, Ok(failures(&[])));
}

#[tokio::test]
async fn without_reports_one_failure_fails_the_invocation() {
    let bodies = ["tea", "fail"].map(order_of);
    let (answer, _) = invoke(
        "all_or_nothing",
        sqs("orders", &[("", &bodies[0]), ("", &bodies[1])]),
    )
    .await;
    assert_eq!(answer, Err("BadRequestError: failed".to_owned()));
    let (answer, _) = invoke("all_or_nothing", sqs("orders", &[("", &bodies[0])])).await;
    assert_eq!(answer, Ok(Value::Null));
}

#[tokio::test]
async fn in_a_fifo_queue_the_rest_of_a_group_waits() {
    let messages = [("a", "1"), ("a", "fail 2"), ("b", "3"), ("a", "4")];
    let (answer, log) = invoke("fifo", sqs("orders.fifo", &messages)).await;
    assert_eq!(answer, Ok(failures(&["m1", "m3"])));
    assert_eq!(log, ["1", "fail 2", "3"]);
}

#[tokio::test]
async fn whole_batches() {
    let (answer, _) = invoke("whole", sqs("raw", &[("", "fail"), ("", "fine")])).await;
    assert_eq!(answer, Ok(failures(&["m0"])));
    let (answer, _) = invoke("whole_plain", sqs("plain", &[("", "fine")])).await;
    assert_eq!(answer, Ok(Value::Null));
}

#[tokio::test]
async fn a_failed_record_of_a_stream_stops_the_batch() {
    // "one", "fail", "three", in base64.
    let records: Vec<Value> = ["b25l", "ZmFpbA==", "dGhyZWU="]
        .iter()
        .enumerate()
        .map(|(at, data)| {
            json!({
                "kinesis": {
                    "kinesisSchemaVersion": "1.0", "partitionKey": "1", "sequenceNumber": format!("s{at}"),
                    "data": data, "approximateArrivalTimestamp": 1.5,
                },
                "eventSource": "aws:kinesis", "eventVersion": "1.0", "eventID": "shard:s", "eventName":
                "aws:kinesis:record", "invokeIdentityArn": "arn:aws:iam::123456789012:role/r",
                "awsRegion": "us-east-1",
                "eventSourceARN": "arn:aws:kinesis:us-east-1:123456789012:stream/mystream",
            })
        })
        .collect();
    let (answer, log) = invoke("measure", json!({ "Records": records })).await;
    assert_eq!(answer, Ok(failures(&["s1"])));
    assert_eq!(log, ["one", "fail"]);
}

#[tokio::test]
async fn a_window_over_a_stream() {
    let event = |state: Value, records: Value, is_final: bool| {
        json!({
            "Records": records, "state": state, "shardId": "shard-1",
            "window": { "start": "2026-01-01T00:00:00Z", "end": "2026-01-01T00:01:00Z" },
            "isFinalInvokeForWindow": is_final, "isWindowTerminatedEarly": false,
            "eventSourceARN": "arn:aws:kinesis:us-east-1:123456789012:stream/clicks",
        })
    };
    let mut records = serde_json::to_value(events::kinesis(["one", "three"])).unwrap();
    let records = records["Records"].take();
    let (answer, log) = invoke("count", event(json!({}), records, false)).await;
    let after = json!({ "state": { "clicks": 8 }, "batchItemFailures": [] });
    assert_eq!((answer.as_ref(), log.len()), (Ok(&after), 0));
    let last = event(answer.unwrap()["state"].take(), json!([]), true);
    let (answer, log) = invoke("count", last).await;
    assert_eq!((answer, log), (Ok(after), vec!["8 in shard-1".to_owned()]));
    let (answer, _) = invoke("count", json!({ "Records": [] })).await;
    assert!(answer.unwrap_err().contains("it has no `window`"));
}

#[tokio::test]
async fn changes_of_a_table() {
    let event = json!({ "Records": [{
        "eventID": "1", "eventName": "INSERT", "eventVersion": "1.1", "eventSource": "aws:dynamodb",
        "awsRegion": "us-east-1",
        "dynamodb": {
            "ApproximateCreationDateTime": 1, "Keys": { "article": { "S": "tea" } },
            "NewImage": { "article": { "S": "tea" } }, "SequenceNumber": "111", "SizeBytes": 1,
            "StreamViewType": "NEW_IMAGE",
        },
        "eventSourceARN": "arn:aws:dynamodb:us-east-1:123456789012:table/Music/stream/2026-01-01T00:00:00.000",
    }] });
    let (answer, log) = invoke("changed", event).await;
    assert_eq!((answer, log), (Ok(failures(&[])), vec!["tea".to_owned()]));
}

#[tokio::test]
async fn events_of_eventbridge() {
    let event = events::cloudwatch("aws.ec2", "State change", json!({ "state": "stopped" }));
    let (answer, log) = invoke("stopped", event).await;
    assert_eq!(
        (answer, log),
        (Ok(Value::Null), vec!["aws.ec2 stopped".to_owned()])
    );
    let event = events::cloudwatch("aws.ec2", "State change", json!({ "state": 1 }));
    let (answer, log) = invoke("stopped", event).await;
    assert!(answer.unwrap_err().starts_with("Chalice.MalformedEvent: "));
    assert!(log.is_empty());
}

#[tokio::test]
async fn schedules() {
    let (answer, log) = invoke("sweep", events::schedule("nightly")).await;
    assert_eq!(
        (answer, log),
        (Ok(Value::Null), vec!["aws.events".to_owned()])
    );
    assert_eq!(
        invoke("tick", events::schedule("nightly")).await.1,
        ["tick"]
    );
    let (answer, _) = invoke("closing_time", json!("not an event")).await;
    assert!(answer.is_err());
}

#[tokio::test]
async fn connections() {
    let (answer, log) = invoke("websocket_connect", events::websocket_connect("c1")).await;
    let refusal = r#"{"Code":"ForbiddenError","Message":"no key"}"#;
    let headers = json!({ "content-type": "application/json" });
    assert_eq!(
        answer,
        Ok(json!({ "statusCode": 403, "headers": headers, "body": refusal }))
    );
    assert_eq!(log, ["Connect c1"]);
    let event = events::websocket_connect("c1").header("x-key", "k");
    let (answer, _) = invoke("websocket_connect", event).await;
    assert_eq!(
        answer,
        Ok(json!({ "statusCode": 200, "headers": { "sec-websocket-protocol": "chat" } }))
    );
    let event = events::websocket_message("c1", order_of("tea"));
    let (answer, log) = invoke("websocket_message", event).await;
    assert_eq!(
        (answer, log),
        (Ok(json!({ "statusCode": 200 })), vec!["tea".to_owned()])
    );
    let (answer, _) = invoke("websocket_message", events::websocket_message("c1", "x")).await;
    assert_eq!(answer.unwrap()["statusCode"], 400);
    let (answer, _) = invoke("subscribe", events::websocket_message("c1", "x")).await;
    assert_eq!(answer.unwrap()["body"], "X");
    let (answer, _) = invoke("bye", events::websocket_disconnect("c1")).await;
    assert!(answer.unwrap_err().ends_with(": the table is gone"));
}
