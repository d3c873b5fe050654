//! `examples/streaming`, as AWS Lambda runs it: what streams, and what does not.

use std::path::PathBuf;

use serde_json::{Value, json};

use crate::{
    cargo,
    lambda_function::LambdaFunction,
    runtime_api::{Answer, Stream},
};

fn executable() -> PathBuf {
    let mut command = cargo::cargo(cargo::workspace());
    command.args(["build", "--locked", "--package", "streaming"]);
    let target = cargo::target_directory();
    cargo::build(&mut command, target, "debug/streaming", "streaming-dev")
}

/// An event of a REST API.
fn rest_api(resource: &str, parameters: Value) -> Value {
    json!({
        "resource": resource, "path": resource, "httpMethod": "GET", "headers": {}, "multiValueHeaders": {},
        "queryStringParameters": null, "multiValueQueryStringParameters": null, "pathParameters": parameters,
        "stageVariables": null, "body": null, "isBase64Encoded": false,
        "requestContext": { "resourcePath": resource, "httpMethod": "GET", "stage": "api" },
    })
}

fn function_url(path: &str) -> Value {
    let mut event: Value = serde_json::from_str(include_str!("events/function_url.json")).unwrap();
    event["rawPath"] = json!(path);
    event
}

#[track_caller]
fn stream(function: &LambdaFunction, event: &Value) -> Stream {
    match function.invoke(event) {
        Answer::Stream(stream) => stream,
        answer => panic!("{answer:?}"),
    }
}

#[track_caller]
fn whole(function: &LambdaFunction, event: &Value) -> Value {
    match function.invoke(event) {
        Answer::Response(response) => response,
        answer => panic!("{answer:?}"),
    }
}

#[test]
fn routes_of_a_rest_api_stream_if_they_say_so() {
    let function = LambdaFunction::start(&executable(), &[]);
    let event = rest_api("/export/{rows}", json!({ "rows": "3" }));
    let streamed = stream(&function, &event);
    assert_eq!(
        streamed.prelude,
        json!({ "statusCode": 200, "headers": { "content-type": "text/csv" } })
    );
    assert_eq!(streamed.body, "number,square\n1,1\n2,4\n3,9\n");
    assert!(streamed.error.is_none());

    // More than AWS Lambda returns as a whole.
    let event = rest_api("/export/{rows}", json!({ "rows": "400000" }));
    let streamed = stream(&function, &event);
    assert!(streamed.body.len() > 6 * 1024 * 1024 && streamed.error.is_none());
    assert_eq!(streamed.body.lines().count(), 400_001);

    // An answer that is no stream goes out as one, too.
    let event = rest_api("/export/{rows}", json!({ "rows": "many" }));
    let streamed = stream(&function, &event);
    assert_eq!(streamed.prelude["statusCode"], 400);
    assert!(streamed.body.starts_with(r#"{"Code":"BadRequestError""#));
    // And the other way round.
    let response = whole(&function, &rest_api("/summary", Value::Null));
    assert_eq!(
        (&response["statusCode"], &response["body"]),
        (&json!(200), &json!("all is well"))
    );
    assert_eq!(
        whole(&function, &rest_api("/nope", Value::Null))["statusCode"],
        404
    );
    assert_eq!(function.end(), "");
}

#[test]
fn what_breaks_off_is_said_in_trailers_and_in_the_log() {
    let function = LambdaFunction::start(&executable(), &[]);
    let log = |name: &str| rest_api("/machines/{name}/log", json!({ "name": name }));
    for (name, body, is_whole) in [
        ("broken", "started\n", false),
        ("steady", "started\nstopped\n", true),
        ("crashed", "started\n", false),
    ] {
        let streamed = stream(&function, &log(name));
        assert_eq!(streamed.prelude["statusCode"], 202);
        assert_eq!(streamed.body, body);
        assert_eq!(streamed.error.is_none(), is_whole, "{name}");
        if let Some(error) = streamed.error {
            assert_eq!(error.kind, "Chalice.StreamEndedEarly");
            assert!(!error.message.is_empty());
        }
    }
    let log = function.end();
    let lines: Vec<Value> = log
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let [broken, panic, crashed] = &lines[..] else {
        panic!("{log}")
    };
    assert_eq!(broken["error"], json!(["the cable is loose"]));
    assert_eq!(panic["message"], "panicked: a gear is missing");
    for (line, request) in [(broken, 1), (panic, 3), (crashed, 3)] {
        let id = format!("8476a536-e9f4-11e8-9739-{request:012x}");
        assert_eq!(line["requestId"], id);
        assert_eq!(line["route"], "GET /machines/{name}/log");
    }
}

#[test]
fn a_function_url_streams_everything() {
    let function = LambdaFunction::start(&executable(), &[]);
    for (path, status, body) in [
        ("/export/1", 200, "number,square\n1,1\n"),
        ("/summary", 200, "all is well"),
        (
            "/nope",
            404,
            "{\"Code\":\"NotFoundError\",\"Message\":\"Not Found\"}",
        ),
    ] {
        let streamed = stream(&function, &function_url(path));
        assert_eq!(
            (&streamed.prelude["statusCode"], streamed.body.as_str()),
            (&json!(status), body)
        );
    }
    // What is no event is no stream either.
    match function.invoke(&json!([17])) {
        Answer::Error(error) => assert_eq!(error.kind, "Chalice.MalformedEvent"),
        answer => panic!("{answer:?}"),
    }
    function.end();
}

#[test]
fn several_events_at_a_time() {
    let function = LambdaFunction::start(&executable(), &[("AWS_LAMBDA_MAX_CONCURRENCY", "4")]);
    std::thread::scope(|scope| {
        for rows in 1..=8 {
            let function = &function;
            scope.spawn(move || {
                let event = function_url(&format!("/export/{rows}"));
                assert_eq!(stream(function, &event).body.lines().count(), rows + 1);
            });
        }
    });
    function.end();
}
