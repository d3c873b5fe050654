//! The release binary of `examples/helloworld`, driven as AWS Lambda drives it.

use serde_json::{Value, json};

use crate::{helloworld::Build, lambda_function::LambdaFunction, runtime_api::Answer};

/// An event of a REST API.
fn rest_api() -> Value {
    serde_json::from_str(include_str!("events/rest_api.json")).unwrap()
}

/// An event of an HTTP API, payload format version 2.0.
fn http_api_v2() -> Value {
    serde_json::from_str(include_str!("events/http_api_v2.json")).unwrap()
}

/// The REST API's event of a request for a city.
fn city(name: &str) -> Value {
    let mut event = rest_api();
    event["path"] = json!(format!("/cities/{name}"));
    event["pathParameters"] = json!({ "city": name });
    event["requestContext"]["path"] = json!(format!("/api/cities/{name}"));
    event
}

/// The REST API's event of a request for the resource with that template, which has no placeholder.
fn resource(template: &str, method: &str) -> Value {
    let mut event = rest_api();
    for (pointer, value) in [
        ("/resource", template),
        ("/path", template),
        ("/httpMethod", method),
        ("/requestContext/resourcePath", template),
        ("/requestContext/httpMethod", method),
    ] {
        *event.pointer_mut(pointer).unwrap() = json!(value);
    }
    event["pathParameters"] = Value::Null;
    event["requestContext"]["path"] = json!(format!("/api{template}"));
    event
}

/// The HTTP API's event of a request that its catch-all route took.
fn catch_all(path: &str, method: &str) -> Value {
    let mut event = http_api_v2();
    event["routeKey"] = json!("$default");
    event["rawPath"] = json!(format!("/prod{path}"));
    let context = &mut event["requestContext"];
    context["routeKey"] = json!("$default");
    context["http"]["path"] = json!(format!("/prod{path}"));
    context["http"]["method"] = json!(method);
    event.as_object_mut().unwrap().remove("pathParameters");
    event
}

fn start() -> LambdaFunction {
    LambdaFunction::start(&Build::Release.executable(), &[])
}

/// The response to an event, whose body is JSON.
#[track_caller]
fn response(function: &LambdaFunction, event: &Value) -> (u64, Value, Value) {
    match function.invoke(event) {
        Answer::Response(response) => {
            assert_eq!(response["isBase64Encoded"], false);
            let body = serde_json::from_str(response["body"].as_str().unwrap()).unwrap();
            let status = response["statusCode"].as_u64().unwrap();
            (status, body, response["headers"].clone())
        }
        answer => panic!("{answer:?}"),
    }
}

/// The header, however its name is spelt.
fn header<'h>(headers: &'h Value, name: &str) -> Option<&'h str> {
    let mut headers = headers.as_object().unwrap().iter();
    let (_, value) = headers.find(|(known, _)| known.eq_ignore_ascii_case(name))?;
    value.as_str()
}

#[test]
fn requests_of_a_rest_api() {
    let function = start();
    let (status, body, _) = response(&function, &city("seattle"));
    assert_eq!((status, body), (200, json!({ "state": "WA" })));
    let (status, body, _) = response(&function, &resource("/", "GET"));
    assert_eq!((status, body), (200, json!({ "hello": "world" })));
    function.end();
}

#[test]
fn requests_of_an_http_api() {
    let function = start();
    for event in [http_api_v2(), catch_all("/cities/portland", "GET")] {
        let (status, body, headers) = response(&function, &event);
        assert_eq!((status, body), (200, json!({ "state": "OR" })));
        assert_eq!(header(&headers, "content-type"), Some("application/json"));
    }
    let (status, body, _) = response(&function, &catch_all("/", "GET"));
    assert_eq!((status, body), (200, json!({ "hello": "world" })));
    function.end();
}

#[test]
fn errors_of_a_handler_have_their_envelope() {
    let function = start();
    let (status, body, headers) = response(&function, &city("atlantis"));
    let error = json!({ "Code": "BadRequestError", "Message": "unknown city 'atlantis'" });
    assert_eq!((status, body), (400, error));
    // Without it, a page of another origin could not read the error.
    assert_eq!(header(&headers, "access-control-allow-origin"), Some("*"));
    function.end();
}

#[test]
fn what_no_route_answers() {
    let function = start();
    for event in [resource("/nope", "GET"), catch_all("/nope", "GET")] {
        let (status, body, _) = response(&function, &event);
        assert_eq!((status, &body["Code"]), (404, &json!("NotFoundError")));
    }
    for event in [resource("/", "DELETE"), catch_all("/", "DELETE")] {
        let (status, body, headers) = response(&function, &event);
        let error =
            json!({ "Code": "MethodNotAllowedError", "Message": "Unsupported method: DELETE" });
        assert_eq!((status, body), (405, error));
        assert_eq!(header(&headers, "allow"), Some("GET"));
    }
    function.end();
}

#[test]
fn routes_with_cors_say_so_and_others_do_not() {
    let function = start();
    let (_, _, headers) = response(&function, &city("seattle"));
    assert_eq!(header(&headers, "access-control-allow-origin"), Some("*"));
    assert_eq!(
        header(&headers, "access-control-allow-headers"),
        Some("Authorization,Content-Type,X-Amz-Date,X-Amz-Security-Token,X-Api-Key")
    );
    let (_, _, headers) = response(&function, &resource("/", "GET"));
    assert_eq!(header(&headers, "access-control-allow-origin"), None);
    function.end();
}

#[test]
fn a_malformed_event_is_a_failed_invocation_and_no_more() {
    let function = start();
    for event in [json!([17]), json!("GET /"), json!(null)] {
        match function.invoke(&event) {
            Answer::Error(error) => {
                assert_eq!(error.kind, "Chalice.MalformedEvent");
                assert!(
                    error.message.starts_with("the event is not a JSON object"),
                    "{error:?}"
                );
            }
            answer => panic!("{event} is answered with {answer:?}"),
        }
        let (status, _, _) = response(&function, &city("seattle"));
        assert_eq!(status, 200);
    }
    let log = function.end();
    let lines: Vec<Value> = log
        .lines()
        .map(|line| serde_json::from_str(line).unwrap_or_else(|_| panic!("{line}")))
        .collect();
    assert_eq!(lines.len(), 3, "{log}");
    for (line, cold) in lines.iter().zip([true, false, false]) {
        assert_eq!(line["level"], "ERROR");
        assert_eq!(line["message"], "the invocation failed");
        assert_eq!(line["functionName"], "helloworld-test-api_handler");
        assert_eq!(line["coldStart"], cold);
        let id = line["requestId"].as_str().unwrap();
        assert!(id.starts_with("8476a536-"), "{id}");
    }
}

#[test]
fn two_hundred_invocations_in_one_process() {
    let function = start();
    for number in 0..200 {
        let (event, expected) = match number % 4 {
            0 => (city("seattle"), (200, json!({ "state": "WA" }))),
            1 => (http_api_v2(), (200, json!({ "state": "OR" }))),
            2 => (resource("/", "GET"), (200, json!({ "hello": "world" }))),
            _ => {
                let message = format!("unknown city 'no-{number}'");
                let body = json!({ "Code": "BadRequestError", "Message": message });
                (city(&format!("no-{number}")), (400, body))
            }
        };
        let (status, body, _) = response(&function, &event);
        assert_eq!((status, body), expected);
    }
    assert_eq!(function.end(), "");
}

#[test]
fn side_by_side_where_lambda_allows_it() {
    let variables = [("AWS_LAMBDA_MAX_CONCURRENCY", "4")];
    let function = LambdaFunction::start(&Build::Release.executable(), &variables);
    std::thread::scope(|scope| {
        for client in 0..8 {
            let function = &function;
            scope.spawn(move || {
                for number in 0..25 {
                    let name = format!("no-{client}-{number}");
                    let (status, body, _) = response(function, &city(&name));
                    assert_eq!(status, 400);
                    assert_eq!(body["Message"], format!("unknown city '{name}'"));
                }
            });
        }
    });
    function.end();
}

#[test]
fn a_handler_that_the_app_does_not_have() {
    let variables = [("_HANDLER", "app.handler")];
    let function = LambdaFunction::start(&Build::Release.executable(), &variables);
    let error = function.api().init_error();
    assert_eq!(error.kind, "Chalice.UnknownFunction");
    for part in ["`app.handler`", "`helloworld`", "`api_handler`"] {
        assert!(error.message.contains(part), "{error:?}");
    }
    let (status, log) = function.wait();
    assert_eq!(status.code(), Some(1));
    assert!(log.contains(&error.message), "{log}");
}

#[test]
fn outside_of_lambda_it_says_what_to_do() {
    let output = std::process::Command::new(Build::Release.executable())
        .env_clear()
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2));
    let text = String::from_utf8(output.stderr).unwrap();
    assert!(text.contains("cargo chalice local"), "{text}");
}
