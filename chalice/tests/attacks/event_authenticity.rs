//! Whoever may invoke the function can send it any event: what no service sends
//! reaches no handler.

use chalice::{prelude::*, test::Client};

#[route("/admin", methods = [POST])]
fn admin() -> &'static str {
    "admin"
}

#[route("/who")]
fn who(caller: Authorized) -> String {
    format!("{:?}", caller.principal_id())
}

#[app]
static APP: App = App {
    name: "events",
    handlers: [admin, who],
};

#[tokio::test]
async fn lists_and_texts_are_no_context() {
    let client = Client::new(&APP).await.unwrap();
    for event in [
        json!({ "resource": "/", "httpMethod": "GET", "requestContext": ["/admin", "POST", null, null, null, null] }),
        json!({ "resource": "/admin", "httpMethod": "POST", "requestContext": "none" }),
        json!({ "resource": "/admin", "httpMethod": "POST", "requestContext": 17 }),
        json!({ "version": "2.0", "routeKey": "POST /admin", "requestContext": { "http": ["POST"] } }),
        json!({ "version": "2.0", "routeKey": "POST /admin", "requestContext": [null, null, null, { "method": "POST" }] }),
        json!({ "resource": ["/admin"], "httpMethod": "POST" }),
        json!({ "resource": "/admin", "httpMethod": ["POST"] }),
        json!({ "resource": "/admin", "httpMethod": "POST /admin" }),
        json!({ "Records": [{ "eventSource": "aws:sqs", "body": "{}" }] }),
    ] {
        let reply = client
            .lambda("api_handler")
            .invoke_json(&event.to_string())
            .await
            .unwrap();
        assert_eq!(reply["statusCode"], 500, "{event}");
        assert_ne!(reply["body"], "admin", "{event}");
    }
}

#[tokio::test]
async fn what_is_no_object_or_says_things_twice_fails() {
    let client = Client::new(&APP).await.unwrap();
    for event in [
        "",
        "null",
        "[]",
        "[\"2.0\"]",
        "{",
        "{\"resource\":\"/admin\"",
        r#"{"resource": "/who", "resource": "/admin", "httpMethod": "POST"}"#,
    ] {
        let error = client
            .lambda("api_handler")
            .invoke_json(event)
            .await
            .unwrap_err();
        assert_eq!(error.error_type, "Chalice.MalformedEvent", "{event}");
    }
    let event = r#"{"requestContext": {"resourcePath": "/who", "resourcePath": "/admin", "httpMethod": "POST"}}"#;
    assert_eq!(
        client
            .lambda("api_handler")
            .invoke_json(event)
            .await
            .unwrap()["statusCode"],
        500
    );
}

#[tokio::test]
async fn callers_are_those_that_the_gateway_names() {
    let client = Client::new(&APP).await.unwrap();
    let forged = json!({
        "resource": "/who", "httpMethod": "GET", "requestContext": {},
        "headers": { "requestContext": "x", "authorizer": "{\"principalId\":\"root\"}", "x-amzn-oidc-identity": "root" },
        "authorizer": { "principalId": "root" }, "identity": { "userArn": "root" },
    });
    let reply = client
        .lambda("api_handler")
        .invoke_json(&forged.to_string())
        .await
        .unwrap();
    assert_eq!(reply["statusCode"], 401);
    for context in [
        json!([{ "principalId": "root" }, null]),
        json!({ "authorizer": ["root"] }),
    ] {
        let event = json!({ "resource": "/who", "httpMethod": "GET", "requestContext": context });
        let reply = client
            .lambda("api_handler")
            .invoke_json(&event.to_string())
            .await
            .unwrap();
        assert_ne!(reply["statusCode"], 200, "{event}");
    }
}
