use serde_json::{Value, json, value::RawValue};

use super::*;
use crate::{
    Dispatch, Group, HttpError, IntoResponse, LambdaContext, Request, Result,
    dispatch::Called,
    event,
    invoke::invoke,
    sample::{App, AppState},
};
use chalice_core::{
    definition::{ApiDef, GroupDef},
    function_table::LambdaFunction,
    opaque::Opaque,
    router::Router,
};

/// The sample app with CORS settings of its own.
macro_rules! with_cors {
    ($name:ident, $origin:expr, $credentials:literal) => {
        struct $name;

        impl Group for $name {
            const DEF: Opaque<&'static GroupDef> = App::DEF;
        }

        impl Dispatch<AppState> for $name {
            fn dispatch<'r>(id: usize, event: &'r Event, state: &'static AppState) -> Called<'r> {
                App::dispatch(id, event, state)
            }
        }

        impl Application for $name {
            fn functions() -> &'static [LambdaFunction] {
                &[]
            }

            type State = AppState;
            const NAME: &'static str = App::NAME;
            const API: &'static ApiDef = &ApiDef {
                cors: Some(CorsDef {
                    allow_origin: $origin,
                    allow_headers: "Authorization",
                    expose_headers: "X-Special",
                    max_age: Some(600),
                    allow_credentials: $credentials,
                }),
                ..ApiDef::DEFAULT
            };
            fn router() -> Router {
                App::router()
            }
            fn manifest() -> &'static [u8] {
                App::manifest()
            }
            async fn connect() -> Result<AppState> {
                App::connect().await
            }
        }
    };
}

const A: &str = "https://a.example.com";
const B: &str = "https://b.example.com";

with_cors!(Everybody, AllowOrigin::One("*"), false);
with_cors!(Several, AllowOrigin::Several(&[A, B]), true);

/// What Lambda would send back for a request with these headers.
async fn send<T: Application>(method: &str, resource: &str, headers: &Value) -> Value {
    let event = json!({
        "resource": resource,
        "path": resource,
        "httpMethod": method,
        "headers": headers,
        "requestContext": { "resourcePath": resource, "httpMethod": method, "stage": "api" },
        "body": null,
        "isBase64Encoded": false,
    });
    let event = RawValue::from_string(event.to_string()).unwrap();
    let state = Box::leak(Box::new(T::connect().await.unwrap()));
    let reply = invoke::<T>(event, LambdaContext::default(), state)
        .await
        .unwrap();
    serde_json::to_value(&reply).unwrap()
}

fn status_and_origin(reply: &Value) -> (u64, Option<&str>) {
    (
        reply["statusCode"].as_u64().unwrap(),
        reply["headers"]["access-control-allow-origin"].as_str(),
    )
}

#[tokio::test]
async fn every_answer_for_a_known_path_has_the_headers() {
    for (method, resource, status) in [
        ("GET", "/", 200),
        ("GET", "/panics", 500),
        ("GET", "/fails", 500),
        ("GET", "/injects", 500),
        ("GET", "/users/{id}", 500),
        ("POST", "/users", 400),
        ("POST", "/counter/{item}", 405),
        ("PROPFIND", "/counter", 405),
    ] {
        let reply = send::<Everybody>(method, resource, &json!({})).await;
        assert_eq!(
            status_and_origin(&reply),
            (status, Some("*")),
            "{method} {resource}"
        );
        assert_eq!(
            reply["headers"]["access-control-expose-headers"],
            "X-Special"
        );
        let reply = send::<App>(method, resource, &json!({})).await;
        assert_eq!(
            status_and_origin(&reply),
            (status, None),
            "{method} {resource}"
        );
    }
    let reply = send::<Everybody>("PUT", "/users", &json!({ "content-type": "a/b" })).await;
    assert_eq!(status_and_origin(&reply), (405, Some("*")));
    assert_eq!(reply["headers"]["allow"], "POST");
    let reply = send::<Everybody>("POST", "/users", &json!({ "content-type": "a/b" })).await;
    assert_eq!(status_and_origin(&reply), (415, Some("*")));
    // A path that the app does not have has no settings.
    let reply = send::<Everybody>("GET", "/nope", &json!({})).await;
    assert_eq!(status_and_origin(&reply), (404, None));
}

#[tokio::test]
async fn settings_of_a_route_win() {
    let own = Some("https://foo.example.com");
    for method in ["PUT", "GET"] {
        let reply = send::<Several>(method, "/shared", &json!({ "origin": A })).await;
        assert_eq!(status_and_origin(&reply).1, own, "{method}");
        assert_eq!(reply["headers"]["vary"], Value::Null);
    }
}

#[tokio::test]
async fn only_listed_origins_are_reflected() {
    for origin in [A, B] {
        let reply = send::<Several>("GET", "/", &json!({ "Origin": origin })).await;
        assert_eq!(status_and_origin(&reply), (200, Some(origin)));
        assert_eq!(reply["headers"]["vary"], "Origin");
        assert_eq!(reply["headers"]["access-control-allow-credentials"], "true");
    }
    for method in ["GET", "POST", "OPTIONS"] {
        for headers in [
            json!({}),
            json!({ "origin": "https://evil.example.com" }),
            json!({ "origin": "https://a.example.com.evil.example" }),
            json!({ "origin": "https://A.example.com" }),
            json!({ "origin": "http://a.example.com" }),
            json!({ "origin": "https://a.example.com, https://b.example.com" }),
            json!({ "origin": "https://a.example.com/" }),
            json!({ "origin": "null" }),
            json!({ "origin": "*" }),
            json!({ "origin": "" }),
        ] {
            let reply = send::<Several>(method, "/", &headers).await;
            let sent = reply["headers"].as_object().unwrap();
            assert!(
                !sent.keys().any(|name| name.starts_with("access-control-")),
                "{method} {headers}: {reply}"
            );
            assert_eq!(reply["headers"]["vary"], "Origin", "{method} {headers}");
        }
    }
}

#[tokio::test]
async fn a_preflight_that_reaches_the_function() {
    let reply = send::<Several>("OPTIONS", "/counter/{item}", &json!({ "origin": B })).await;
    assert_eq!(
        reply,
        json!({
            "statusCode": 200,
            "headers": {
                "access-control-allow-origin": B,
                "access-control-allow-headers": "Authorization",
                "access-control-allow-methods": "GET,DELETE,OPTIONS",
                "access-control-allow-credentials": "true",
                "access-control-expose-headers": "X-Special",
                "access-control-max-age": "600",
                "vary": "Origin",
            },
            "body": "",
            "isBase64Encoded": false,
        })
    );
    // `ANY` does not get it, and is spelt out.
    let reply = send::<Everybody>("OPTIONS", "/echo", &json!({})).await;
    assert_eq!(status_and_origin(&reply), (200, Some("*")));
    assert_eq!(
        reply["headers"]["access-control-allow-methods"],
        "GET,POST,PUT,PATCH,DELETE,HEAD,OPTIONS"
    );
    assert_eq!(reply["body"], "");
    // Without CORS, nothing is special about the method.
    let reply = send::<App>("OPTIONS", "/echo", &json!({})).await;
    assert!(reply["body"].as_str().unwrap().contains("OPTIONS"));
    assert_eq!(
        send::<App>("OPTIONS", "/", &json!({})).await["statusCode"],
        405
    );
}

fn request(origin: &str) -> Request {
    let event = json!({
        "version": "2.0", "routeKey": "GET /", "rawPath": "/", "rawQueryString": "",
        "headers": { "origin": origin }, "requestContext": { "http": { "method": "GET", "path": "/" } },
    });
    let event = RawValue::from_string(event.to_string()).unwrap();
    let parts = event::read(event.get()).unwrap().unwrap();
    let method = http::Method::GET;
    Request::new(event, parts, method, "/", None, LambdaContext::default())
}

#[test]
fn headers_of_the_handler_stay() {
    let several = CorsDef {
        allow_origin: AllowOrigin::Several(&[A, B]),
        ..Everybody::API.cors.unwrap()
    };
    let several = Box::leak(Box::new(several));
    let vary = |response: &Response| -> Vec<String> {
        response
            .headers()
            .get_all(VARY)
            .iter()
            .map(|value| value.to_str().unwrap().to_owned())
            .collect()
    };
    for (set, expected) in [
        ("Accept-Encoding", &["Accept-Encoding", "Origin"][..]),
        ("accept, ORIGIN", &["accept, ORIGIN"]),
        ("*", &["*"]),
        ("X-Origin", &["X-Origin", "Origin"]),
    ] {
        let mut response = Response::text("").with_header("Vary", set);
        add_headers(several, request(A).headers(), &mut response);
        assert_eq!(vary(&response), expected);
    }
    let mut response =
        Response::text("").with_header("ACCESS-CONTROL-ALLOW-ORIGIN", "https://mine.example.com");
    add_headers(several, request(A).headers(), &mut response);
    let origins: Vec<_> = response
        .headers()
        .get_all(ACCESS_CONTROL_ALLOW_ORIGIN)
        .iter()
        .collect();
    assert_eq!(origins, ["https://mine.example.com"]);
    let mut response = HttpError::not_found("").into_response();
    add_headers(
        several,
        request("https://c.example.com").headers(),
        &mut response,
    );
    assert_eq!(vary(&response), ["Origin"]);
}
