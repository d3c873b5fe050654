//! One handler, whatever the event: function URLs and load balancers beside API Gateway.

use super::*;
use crate::event::tests::{FUNCTION_URL, LOAD_BALANCER, LOAD_BALANCER_MULTI_VALUE};

/// A sample of what leaves the path to the function, with that method and path.
fn unmatched(sample: &str, method: &str, path: &str) -> Value {
    let mut event: Value = serde_json::from_str(sample).unwrap();
    if sample == FUNCTION_URL {
        event["rawPath"] = json!(path);
        event["requestContext"]["http"]["method"] = json!(method);
    } else {
        event["path"] = json!(path);
        event["httpMethod"] = json!(method);
    }
    event
}

const UNMATCHED: [&str; 3] = [FUNCTION_URL, LOAD_BALANCER, LOAD_BALANCER_MULTI_VALUE];

#[tokio::test]
async fn path_parameters_are_decoded_exactly_once() {
    for (sent, status, received) in [
        ("/users/1%37", 200, "17"),
        ("/users/17/", 200, "17"),
        ("/counter/a%2Fb", 200, "a/b"),
        ("/counter/a%252Fb", 200, "a%2Fb"),
        ("/counter/%3Fadmin=true%23x", 200, "?admin=true#x"),
        ("/counter/a+b", 200, "a+b"),
        ("/counter/..", 200, ".."),
        ("/counter/%2e%2e", 200, ".."),
        ("/files/a%2Fb/%C3%A9", 200, "a/b/é"),
        ("/files/../%2e%2e/x", 200, "../../x"),
    ] {
        for sample in UNMATCHED {
            let reply = invoke_app(&unmatched(sample, "GET", sent)).await;
            let facts = (&reply["statusCode"], &reply["body"]);
            assert_eq!(facts, (&json!(status), &json!(received)), "{sent}");
        }
    }
    // A REST API has split the path, and has not decoded it; an HTTP API has.
    let mut event = rest("GET", "/counter/{item}");
    event["pathParameters"] = json!({ "item": "a%252Fb" });
    assert_eq!(invoke_app(&event).await["body"], "a%2Fb");
    let mut event = http("GET", "GET /counter/{item}", "/counter/a%2Fb");
    event["pathParameters"] = json!({ "item": "a%2Fb" });
    assert_eq!(invoke_app(&event).await["body"], "a%2Fb");
    let event = http("GET", "$default", "/counter/a%2Fb");
    assert_eq!(invoke_app(&event).await["body"], "a%2Fb");
}

#[tokio::test]
async fn what_leads_nowhere_is_said_so() {
    for sample in UNMATCHED {
        for (method, path, status, message) in [
            ("GET", "/nowhere", 404, "Not Found"),
            ("GET", "//users/17", 404, "Not Found"),
            ("PATCH", "/users/17", 405, "Unsupported method: PATCH"),
            (
                "GET",
                "/counter/%FF",
                400,
                "the path parameter `item` is not UTF-8",
            ),
        ] {
            let reply = invoke_app(&unmatched(sample, method, path)).await;
            let (sent, body) = status_and_json(&reply);
            assert_eq!(
                (sent, &body["Message"]),
                (status, &json!(message)),
                "{path}"
            );
        }
    }
    let reply = invoke_app(&unmatched(LOAD_BALANCER, "PATCH", "/users/17")).await;
    assert_eq!(reply["statusDescription"], "405 Method Not Allowed");
    assert_eq!(reply["headers"]["allow"], "GET");
    let reply = invoke_app(&unmatched(LOAD_BALANCER_MULTI_VALUE, "PATCH", "/users/17")).await;
    assert_eq!(reply["multiValueHeaders"]["allow"], json!(["GET"]));
}

#[tokio::test]
async fn a_handler_sees_the_same_request() {
    for sample in UNMATCHED {
        let mut event = unmatched(sample, "POST", "/echo");
        event["body"] = json!(STANDARD.encode("é\n"));
        event["isBase64Encoded"] = json!(true);
        let (status, body) = status_and_json(&invoke_app(&event).await);
        assert_eq!(status, 200);
        let facts = [
            &body["method"],
            &body["path"],
            &body["route"],
            &body["variable"],
        ];
        assert_eq!(
            facts,
            [
                &json!("POST"),
                &json!("/echo"),
                &json!("/echo"),
                &json!(null)
            ]
        );
        assert_eq!(body["body"], json!([195, 169, 10]));
        assert_eq!(body["context"], event["requestContext"]);
        let mut query = vec![json!(["page", "2"]), json!(["tag", "a & é"])];
        if sample != LOAD_BALANCER {
            query.push(json!(["tag", "b"]));
        }
        assert_eq!(body["query"], json!(query));
        let has = |name: &str, value: &str| {
            body["headers"]
                .as_array()
                .unwrap()
                .contains(&json!([name, value]))
        };
        assert!(has("cookie", "theme=dark; session=xyz") && has("user-agent", "curl/8.11"));
    }
}

#[tokio::test]
async fn binary_answers() {
    let put = |sample: &str| {
        let mut event = unmatched(sample, "PUT", "/shared");
        let headers = match sample == LOAD_BALANCER_MULTI_VALUE {
            true => (
                "multiValueHeaders",
                json!({ "content-type": ["image/png"] }),
            ),
            false => ("headers", json!({ "content-type": "image/png" })),
        };
        event[headers.0] = headers.1;
        event["body"] = json!("abc");
        event
    };
    // Only REST APIs go by `Accept`.
    for sample in UNMATCHED {
        let reply = invoke_app(&put(sample)).await;
        assert_eq!(reply["statusCode"], 200, "{reply}");
        assert_eq!(
            (&reply["body"], &reply["isBase64Encoded"]),
            (&json!("YWJj"), &json!(true))
        );
    }

    let mut event = rest("PUT", "/shared");
    event["body"] = json!("abc");
    for (accept, accepted) in [
        (json!(null), false),
        (json!("text/html"), false),
        (json!("image/*"), false),
        (json!("application/json"), false),
        (json!("*/*"), true),
        (json!("Image/PNG"), true),
        (json!("text/html,application/zip;q=0.8"), true),
    ] {
        event["headers"] = json!({ "content-type": "image/png", "accept": accept });
        let reply = invoke_app(&event).await;
        assert_eq!(
            reply["headers"]["access-control-allow-origin"],
            "https://foo.example.com"
        );
        if accepted {
            assert_eq!(reply["statusCode"], 200);
            assert_eq!(reply["isBase64Encoded"], true);
            continue;
        }
        let message = "Request did not specify an Accept header with image/png, The response has a Content-Type of \
            image/png. If a response has a binary Content-Type then the request must specify an Accept header that matches.";
        assert_eq!(status_and_json(&reply), (400, error("BadRequest", message)));
        assert_eq!(reply["isBase64Encoded"], false);
        assert_eq!(reply["headers"]["access-control-max-age"], "600");
    }
}
