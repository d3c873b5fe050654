use serde::Deserialize;
use serde_json::{Value, json, value::RawValue};

use super::*;
use crate::{
    Bytes, Cookies, HeaderMap, HttpError, LambdaContext, Method, QueryParameters, State, event,
};

/// A request whose event has these members, besides a route.
fn request(members: Value) -> Request {
    let mut event = json!({ "resource": "/", "path": "/", "httpMethod": "POST" });
    for (name, value) in members.as_object().unwrap() {
        event[name] = value.clone();
    }
    let event = RawValue::from_string(event.to_string()).unwrap();
    let parts = event::read(event.get()).unwrap().unwrap();
    let mut context = lambda_runtime::Context::default();
    context.request_id = "request-1".to_owned();
    Request::new(event, parts, Method::POST, "/", None, context.into())
}

async fn extract<T: FromRequest<()>>(request: &Request) -> Result<T> {
    T::from_request(request, &()).await
}

async fn refused<T: FromRequest<()>>(request: &Request) -> (u16, String) {
    match extract::<T>(request).await {
        Ok(_) => panic!("the extractor accepted the request"),
        Err(error) => (error.status().as_u16(), error.message().to_owned()),
    }
}

#[derive(Debug, Deserialize, PartialEq)]
struct Login {
    name: String,
    #[serde(default)]
    role: Vec<String>,
}

fn form(body: &str) -> Request {
    request(
        json!({ "headers": { "content-type": "application/x-www-form-urlencoded; charset=utf-8" }, "body": body }),
    )
}

#[tokio::test]
async fn forms() {
    let Form(login) = extract::<Form<Login>>(&form("name=a+b%26&role=x&role=y"))
        .await
        .unwrap();
    assert_eq!(
        login,
        Login {
            name: "a b&".to_owned(),
            role: vec!["x".to_owned(), "y".to_owned()]
        }
    );
    assert_eq!(
        refused::<Form<Login>>(&form("role=x")).await,
        (400, "the form is invalid: missing field `name`".to_owned())
    );
    let json =
        request(json!({ "headers": { "content-type": "application/json" }, "body": "name=a" }));
    assert_eq!(
        refused::<Form<Login>>(&json).await,
        (415, "Unsupported media type: application/json".to_owned())
    );
}

#[tokio::test]
async fn none_is_what_is_absent_and_not_what_is_wrong() {
    let empty = request(json!({ "body": "" }));
    let none = request(json!({ "body": null, "multiValueQueryStringParameters": null }));
    for request in [&empty, &none] {
        assert!(
            extract::<Option<Json<Login>>>(request)
                .await
                .unwrap()
                .is_none()
        );
        assert!(
            extract::<Option<Form<Login>>>(request)
                .await
                .unwrap()
                .is_none()
        );
        assert!(extract::<Option<Bytes>>(request).await.unwrap().is_none());
        assert!(
            extract::<Option<Query<Login>>>(request)
                .await
                .unwrap()
                .is_none()
        );
        assert!(
            extract::<Option<LambdaContext>>(request)
                .await
                .unwrap()
                .is_some()
        );
        assert!(
            extract::<Option<HeaderMap>>(request)
                .await
                .unwrap()
                .is_some()
        );
        let nested = extract::<Option<Result<Json<Login>, HttpError>>>(request)
            .await
            .unwrap();
        assert!(nested.is_none());
    }
    let wrong = request(json!({ "body": "{", "queryStringParameters": { "role": "x" } }));
    assert_eq!(refused::<Option<Json<Login>>>(&wrong).await.0, 400);
    assert_eq!(refused::<Option<Form<Login>>>(&wrong).await.0, 415);
    assert_eq!(
        refused::<Option<Query<Login>>>(&wrong).await,
        (
            400,
            "the query string is invalid: missing field `name`".to_owned()
        )
    );
    assert_eq!(
        extract::<Option<Bytes>>(&wrong).await.unwrap().unwrap(),
        "{"
    );
}

#[tokio::test]
async fn a_result_is_for_the_handler_to_decide_about() {
    let wrong = request(json!({ "body": "{" }));
    let error = extract::<Result<Json<Login>>>(&wrong)
        .await
        .unwrap()
        .unwrap_err();
    assert_eq!(error.status(), 400);
    let right = request(json!({ "body": r#"{"name": "a"}"# }));
    assert_eq!(
        extract::<Result<Json<Login>>>(&right)
            .await
            .unwrap()
            .unwrap()
            .name,
        "a"
    );
}

#[tokio::test]
async fn bodies_as_they_are() {
    let binary = request(json!({ "body": "/w==", "isBase64Encoded": true }));
    assert_eq!(
        extract::<Bytes>(&binary).await.unwrap(),
        Bytes::from_static(&[0xFF])
    );
    let error = binary.text().unwrap_err();
    assert_eq!(error.status(), 400);
    let none = request(json!({}));
    assert_eq!(none.text().unwrap(), "");
    assert!(extract::<Bytes>(&none).await.unwrap().is_empty());
}

#[tokio::test]
async fn what_surrounds_the_request() {
    let request = request(json!({ "headers": { "X-A": "1" } }));
    assert_eq!(extract::<HeaderMap>(&request).await.unwrap()["x-a"], "1");
    assert_eq!(
        extract::<LambdaContext>(&request).await.unwrap().request_id,
        "request-1"
    );
    // What may be secret does not get into a log by `{:?}`.
    assert!(!format!("{request:?}").to_lowercase().contains("x-a"));
}

#[tokio::test]
async fn cookies_and_query_parameters() {
    let some = request(json!({
        "headers": { "Cookie": "a=1; b=2" }, "queryStringParameters": { "q": "x" },
    }));
    assert_eq!(extract::<Cookies>(&some).await.unwrap().get("b"), Some("2"));
    let query = extract::<Option<QueryParameters>>(&some).await.unwrap();
    assert_eq!(query.unwrap().get("q"), Some("x"));
    let none = request(json!({}));
    assert!(extract::<Option<Cookies>>(&none).await.unwrap().is_none());
    let query = extract::<Option<QueryParameters>>(&none).await.unwrap();
    assert!(query.is_none());
    assert!(extract::<Cookies>(&none).await.unwrap().is_empty());
}

#[tokio::test]
async fn the_state_lends_its_parts() {
    struct Greeting(&'static str);
    struct Whole {
        greeting: Greeting,
    }
    impl crate::Provide<Greeting> for Whole {
        fn provide(&self) -> &Greeting {
            &self.greeting
        }
    }
    let whole: &'static Whole = Box::leak(Box::new(Whole {
        greeting: Greeting("hello"),
    }));
    let request = request(json!({}));
    let greeting = State::<Greeting>::from_request(&request, whole)
        .await
        .unwrap();
    let copy = greeting;
    assert_eq!((greeting.0, State::into_inner(copy).0), ("hello", "hello"));
}

proptest::proptest! {
    #[test]
    fn the_content_type_is_the_header_of_that_name(event in event::tests::any_event()) {
        let raw = RawValue::from_string(event.to_string()).unwrap();
        if let Some(parts) = event::read(raw.get()).unwrap() {
            let request =
                Request::new(raw, parts, Method::GET, "/", None, LambdaContext::default());
            let expected = request.header("content-type").unwrap_or("application/json");
            proptest::prop_assert_eq!(request.content_type(), expected);
        }
    }
}
