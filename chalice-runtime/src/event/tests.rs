use proptest::prelude::*;
use serde_json::{Map, Value, json};

use super::*;

pub(crate) const REST_API: &str = include_str!("samples/rest_api.json");
pub(crate) const HTTP_API_V1: &str = include_str!("samples/http_api_v1.json");
pub(crate) const HTTP_API_V2: &str = include_str!("samples/http_api_v2.json");
pub(crate) const FUNCTION_URL: &str = include_str!("samples/function_url.json");
pub(crate) const LOAD_BALANCER: &str = include_str!("samples/load_balancer.json");
pub(crate) const LOAD_BALANCER_MULTI_VALUE: &str =
    include_str!("samples/load_balancer_multi_value.json");

/// A sample of every kind.
pub(crate) const SAMPLES: [&str; 6] = [
    REST_API,
    HTTP_API_V1,
    HTTP_API_V2,
    FUNCTION_URL,
    LOAD_BALANCER,
    LOAD_BALANCER_MULTI_VALUE,
];

/// Kind, method, target and path of an event.
fn facts(event: &str) -> Option<(Kind, String, Option<String>, String)> {
    let event: Box<RawValue> = serde_json::from_str(event).unwrap();
    let parts = read(event.get()).unwrap()?;
    let json = event.get();
    let target = match &parts.target {
        Target::Template(template) => Some(template.get(json).to_owned()),
        Target::Path => None,
    };
    Some((
        parts.kind,
        parts.method.get(json).to_owned(),
        target,
        parts.path.get(json).to_owned(),
    ))
}

fn matched(kind: Kind) -> Option<(Kind, String, Option<String>, String)> {
    Some((
        kind,
        "GET".to_owned(),
        Some("/users/{id}".to_owned()),
        "/users/17".to_owned(),
    ))
}

/// What leaves the path to be searched.
fn unmatched(kind: Kind) -> Option<(Kind, String, Option<String>, String)> {
    Some((kind, "GET".to_owned(), None, "/users/17".to_owned()))
}

#[test]
fn every_kind_says_where_it_goes() {
    assert_eq!(facts(REST_API), matched(Kind::RestApi));
    assert_eq!(facts(HTTP_API_V1), matched(Kind::HttpApiV1));
    assert_eq!(facts(HTTP_API_V2), matched(Kind::HttpApiV2));
    assert_eq!(facts(FUNCTION_URL), unmatched(Kind::FunctionUrl));
    for (sample, multi_value) in [(LOAD_BALANCER, false), (LOAD_BALANCER_MULTI_VALUE, true)] {
        assert_eq!(facts(sample), unmatched(Kind::LoadBalancer { multi_value }));
    }
}

#[test]
fn a_service_is_known_by_its_own_words() {
    // Whatever a client sends is in other places: headers, path, query, body.
    let mut event: Value = serde_json::from_str(HTTP_API_V2).unwrap();
    event["headers"]["host"] = json!("a.lambda-url.eu-west-1.on.aws");
    assert_eq!(facts(&event.to_string()), matched(Kind::HttpApiV2));
    event["requestContext"]["domainName"] = json!("lambda-url.example.com");
    assert_eq!(facts(&event.to_string()), matched(Kind::HttpApiV2));

    let mut event: Value = serde_json::from_str(REST_API).unwrap();
    event["headers"]["elb"] = json!("{}");
    event["requestContext"]["elb"] = json!(null);
    assert_eq!(facts(&event.to_string()), matched(Kind::RestApi));
    let health_check = r#"{
        "requestContext": { "elb": { "targetGroupArn": "arn:aws:x" } }, "httpMethod": "GET", "path": "/health",
        "queryStringParameters": {}, "headers": { "user-agent": "ELB-HealthChecker/2.0" }, "body": "",
        "isBase64Encoded": false
    }"#;
    let (kind, method, target, path) = facts(health_check).unwrap();
    assert_eq!(kind, Kind::LoadBalancer { multi_value: false });
    assert_eq!(
        (method.as_str(), target, path.as_str()),
        ("GET", None, "/health")
    );
}

#[test]
fn a_rest_event_may_lack_either_copy_of_the_route() {
    let context = r#"{"requestContext": {"resourcePath": "/users/{id}", "httpMethod": "GET"}, "path": "/users/17"}"#;
    assert_eq!(facts(context), matched(Kind::RestApi));
    let top = r#"{"resource": "/users/{id}", "httpMethod": "GET", "path": "/users/17", "requestContext": null}"#;
    assert_eq!(facts(top), matched(Kind::RestApi));
}

#[test]
fn a_rest_event_goes_where_its_context_says() {
    let event = r#"{
        "resource": "/admin", "httpMethod": "DELETE", "path": "/users/17",
        "requestContext": {"resourcePath": "/users/{id}", "httpMethod": "GET"}
    }"#;
    assert_eq!(facts(event), matched(Kind::RestApi));
}

#[test]
fn the_catch_all_route_leaves_the_path_to_be_searched() {
    let mut event: Value = serde_json::from_str(HTTP_API_V2).unwrap();
    event["routeKey"] = json!("$default");
    let (_, _, target, path) = facts(&event.to_string()).unwrap();
    assert_eq!((target, path.as_str()), (None, "/users/17"));

    let mut event: Value = serde_json::from_str(HTTP_API_V1).unwrap();
    event["requestContext"]["resourcePath"] = json!("$default");
    let (_, _, target, path) = facts(&event.to_string()).unwrap();
    assert_eq!((target, path.as_str()), (None, "/users/17"));
}

#[test]
fn any_is_a_route_key_and_not_a_method() {
    let mut event: Value = serde_json::from_str(HTTP_API_V2).unwrap();
    event["routeKey"] = json!("ANY /users/{id}");
    assert_eq!(facts(&event.to_string()), matched(Kind::HttpApiV2));
}

#[test]
fn texts_with_escapes_are_decoded() {
    let event = r#"{"resource": "\/users\/{id}", "httpMethod": "\u0047ET", "path": "\/users\/17"}"#;
    assert_eq!(facts(event), matched(Kind::RestApi));
    let event = r#"{"version": "2\u002e0", "routeKey": "GET \/users\/{id}", "rawPath": "\/prod\/users\/17",
        "requestContext": {"stage": "\u0070rod", "http": {"method": "G\u0045T"}}}"#;
    assert_eq!(facts(event), matched(Kind::HttpApiV2));
}

#[test]
fn the_stage_is_no_part_of_the_path() {
    assert_eq!(without_stage("/prod/users", Some("prod")), "/users");
    assert_eq!(without_stage("/prod", Some("prod")), "/");
    assert_eq!(without_stage("/prod/", Some("prod")), "/");
    assert_eq!(without_stage("/products", Some("prod")), "/products");
    assert_eq!(without_stage("/users", Some("prod")), "/users");
    assert_eq!(
        without_stage("/$default/x", Some("$default")),
        "/$default/x"
    );
    assert_eq!(without_stage("/users", None), "/users");
}

#[test]
fn an_object_without_a_route_is_an_unknown_request() {
    for event in [
        "{}",
        r#"{"Records": []}"#,
        r#"{"version": "2.0"}"#,
        r#"{"version": "2.0", "routeKey": "nothing", "requestContext": {"http": {"method": "GET"}}}"#,
        r#"{"resource": 1, "httpMethod": "GET"}"#,
        r#"{"resource": "/", "httpMethod": null, "requestContext": "none"}"#,
        r#"{"resource": "\ud800", "httpMethod": "GET"}"#,
        // What no service sends, but a struct could be read from.
        r#"{"resource": "/users/{id}", "httpMethod": "GET", "requestContext": ["/users/{id}", "GET"]}"#,
        r#"{"resource": "/users/{id}", "httpMethod": "GET", "requestContext": "none"}"#,
        r#"{"version": "2.0", "routeKey": "GET /users/{id}", "requestContext": {"http": ["GET"]}}"#,
    ] {
        assert_eq!(facts(event), None, "{event}");
    }
}

#[test]
fn what_is_no_object_is_an_error_with_a_type() {
    for event in [
        "null",
        "17",
        "[17]",
        r#""text""#,
        r#"{"body": "a", "body": "b"}"#,
    ] {
        let event: Box<RawValue> = serde_json::from_str(event).unwrap();
        let diagnostic = lambda_runtime::Diagnostic::from(read(event.get()).unwrap_err());
        assert_eq!(diagnostic.error_type, "Chalice.MalformedEvent");
        assert!(
            diagnostic.error_message.starts_with("the event is not"),
            "{diagnostic:?}"
        );
    }
}

/// JSON as attackers and mistakes make it: of the right names, and of any type.
///
/// Members of the samples are replaced at the top, and below members that are objects.
pub(crate) fn any_event() -> impl Strategy<Value = Value> {
    let text = prop_oneof![
        Just("GET".to_owned()),
        Just("POST".to_owned()),
        Just("2.0".to_owned()),
        Just("1.0".to_owned()),
        Just("$default".to_owned()),
        Just("GET /users/{id}".to_owned()),
        Just("/users/{id}".to_owned()),
        Just("/users/%FF".to_owned()),
        Just("a.lambda-url.eu-west-1.on.aws".to_owned()),
        Just("a=b; c".to_owned()),
        Just("/echo".to_owned()),
        any::<String>(),
    ];
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        text.clone().prop_map(Value::from),
        text.prop_map(Value::from),
    ];
    let name = prop_oneof![
        Just("id".to_owned()),
        Just("path".to_owned()),
        Just("stage".to_owned()),
        Just("http".to_owned()),
        Just("method".to_owned()),
        Just("httpMethod".to_owned()),
        Just("resourcePath".to_owned()),
        Just("content-type".to_owned()),
        Just("elb".to_owned()),
        Just("domainName".to_owned()),
        Just("authorizer".to_owned()),
        Just("cookie".to_owned()),
        any::<String>(),
    ];
    let value = leaf.prop_recursive(3, 24, 5, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::btree_map(name.clone(), inner, 0..5)
                .prop_map(|members| Value::Object(members.into_iter().collect::<Map<_, _>>())),
        ]
    });
    let member = prop::sample::select(vec![
        "version",
        "routeKey",
        "rawPath",
        "rawQueryString",
        "cookies",
        "resource",
        "path",
        "httpMethod",
        "headers",
        "multiValueHeaders",
        "queryStringParameters",
        "multiValueQueryStringParameters",
        "pathParameters",
        "stageVariables",
        "requestContext",
        "body",
        "isBase64Encoded",
        "other",
    ]);
    let sample = prop::sample::select([&SAMPLES[..], &["{}"]].concat());
    let change = (
        member,
        value,
        prop::option::of(any::<prop::sample::Index>()),
    );
    (sample, prop::collection::vec(change, 0..8)).prop_map(|(sample, changes)| {
        let mut event: Value = serde_json::from_str(sample).unwrap();
        for (name, value, below) in changes {
            match (event[name].as_object_mut(), below) {
                (Some(object), Some(index)) if !object.is_empty() => {
                    let names: Vec<String> = object.keys().cloned().collect();
                    object.insert(names[index.index(names.len())].clone(), value);
                }
                _ => event[name] = value,
            }
        }
        event
    })
}

proptest! {
    #[test]
    fn reading_never_panics(event in any_event(), pretty in any::<bool>()) {
        let json = if pretty { format!("{event:#}") } else { event.to_string() };
        let raw: Box<RawValue> = serde_json::from_str(&json).unwrap();
        if let Some(parts) = read(raw.get()).unwrap() {
            // What is borrowed is what the event says, wherever it is.
            let body = parts.spans.body.as_ref().map(|span| span.json(raw.get()));
            match &event["body"] {
                Value::Null => prop_assert!(body.is_none()),
                expected => prop_assert_eq!(&serde_json::from_str::<Value>(body.unwrap()).unwrap(), expected),
            }
            let method = parts.method.get(raw.get());
            prop_assert!(event.to_string().contains(&serde_json::to_string(method).unwrap()));
        }
    }
}
