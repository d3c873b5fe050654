use chalice_core::manifest::model::FunctionKind;
use clap::Parser;
use serde_json::json;

use super::*;

#[derive(Debug, Parser)]
struct Line {
    #[command(flatten)]
    event: EventOptions,
}

fn options(words: &[&str]) -> EventOptions {
    let words = std::iter::once(&"invoke").chain(words);
    Line::try_parse_from(words).unwrap().event
}

/// A function of the manifest, with these settings of its kind.
fn function(settings: Value) -> Function {
    if settings["type"] == "rest_api" {
        return Function {
            name: "api_handler".to_owned(),
            grants: Vec::new(),
            kind: FunctionKind::RestApi {},
        };
    }
    let mut function = json!({
        "name": "handler", "on_failure": null, "description": null,
        "source": {"module": "m", "item": "handler", "file": "src/main.rs", "line": 1},
    });
    for (name, value) in settings.as_object().unwrap() {
        function[name] = value.clone();
    }
    if ["sqs", "websocket"].contains(&function["type"].as_str().unwrap()) {
        function.as_object_mut().unwrap().remove("on_failure");
    }
    serde_json::from_value(function).unwrap()
}

fn made(words: &[&str], settings: Value) -> Value {
    match options(words).make(&function(settings)).unwrap() {
        Made::Event(event) => event,
        Made::Request(request) => panic!("{request:?}"),
    }
}

fn error(words: &[&str], settings: Value) -> String {
    let options = options(words);
    options.make(&function(settings)).unwrap_err().to_string()
}

fn pure() -> Value {
    json!({ "type": "pure_lambda" })
}

#[test]
fn s3() {
    let of_bucket = json!({
        "type": "s3", "bucket": "photos", "events": [], "prefix": null, "suffix": null,
    });
    let event = made(
        &[
            "--key",
            "a b.jpg",
            "--size",
            "7",
            "--event-name",
            "s3:ObjectRemoved:Delete",
        ],
        of_bucket.clone(),
    );
    let record = &event["Records"][0];
    assert_eq!(record["s3"]["bucket"]["name"], "photos");
    assert_eq!(record["s3"]["object"]["key"], "a+b.jpg");
    assert_eq!(record["s3"]["object"]["size"], 7);
    assert_eq!(record["eventName"], "ObjectRemoved:Delete");
    let event = made(&["--bucket", "other", "--key", "a"], of_bucket);
    assert_eq!(event, Value::from(chalice_events::s3("other", "a")));
}

#[test]
fn sns() {
    let of_topic = json!({
        "type": "sns", "topic": null, "topic_arn": "arn:aws:sns:us-east-1:1:news",
        "filter_policy": null, "filter_policy_scope": "MessageAttributes",
    });
    let event = made(
        &[
            "--message",
            "m",
            "--subject",
            "s",
            "--attribute",
            "kind=a=b",
        ],
        of_topic,
    );
    let sns = &event["Records"][0]["Sns"];
    assert_eq!(
        (&sns["Message"], &sns["Subject"]),
        (&json!("m"), &json!("s"))
    );
    assert!(sns["TopicArn"].as_str().unwrap().ends_with(":news"));
    assert_eq!(
        sns["MessageAttributes"],
        json!({ "kind": { "Type": "String", "Value": "a=b" } })
    );
}

#[test]
fn sqs_and_kinesis() {
    let event = made(
        &[
            "--event",
            "sqs",
            "--body",
            "a",
            "--body",
            "b",
            "--queue",
            "q.fifo",
            "--group-id",
            "g",
        ],
        pure(),
    );
    assert_eq!(event["Records"][1]["body"], "b");
    assert_eq!(event["Records"][0]["attributes"]["MessageGroupId"], "g");
    assert_eq!(
        event["Records"][1]["eventSourceARN"],
        "arn:aws:sqs:us-west-2:12345:q.fifo"
    );
    let event = made(
        &[
            "--event",
            "kinesis",
            "--data",
            "a",
            "--stream",
            "s",
            "--partition-key",
            "p",
        ],
        pure(),
    );
    assert_eq!(event["Records"][0]["kinesis"]["data"], "YQ==");
    assert_eq!(event["Records"][0]["kinesis"]["partitionKey"], "p");
}

#[test]
fn dynamodb() {
    for (words, name) in [
        (&["--new-image", "{\"id\": 1}"][..], "INSERT"),
        (&["--old-image", "{\"id\": 1}"], "REMOVE"),
        (
            &["--old-image", "{\"id\": 1}", "--new-image", "{\"id\": 2}"],
            "MODIFY",
        ),
    ] {
        let words = [
            words,
            &[
                "--event",
                "dynamodb",
                "--keys",
                "{\"id\": 1}",
                "--table",
                "t",
            ],
        ]
        .concat();
        let event = made(&words, pure());
        let record = &event["Records"][0];
        assert_eq!(record["eventName"], name);
        assert_eq!(record["dynamodb"]["Keys"], json!({ "id": { "N": "1" } }));
        assert!(
            record["eventSourceARN"]
                .as_str()
                .unwrap()
                .contains(":table/t/")
        );
    }
}

#[test]
fn eventbridge() {
    let rule =
        json!({ "type": "cloudwatch", "event_bus": null, "pattern": { "source": ["aws.ec2"] } });
    let event = made(
        &[
            "--detail-type",
            "State",
            "--detail",
            "{\"a\": 1}",
            "--resource",
            "r",
        ],
        rule.clone(),
    );
    assert_eq!(
        (
            &event["source"],
            &event["detail-type"],
            &event["detail"],
            &event["resources"]
        ),
        (
            &json!("aws.ec2"),
            &json!("State"),
            &json!({ "a": 1 }),
            &json!(["r"])
        )
    );
    // Now, and not when the sample was taken.
    assert!(event["time"].as_str().unwrap() > "2026");
    assert_eq!(
        error(&["--source", "x"], rule),
        "an event of the source `cloudwatch` needs `--detail-type`: what kind of thing happened"
    );
    let schedule = json!({ "type": "scheduled", "schedule": "rate(1 hour)" });
    let event = made(
        &["--event", "schedule", "--time", "2026-01-01T00:00:00Z"],
        schedule,
    );
    assert_eq!(event["time"], "2026-01-01T00:00:00Z");
    assert!(
        event["resources"][0]
            .as_str()
            .unwrap()
            .ends_with(":rule/handler")
    );
}

#[test]
fn websockets() {
    let route = |key: &str| json!({ "type": "websocket", "route_key": key });
    let event = made(
        &["--header", "X-Key: a", "--query", "q=1"],
        route("$connect"),
    );
    assert_eq!(event["requestContext"]["eventType"], "CONNECT");
    assert_eq!(event["headers"]["X-Key"], "a");
    assert_eq!(event["queryStringParameters"]["q"], "1");
    let event = made(&["--body", "hi", "--connection-id", "c"], route("join"));
    let context = &event["requestContext"];
    assert_eq!(
        (
            &context["routeKey"],
            &context["connectionId"],
            &event["body"]
        ),
        (&json!("join"), &json!("c"), &json!("hi"))
    );
    for (key, route_key) in [
        ("connect", "$connect"),
        ("disconnect", "$disconnect"),
        ("message", "$default"),
    ] {
        let event = made(&["--event", "websocket", "--route-key", key], pure());
        assert_eq!(event["requestContext"]["routeKey"], route_key);
    }
    assert_eq!(
        error(&["--body", "x"], route("$disconnect")),
        "`--body` says nothing about events of the route `$disconnect`, whose options are `--route-key` and \
         `--connection-id`"
    );
    assert!(error(&["--query", "a=b"], route("$default")).starts_with("`--query` says nothing"));
    assert_eq!(
        error(&["--body", "x", "--body", "y"], route("$default")),
        "an event of the source `websocket` has one body, and `--body` is given 2 times"
    );
}

#[test]
fn requests() {
    let words = [
        "--method", "POST", "--path", "/a?b=c", "--header", "X-A: 1", "--body", "{}",
    ];
    let Made::Request(request) = options(&words)
        .make(&function(json!({ "type": "rest_api" })))
        .unwrap()
    else {
        panic!("an event");
    };
    assert_eq!(
        (
            request.method().as_str(),
            request.uri().to_string().as_str()
        ),
        ("POST", "/a?b=c")
    );
    assert_eq!(
        (&request.headers()["x-a"], &request.body()[..]),
        (&http::HeaderValue::from_static("1"), &b"{}"[..])
    );
    for path in ["a", "/a b"] {
        let error = error(&["--event", "http", "--path", path], pure());
        assert!(
            error.starts_with(&format!("`--path {path}` is no path")),
            "{error}"
        );
    }
}

#[test]
fn options_of_other_sources() {
    let refused = options(&["--event", "sns", "--message", "m", "--bucket", "b"]).check();
    assert_eq!(
        refused.unwrap_err().to_string(),
        "`--bucket` says nothing about events of the source `sns`, whose options are `--message`, `--subject`, \
         `--topic` and `--attribute`"
    );
    for source in ["s3", "sns", "sqs", "kinesis", "dynamodb"] {
        let error = options(&["--event", source]).check().unwrap_err();
        assert!(matches!(error, EventError::Missing { of, .. } if of == source));
    }
    options(&["--event", "schedule"]).check().unwrap();
    assert!(!options(&[]).any());
    let error = error(&["--key", "k"], pure());
    assert!(
        error.starts_with("no source of events invokes the function `handler`"),
        "{error}"
    );
}
