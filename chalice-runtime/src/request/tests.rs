use std::time::{Duration, UNIX_EPOCH};

use proptest::prelude::*;
use serde::Deserialize;
use serde_json::json;

use super::*;
use crate::{
    Application,
    event::{
        self, Target,
        tests::{
            FUNCTION_URL, HTTP_API_V1, HTTP_API_V2, LOAD_BALANCER, LOAD_BALANCER_MULTI_VALUE,
            REST_API, SAMPLES, any_event,
        },
    },
    sample::App,
};

/// The request of an event; `None` for one that does not say where it goes.
fn read(event: &Value) -> Option<Request> {
    let event = RawValue::from_string(event.to_string()).unwrap();
    let parts = event::read(event.get()).unwrap()?;
    let json = event.get();
    let (router, method) = (
        App::router(),
        Method::from_bytes(parts.method.get(json).as_bytes()),
    );
    let (resource, captures) = match &parts.target {
        Target::Template(template) => (router.resource(template.get(json))?, None),
        Target::Path => {
            let mut captures = chalice_core::router::Captures::NONE;
            let resource = router.find(parts.path.get(json), &mut captures)?;
            (resource, Some(captures))
        }
    };
    let route = router.template(resource);
    Some(Request::new(
        event,
        parts,
        method.ok()?,
        route,
        captures,
        LambdaContext::default(),
    ))
}

fn sample(event: &str) -> Request {
    changed(event, |_| {})
}

fn changed(event: &str, change: impl FnOnce(&mut Value)) -> Request {
    let mut event: Value = serde_json::from_str(event).unwrap();
    change(&mut event);
    read(&event).unwrap()
}

/// A request to a REST API with that content type and body.
fn post(content_type: Option<&str>, body: &str) -> Request {
    changed(REST_API, |event| {
        event["multiValueHeaders"] = json!(null);
        event["headers"] = json!({ "content-type": content_type });
        event["body"] = json!(body);
    })
}

#[test]
fn every_event_has_the_same_accessors() {
    for event in SAMPLES {
        let request = sample(event);
        assert_eq!(
            (request.method(), request.path()),
            (&Method::GET, "/users/17")
        );
        assert_eq!(request.route(), "/users/{id}");
        assert_eq!(request.path_parameter("id").unwrap(), "17");
        assert_eq!(request.raw_path_parameter("id").unwrap(), "17");
        assert_eq!(request.parse_path_parameter::<u8>("id").unwrap(), 17);
        assert!(request.path_parameters().eq([("id", Cow::Borrowed("17"))]));
        assert_eq!(request.path_parameter("nope"), None);
        assert_eq!(request.query().get("page"), Some("2"));
        assert_eq!(request.header("USER-AGENT"), Some("curl/8.11"));
        let tags: Vec<&str> = request.header_values("X-Tag").collect();
        assert_eq!(tags.last().unwrap().rsplit(',').next(), Some("second"));
        assert_eq!(request.client_address(), Some([203, 0, 113, 7].into()));
        assert_eq!(request.context().user_agent().unwrap(), "curl/8.11");
        assert!(request.authorizer().is_none() && request.authorizer_context().is_none());
        assert_eq!(request.text().unwrap(), "");
        assert_eq!(request.event().get().len(), {
            let event: Value = serde_json::from_str(event).unwrap();
            event.to_string().len()
        });
    }
}

#[test]
fn the_context_is_where_the_service_keeps_it() {
    let at = UNIX_EPOCH + Duration::from_millis(1_794_474_926_000);
    for (event, request_id, stage, api_id, account_id) in [
        (
            REST_API,
            "6f1e3f2b-1f5c-4a44-9b5b-0a5d7c9e8f10",
            "api",
            "a1b2c3d4e5",
            "123456789012",
        ),
        (
            HTTP_API_V2,
            "B2qzUjYdDoEEMpw=",
            "prod",
            "f6g7h8i9j0",
            "123456789012",
        ),
        (
            FUNCTION_URL,
            "9f2d7b1e-3c1a-4d0e-8f64-2a7c5b9d0e11",
            "$default",
            "k2m4o6q8s0u2w4y6a8c0e2g4i6k8m0o2",
            "anonymous",
        ),
    ] {
        let request = sample(event);
        let context = request.context();
        assert_eq!(context.request_id().unwrap(), request_id);
        assert_eq!(context.stage().unwrap(), stage);
        assert_eq!(context.api_id().unwrap(), api_id);
        assert_eq!(context.account_id().unwrap(), account_id);
        assert!(context.domain_name().unwrap().starts_with(api_id));
        assert_eq!(context.request_time(), Some(at));
        assert!(format!("{context:?}").contains(request_id));
    }
    assert!(sample(HTTP_API_V1).context().request_time().is_some());
    let request = sample(LOAD_BALANCER);
    let context = request.context();
    for nothing in [
        context.request_id(),
        context.stage(),
        context.api_id(),
        context.domain_name(),
    ] {
        assert_eq!(nothing, None);
    }
    assert_eq!((context.account_id(), context.request_time()), (None, None));
}

#[test]
fn the_address_is_the_one_that_the_gateway_saw() {
    let forwarded = |value: &str| {
        let request = changed(LOAD_BALANCER, |event| {
            event["headers"] = json!({ "x-forwarded-for": value });
        });
        request.client_address().map(|address| address.to_string())
    };
    assert_eq!(forwarded("127.0.0.1, 203.0.113.7").unwrap(), "203.0.113.7");
    assert_eq!(forwarded("203.0.113.7:4711").unwrap(), "203.0.113.7");
    assert_eq!(forwarded("[2001:db8::1]:4711").unwrap(), "2001:db8::1");
    assert_eq!(forwarded("2001:db8::1").unwrap(), "2001:db8::1");
    assert_eq!(forwarded("unknown"), None);
    assert_eq!(forwarded(""), None);
    let invented = changed(REST_API, |event| {
        event["requestContext"]["identity"]["sourceIp"] = json!(null);
    });
    assert_eq!(invented.client_address(), None);
}

#[test]
fn cookies_of_every_event() {
    for event in [
        HTTP_API_V2,
        FUNCTION_URL,
        LOAD_BALANCER,
        LOAD_BALANCER_MULTI_VALUE,
    ] {
        let request = sample(event);
        assert!(
            request
                .cookies()
                .iter()
                .eq([("theme", "dark"), ("session", "xyz")])
        );
    }
    assert!(sample(REST_API).cookies().is_empty());
    let one_is_broken = changed(HTTP_API_V2, |event| {
        event["cookies"] = json!(["a=1", "b=\n2", "c=3"]);
    });
    assert!(one_is_broken.cookies().iter().eq([("a", "1"), ("c", "3")]));
}

#[test]
fn what_a_layer_changes_is_what_the_handler_sees() {
    let mut request = sample(HTTP_API_V2);
    assert_eq!(request.cookies().get("theme"), Some("dark"));
    let mut headers = HeaderMap::new();
    headers.insert("cookie", "theme=light".parse().unwrap());
    headers.insert("content-type", "application/json".parse().unwrap());
    request.take_from(headers, Some(Bytes::from("[1]")));
    assert_eq!(request.cookies().get("theme"), Some("light"));
    assert_eq!(request.content_type(), "application/json");
    assert_eq!(request.json_body().unwrap(), Some(json!([1])));
}

#[test]
fn stage_variables() {
    let request = sample(REST_API);
    assert_eq!(request.stage_variable("color").unwrap(), "blue");
    assert!(
        request
            .stage_variables()
            .eq([(Cow::Borrowed("color"), Cow::Borrowed("blue"))])
    );
    assert_eq!(sample(FUNCTION_URL).stage_variables().count(), 0);
}

#[test]
fn authorizers_say_who_calls() {
    #[derive(Debug, Deserialize, PartialEq)]
    #[serde(rename_all = "camelCase")]
    struct Caller {
        principal_id: String,
    }
    let request = changed(REST_API, |event| {
        event["requestContext"]["authorizer"] = json!({ "principalId": "zoe", "plan": "pro" });
    });
    assert_eq!(
        request.authorizer().unwrap(),
        r#"{"plan":"pro","principalId":"zoe"}"#
    );
    assert_eq!(request.authorizer_context().unwrap()["plan"], "pro");
    let caller: Option<Caller> = request.deserialize_authorizer_context().unwrap();
    assert_eq!(caller.unwrap().principal_id, "zoe");
    let error = request.deserialize_authorizer_context::<u8>().unwrap_err();
    assert_eq!(
        (error.status().as_u16(), error.cause().is_some()),
        (500, true)
    );

    let none = changed(REST_API, |event| {
        event["requestContext"]["authorizer"] = json!(null);
    });
    assert!(
        none.deserialize_authorizer_context::<Caller>()
            .unwrap()
            .is_none()
    );
}

#[test]
fn numbers_in_json_keep_every_bit() {
    for text in ["7.706923569002387e-19", "0.1", "1.7976931348623157e308"] {
        let number: f64 = post(Some("application/json"), text).json().unwrap();
        assert_eq!(number.to_bits(), text.parse::<f64>().unwrap().to_bits());
    }
}

#[test]
fn json_bodies_are_what_the_client_says_they_are() {
    let parsed = |content_type: Option<&str>, body: &str| {
        let body = post(content_type, body).json_body();
        body.map_err(|error| {
            (
                error.status().as_u16(),
                error.code().to_owned(),
                error.message().to_owned(),
            )
        })
    };
    for content_type in [
        "application/json",
        "APPLICATION/JSON",
        "application/json; charset=utf-8",
        "Application/Problem+JSON",
    ] {
        assert_eq!(
            parsed(Some(content_type), r#"{"a":[1]}"#),
            Ok(Some(json!({ "a": [1] })))
        );
        for bad in ["{bad", "", "{} {}"] {
            let expected = (
                400,
                "BadRequestError".to_owned(),
                "Error Parsing JSON".to_owned(),
            );
            assert_eq!(parsed(Some(content_type), bad), Err(expected));
        }
    }
    assert_eq!(
        parsed(Some("application/json"), "null"),
        Ok(Some(Value::Null))
    );
    for content_type in [
        None,
        Some("text/plain"),
        Some("*/*"),
        Some("text/plain, application/json"),
    ] {
        assert_eq!(parsed(content_type, "{bad"), Ok(None));
    }
}

#[test]
fn forms() {
    let form = |content_type: &str, body: &str| {
        post(Some(content_type), body).form::<Vec<(String, String)>>()
    };
    let fields = form(
        "Application/x-www-form-urlencoded; charset=utf-8",
        "a=1+2&b=%26",
    )
    .unwrap();
    assert_eq!(
        fields,
        [
            ("a".to_owned(), "1 2".to_owned()),
            ("b".to_owned(), "&".to_owned())
        ]
    );
    assert_eq!(form("text/plain", "a=1").unwrap_err().status(), 415);
}

#[test]
fn an_empty_object_of_the_event_is_one_in_the_view() {
    let request = changed(REST_API, |event| {
        event["pathParameters"] = json!({});
        event["queryStringParameters"] = json!({});
        event["multiValueQueryStringParameters"] = json!({});
    });
    let view = json!(request.view());
    assert_eq!(
        (&view["query_params"], &view["uri_params"]),
        (&json!({}), &json!({}))
    );
}

#[test]
fn the_view_is_the_dict_of_chalice() {
    let request = changed(REST_API, |event| {
        event["multiValueHeaders"] = json!(null);
        event["headers"] = json!({ "X-Abc": "1", "x-abc": "2" });
        event["multiValueQueryStringParameters"] = json!({ "q": ["1", "2"], "e": [""] });
        event["pathParameters"] = json!({ "id": "A%20" });
        event["requestContext"] = json!({ "httpMethod": "GET", "resourcePath": "/users/{id}" });
        event["stageVariables"] = json!(null);
    });
    assert_eq!(
        serde_json::to_string(&request.view()).unwrap(),
        concat!(
            r#"{"query_params":{"e":"","q":"2"},"headers":{"x-abc":"2"},"uri_params":{"id":"A "},"method":"GET","#,
            r#""context":{"httpMethod":"GET","resourcePath":"/users/{id}"},"stage_vars":null,"path":"/users/{id}"}"#,
        )
    );
    let request = changed(LOAD_BALANCER, |event| {
        event["path"] = json!("/");
        event["headers"] = json!({});
        event["queryStringParameters"] = json!({});
        event["requestContext"] = json!({ "elb": {} });
    });
    assert_eq!(
        serde_json::to_string(&request.view()).unwrap(),
        concat!(
            r#"{"query_params":null,"headers":{},"uri_params":null,"method":"GET","#,
            r#""context":{"elb":{}},"stage_vars":null,"path":"/"}"#,
        )
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn every_part_of_any_event_can_be_asked_for(event in any_event()) {
        let Some(request) = read(&event) else { return Ok(()) };
        let context = request.context();
        let _ = (context.request_id(), context.stage(), context.api_id(), context.domain_name());
        let _ = (context.account_id(), context.source_ip(), context.user_agent(), context.request_time());
        let _ = (request.client_address(), request.authorizer_context(), request.request_context());
        let _ = (request.body(), request.text(), request.json_body(), request.form::<Vec<(String, String)>>());
        let _ = (request.stage_variables().count(), request.path_parameters().count());
        prop_assert!(request.cookies().iter().all(|(name, _)| !name.is_empty()));
        let view: Value = serde_json::from_str(&serde_json::to_string(&request.view()).unwrap()).unwrap();
        prop_assert_eq!(view.as_object().unwrap().len(), 7);
        let original: Value = serde_json::from_str(request.event().get()).unwrap();
        prop_assert_eq!(original, event);
    }

    #[test]
    fn what_a_client_encodes_into_a_path_comes_back(segment in "[^/]{1,8}|[a-z/%]{1,8}") {
        let set = percent_encoding::NON_ALPHANUMERIC;
        let encoded = percent_encoding::utf8_percent_encode(&segment, set).to_string();
        for (sample, member) in [(FUNCTION_URL, "rawPath"), (LOAD_BALANCER, "path")] {
            let request = changed(sample, |event| event[member] = json!(format!("/users/{encoded}")));
            prop_assert_eq!(request.path_parameter("id").unwrap(), segment.as_str());
            prop_assert_eq!(request.raw_path_parameter("id").unwrap(), encoded.as_str());
        }
    }
}
