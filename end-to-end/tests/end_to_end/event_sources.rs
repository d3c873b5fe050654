//! `examples/events`, as AWS Lambda runs it: every event source with an event as
//! the source sends it, and what goes wrong.

use std::path::PathBuf;

use serde_json::{Value, json};

use crate::{
    cargo,
    lambda_function::LambdaFunction,
    runtime_api::{Answer, ErrorReport},
};

/// An event of the example.
macro_rules! event {
    ($name:literal) => {
        serde_json::from_str::<Value>(include_str!(concat!(
            "../../../examples/events/events/",
            $name,
            ".json"
        )))
        .unwrap()
    };
}

fn executable() -> PathBuf {
    let mut command = cargo::cargo(cargo::workspace());
    command.args(["build", "--locked", "--package", "events"]);
    let target = cargo::target_directory();
    cargo::build(&mut command, target, "debug/events", "events-dev")
}

/// A process that is the function of that name.
fn start(function: &str) -> LambdaFunction {
    LambdaFunction::start(&executable(), &[("_HANDLER", function)])
}

/// What the function posts as its response.
#[track_caller]
fn response(function: &LambdaFunction, event: &Value) -> Value {
    match function.invoke(event) {
        Answer::Response(response) => response,
        answer => panic!("{answer:?}"),
    }
}

/// What the function posts as its error: type and message.
#[track_caller]
fn error(function: &LambdaFunction, event: &Value) -> (String, String) {
    match function.invoke(event) {
        Answer::Error(ErrorReport { kind, message }) => (kind, message),
        answer => panic!("{answer:?}"),
    }
}

/// What the function posts as its error when the event is none of its source: the
/// reason why.
#[track_caller]
fn refusal(function: &LambdaFunction, event: &Value) -> String {
    let (kind, message) = error(function, event);
    assert_eq!(kind, "Chalice.MalformedEvent", "{message}");
    message
}

/// Ends the function; the messages in its log.
#[track_caller]
fn messages(function: LambdaFunction) -> Vec<String> {
    let lines = lines(function);
    let message = |line: &Value| line["message"].as_str().unwrap().to_owned();
    lines.iter().map(message).collect()
}

/// Ends the function; its log.
#[track_caller]
fn lines(function: LambdaFunction) -> Vec<Value> {
    let log = function.end();
    log.lines()
        .map(|line| serde_json::from_str(line).unwrap_or_else(|_| panic!("{line}")))
        .collect()
}

/// The answer that has those records of the batch sent again.
fn failures(identifiers: &[&Value]) -> Value {
    let failures = identifiers
        .iter()
        .map(|identifier| json!({ "itemIdentifier": identifier }));
    json!({ "batchItemFailures": failures.collect::<Vec<_>>() })
}

#[test]
fn lambda_function() {
    let function = start("Checkout");
    let event = event!("lambda_function");
    assert_eq!(response(&function, &event), json!({ "total": 6 }));
    assert_eq!(
        error(&function, &json!({ "article": "tea", "count": 0 })),
        ("BadRequestError".into(), "an order of nothing".into())
    );
    assert_eq!(
        refusal(&function, &json!({ "article": "tea", "count": "two" })),
        "the event is not what the function takes: invalid type, expected u32 at line 1 column 30"
    );
    assert_eq!(response(&function, &event), json!({ "total": 6 }));
    assert_eq!(
        messages(function),
        ["the invocation failed", "the invocation failed"]
    );
}

#[test]
fn on_s3_event() {
    let function = start("resize");
    let mut event = event!("s3");
    assert_eq!(response(&function, &event), Value::Null);
    event["Records"][0]["s3"]["object"]["size"] = json!(9);
    assert_eq!(
        error(&function, &event),
        ("TooSmall".into(), "the image has 9 bytes".into())
    );
    // The middleware answers.
    event["Records"][0]["s3"]["bucket"]["name"] = json!("bucket-of-others");
    assert_eq!(
        error(&function, &event),
        ("ForbiddenError".into(), "an event of another bucket".into())
    );
    let [note, failed, refused] = &lines(function)[..] else {
        panic!("not three lines")
    };
    assert_eq!(note["message"], "images/Happy Face (café).jpg in mybucket");
    assert_eq!(
        failed["error"],
        json!(["the image has 9 bytes", "no JPEG is shorter than 107 bytes"])
    );
    assert_eq!(refused["error"], json!(["an event of another bucket"]));
    for (line, request) in [(note, 1), (failed, 2), (refused, 3)] {
        let id = format!("8476a536-e9f4-11e8-9739-{request:012x}");
        assert_eq!(line["requestId"], id);
    }
}

#[test]
fn on_sns_message() {
    let function = start("notify");
    let mut event = event!("sns");
    assert_eq!(response(&function, &event), Value::Null);
    // Published without a subject.
    event["Records"][0]["Sns"]["Subject"] = Value::Null;
    assert_eq!(response(&function, &event), Value::Null);
    event["Records"][0]["Sns"]
        .as_object_mut()
        .unwrap()
        .remove("Message");
    refusal(&function, &event);
    assert_eq!(
        messages(function),
        [
            "TestInvoke: Hello from SNS!",
            "no subject: Hello from SNS!",
            "the invocation failed"
        ]
    );
}

#[test]
fn on_sqs_message_one_at_a_time() {
    let function = start("order");
    let event = event!("sqs");
    let id = |at: usize| &event["Records"][at]["messageId"];
    // An order of nothing, and what is no order.
    assert_eq!(response(&function, &event), failures(&[id(1), id(2)]));
    let mut good = event.clone();
    good["Records"].as_array_mut().unwrap().truncate(1);
    assert_eq!(response(&function, &good), failures(&[]));
    let lines = lines(function);
    for message in [
        "2 of lamp",
        "1 of tea",
        "2 of 4 messages failed",
        "0 of 1 messages failed",
    ] {
        assert!(
            lines.iter().any(|line| line["message"] == message),
            "{message}: {lines:?}"
        );
    }
    for (id, error_type) in [(id(1), "BadRequestError"), (id(2), "RecordError")] {
        let line = lines.iter().find(|line| line["itemIdentifier"] == *id);
        assert_eq!(line.unwrap()["errorType"], error_type);
    }
}

#[test]
fn on_sqs_message_of_a_fifo_queue() {
    let function = start("order");
    let event = event!("sqs_fifo");
    let id = |at: usize| &event["Records"][at]["messageId"];
    // The first message of a group fails, so that the other one has to wait.
    assert_eq!(response(&function, &event), failures(&[id(0), id(2)]));
    let messages = messages(function);
    assert!(messages.iter().any(|line| line == "1 of tea"));
    assert!(!messages.iter().any(|line| line == "3 of lamp"));
}

#[test]
fn on_sqs_message_as_a_batch() {
    let function = start("orders");
    let event = event!("sqs_batch");
    let id = &event["Records"][1]["messageId"];
    assert_eq!(response(&function, &event), failures(&[id]));
    assert_eq!(messages(function), ["1 of 2 messages failed"]);
}

#[test]
fn on_kinesis_record() {
    let function = start("click");
    let mut event = event!("kinesis");
    assert_eq!(response(&function, &event), failures(&[]));
    // No UTF-8. The record behind it waits.
    event["Records"][0]["kinesis"]["data"] = json!("/w==");
    let number = event["Records"][0]["kinesis"]["sequenceNumber"].clone();
    assert_eq!(response(&function, &event), failures(&[&number]));
    let messages = messages(function);
    assert_eq!(
        messages[..2],
        ["Hello, this is a test.", "This is only a test."]
    );
    assert_eq!(messages.len(), 3);
    assert!(messages[2].contains(number.as_str().unwrap()));
}

#[test]
fn on_dynamodb_record() {
    let function = start("stored");
    let mut event = event!("dynamodb");
    assert_eq!(response(&function, &event), failures(&[]));
    // The second order is none.
    event["Records"][1]["dynamodb"]["NewImage"]["count"] = json!({ "S": "seven" });
    let number = event["Records"][1]["dynamodb"]["SequenceNumber"].clone();
    assert_eq!(response(&function, &event), failures(&[&number]));
    let messages = messages(function);
    assert_eq!(
        messages[..3],
        ["stored 2 of lamp", "stored 7 of tea", "stored 2 of lamp"]
    );
    assert_eq!(messages.len(), 4);
    assert!(messages[3].contains(number.as_str().unwrap()));
    assert!(!messages[3].contains("seven"));
}

#[test]
fn on_cw_event() {
    let function = start("pushed");
    let mut event = event!("cw_event");
    assert_eq!(response(&function, &event), Value::Null);
    event["detail"] = json!({ "repositoryName": "secret" });
    let refusal = refusal(&function, &event);
    assert!(refusal.contains("referenceName"), "{refusal}");
    assert!(!refusal.contains("secret"), "{refusal}");
    assert_eq!(
        messages(function),
        ["myBranch of MyDemoRepo", "the invocation failed"]
    );
}

#[test]
fn schedule() {
    let function = start("sweep");
    assert_eq!(response(&function, &event!("schedule")), Value::Null);
    assert_eq!(messages(function), ["swept for my-schedule"]);
}

#[test]
fn on_ws_connect() {
    let function = start("websocket_connect");
    let mut event = event!("websocket_connect");
    assert_eq!(response(&function, &event), json!({ "statusCode": 200 }));
    // Not a failed invocation: API Gateway would answer the client with a 500.
    for headers in ["headers", "multiValueHeaders"] {
        event[headers].as_object_mut().unwrap().remove("X-Key");
    }
    let refused = response(&function, &event);
    assert_eq!(refused["statusCode"], 403);
    let body: Value = serde_json::from_str(refused["body"].as_str().unwrap()).unwrap();
    assert_eq!(
        body,
        json!({ "Code": "ForbiddenError", "Message": "the header `X-Key` is missing or wrong" })
    );
    assert_eq!(messages(function), [""; 0]);
}

#[test]
fn on_ws_message() {
    let function = start("websocket_message");
    let mut event = event!("websocket_message");
    let answer = response(&function, &event);
    assert_eq!(
        (&answer["statusCode"], &answer["body"]),
        (&json!(200), &json!("HELLO, GRÜEZI"))
    );
    // Binary, and no text.
    event["body"] = json!("/w==");
    event["isBase64Encoded"] = json!(true);
    assert_eq!(response(&function, &event)["statusCode"], 400);
    event["body"] = json!("no base64");
    refusal(&function, &event);
    assert_eq!(messages(function), ["the invocation failed"]);
}

#[test]
fn on_ws_disconnect() {
    let function = start("websocket_disconnect");
    let event = event!("websocket_disconnect");
    assert_eq!(response(&function, &event), json!({ "statusCode": 200 }));
    assert_eq!(
        messages(function),
        ["XfGLwfSxtjMCFJA= is gone: Client-side close frame status not set"]
    );
}

#[test]
fn events_of_other_sources_are_refused() {
    let events = [
        ("Amazon S3", event!("s3")),
        ("Amazon SNS", event!("sns")),
        ("Amazon SQS", event!("sqs")),
        ("Amazon Kinesis", event!("kinesis")),
        ("Amazon DynamoDB", event!("dynamodb")),
        ("Amazon EventBridge", event!("cw_event")),
        ("a WebSocket API", event!("websocket_message")),
    ];
    for (name, source) in [
        ("resize", "Amazon S3"),
        ("notify", "Amazon SNS"),
        ("order", "Amazon SQS"),
        ("orders", "Amazon SQS"),
        ("click", "Amazon Kinesis"),
        ("stored", "Amazon DynamoDB"),
        ("pushed", "Amazon EventBridge"),
        ("sweep", "Amazon EventBridge"),
        ("websocket_connect", "a WebSocket API"),
        ("websocket_message", "a WebSocket API"),
        ("websocket_disconnect", "a WebSocket API"),
    ] {
        let function = start(name);
        let mut refused = 0;
        for (_, event) in events.iter().filter(|(sender, _)| *sender != source) {
            let message = refusal(&function, event);
            let beginning = format!("the event is none of {source}, which invokes this function: ");
            assert!(message.starts_with(&beginning), "{name}: {message}");
            refused += 1;
        }
        assert_eq!(refused, 6);
        for event in [json!(null), json!([17]), json!("text"), json!({})] {
            refusal(&function, &event);
        }
        assert_eq!(messages(function), ["the invocation failed"; 10]);
    }
}

#[test]
fn several_batches_at_a_time() {
    let variables = [("_HANDLER", "order"), ("AWS_LAMBDA_MAX_CONCURRENCY", "4")];
    let function = LambdaFunction::start(&executable(), &variables);
    std::thread::scope(|scope| {
        for batch in 0..8 {
            let function = &function;
            scope.spawn(move || {
                let mut event = event!("sqs");
                for (at, record) in event["Records"]
                    .as_array_mut()
                    .unwrap()
                    .iter_mut()
                    .enumerate()
                {
                    record["messageId"] = json!(format!("{batch}-{at}"));
                }
                let failed = [1, 2].map(|at| json!(format!("{batch}-{at}")));
                assert_eq!(
                    response(function, &event),
                    failures(&[&failed[0], &failed[1]])
                );
            });
        }
    });
    // Each line says which batch it is about.
    let lines = lines(function);
    let failed = lines
        .iter()
        .filter(|line| !line["itemIdentifier"].is_null());
    let mut batches: Vec<_> = failed
        .map(|line| {
            let identifier = line["itemIdentifier"].as_str().unwrap();
            (line["requestId"].as_str().unwrap(), &identifier[..1])
        })
        .collect();
    batches.sort_unstable();
    batches.dedup();
    assert_eq!(batches.len(), 8, "{batches:?}");
}

#[test]
fn what_is_no_json_is_a_failed_invocation_and_no_more() {
    let function = start("notify");
    match function.api().invoke(b"{\"Records\": [".to_vec()) {
        Answer::Error(_) => {}
        answer => panic!("{answer:?}"),
    }
    assert_eq!(response(&function, &event!("sns")), Value::Null);
    function.end();
}

#[test]
fn a_function_that_the_app_does_not_have() {
    // The Rust function's name, where the attribute gives another.
    let function = start("checkout");
    let error = function.api().init_error();
    assert_eq!(error.kind, "Chalice.UnknownFunction");
    for part in [
        "`checkout`",
        "`events`",
        "`Checkout`",
        "`resize`",
        "`websocket_connect`",
    ] {
        assert!(error.message.contains(part), "{error:?}");
    }
    let (status, log) = function.wait();
    assert_eq!(status.code(), Some(1));
    assert!(log.contains(&error.message), "{log}");
}
