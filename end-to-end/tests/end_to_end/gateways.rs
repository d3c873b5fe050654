//! The binary of `examples/helloworld` behind what is not API Gateway: function
//! URLs and Application Load Balancers.

use serde_json::{Value, json};

use crate::{helloworld::Build, lambda_function::LambdaFunction, runtime_api::Answer};

fn function_url() -> Value {
    serde_json::from_str(include_str!("events/function_url.json")).unwrap()
}

fn load_balancer() -> Value {
    serde_json::from_str(include_str!("events/load_balancer.json")).unwrap()
}

/// The event of a load balancer whose target group has multi-value headers.
fn with_multi_value_headers(mut event: Value) -> Value {
    for (single, multi) in [
        ("headers", "multiValueHeaders"),
        ("queryStringParameters", "multiValueQueryStringParameters"),
    ] {
        let members = event.as_object_mut().unwrap().remove(single).unwrap();
        let members = members.as_object().unwrap().iter();
        event[multi] = members
            .map(|(name, value)| (name.clone(), json!([value])))
            .collect();
    }
    event
}

#[track_caller]
fn response(function: &LambdaFunction, event: &Value) -> Value {
    match function.invoke(event) {
        Answer::Response(response) => response,
        answer => panic!("{answer:?}"),
    }
}

#[test]
fn each_is_answered_in_its_own_format() {
    let function = LambdaFunction::start(&Build::Dev.executable(), &[]);
    let headers = json!({
        "access-control-allow-headers": "Authorization,Content-Type,X-Amz-Date,X-Amz-Security-Token,X-Api-Key",
        "access-control-allow-origin": "*",
        "content-type": "application/json",
    });
    let mut lists = headers.clone();
    for value in lists.as_object_mut().unwrap().values_mut() {
        *value = json!([value.take()]);
    }
    let body = r#"{"state":"OR"}"#;
    assert_eq!(
        response(&function, &function_url()),
        json!({ "statusCode": 200, "headers": headers, "body": body, "isBase64Encoded": false })
    );
    assert_eq!(
        response(&function, &load_balancer()),
        json!({
            "statusCode": 200, "statusDescription": "200 OK", "headers": headers, "body": body,
            "isBase64Encoded": false,
        })
    );
    assert_eq!(
        response(&function, &with_multi_value_headers(load_balancer())),
        json!({
            "statusCode": 200, "statusDescription": "200 OK", "multiValueHeaders": lists, "body": body,
            "isBase64Encoded": false,
        })
    );
    assert_eq!(function.end(), "");
}

#[test]
fn what_no_route_answers_is_said_so() {
    let function = LambdaFunction::start(&Build::Dev.executable(), &[]);
    for (event, path) in [(function_url(), "rawPath"), (load_balancer(), "path")] {
        for (sent, status, code) in [
            ("/nope", 404, "NotFoundError"),
            ("/cities/a%2Fb/c", 404, "NotFoundError"),
            ("/cities/a%2Fb", 400, "BadRequestError"),
            ("/cities/%FF", 400, "BadRequestError"),
        ] {
            let mut event = event.clone();
            event[path] = json!(sent);
            let response = response(&function, &event);
            let body: Value = serde_json::from_str(response["body"].as_str().unwrap()).unwrap();
            assert_eq!(
                (&response["statusCode"], &body["Code"]),
                (&json!(status), &json!(code))
            );
        }
    }
    function.end();
}
