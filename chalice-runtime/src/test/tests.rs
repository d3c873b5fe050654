mod events;

use serde_json::{Value, json};

use super::*;
use crate::{
    Method, Provide,
    sample::{APP, Counter, User},
};

#[tokio::test]
async fn requests_reach_handlers_and_responses_come_back() {
    let client = Client::new(&APP).await.unwrap();
    let response = client.http().get("/").await;
    assert_eq!(response.status(), 200);
    assert_eq!(
        response.header("content-type"),
        Some("text/plain; charset=utf-8")
    );
    assert_eq!(response.text(), "hello");

    let user = User {
        name: "Zoë".to_owned(),
    };
    let response = client.http().post("/users").json(&user).await;
    assert_eq!(response.header("content-type"), Some("application/json"));
    assert_eq!(response.json::<User>().name, "Zoë");

    let response = client.http().get("/files/a%2Fb/%C3%A9").await;
    assert_eq!(response.text(), "a/b/é");
    let response = client.http().get("/search?page=2&tag=a%26b&tag=c+d").await;
    assert_eq!(response.text(), r#"2 ["a&b", "c d"]"#);
}

#[tokio::test]
async fn every_method_has_its_request() {
    let client = Client::new(&APP).await.unwrap();
    let http = client.http();
    for (request, method) in [
        (http.get("/echo"), "GET"),
        (http.post("/echo"), "POST"),
        (http.put("/echo"), "PUT"),
        (http.patch("/echo"), "PATCH"),
        (http.delete("/echo"), "DELETE"),
        (http.options("/echo"), "OPTIONS"),
        (http.request(Method::GET, "/echo"), "GET"),
    ] {
        let echo: Value = request.header("x-one", "1").body("é").await.json();
        assert_eq!(echo["method"], method);
        assert_eq!(echo["body"], json!([195, 169]));
        assert!(
            echo["headers"]
                .as_array()
                .unwrap()
                .contains(&json!(["x-one", "1"]))
        );
    }
    assert!(http.head("/echo").await.body().is_empty());
}

#[tokio::test]
async fn binary_bodies_survive() {
    let client = Client::new(&APP).await.unwrap();
    let picture = vec![0, 159, 146, 150];
    let response = client
        .http()
        .put("/shared")
        .header("content-type", "image/png")
        .header("accept", "image/png")
        .body(picture.clone())
        .await;
    assert_eq!(response.status(), 200);
    assert_eq!(response.body(), &picture);
}

#[tokio::test]
async fn the_gateway_answers_what_no_route_does() {
    let client = Client::new(&APP).await.unwrap();
    assert_eq!(client.http().get("/nope").await.status(), 403);
    assert_eq!(client.http().delete("/").await.status(), 403);
}

#[tokio::test]
async fn clients_do_not_share_their_state_and_requests_can_be_parallel() {
    let clients = [
        Client::new(&APP).await.unwrap(),
        Client::new(&APP).await.unwrap(),
    ];
    for client in &clients {
        let requests = (0..20).map(|_| IntoFuture::into_future(client.http().get("/counter")));
        let mut counts: Vec<u32> = futures_util::future::join_all(requests)
            .await
            .iter()
            .map(|response| response.text().parse().unwrap())
            .collect();
        counts.sort_unstable();
        assert_eq!(counts, (1..=20).collect::<Vec<_>>());
        let counter: &Counter = client.state().provide();
        assert_eq!(counter.count(), 20);
    }
}

#[tokio::test]
#[should_panic(expected = "`/a b` is no path of a request")]
async fn a_path_that_is_none_is_explained() {
    let client = Client::new(&APP).await.unwrap();
    client.http().get("/a b").await;
}

#[tokio::test]
#[should_panic(expected = "the body of the response (200 OK) is not the JSON that is expected")]
async fn a_body_that_is_no_json_is_explained() {
    let client = Client::new(&APP).await.unwrap();
    client.http().get("/").await.json::<Value>();
}

#[tokio::test]
async fn authorizers_are_asked_first() {
    let client = Client::new(&APP).await.unwrap();
    let get = async |token: Option<&str>| {
        let mut request = client.http().get("/guarded");
        if let Some(token) = token {
            request = request.header("X-Token", token);
        }
        let response = request.await;
        (response.status().as_u16(), response.text().to_owned())
    };
    let text = |status: u16, body: &str| (status, body.to_owned());
    assert_eq!(get(Some("allow")).await, text(200, "Some(\"user\") 7"));
    assert_eq!(get(None).await, text(401, r#"{"message":"Unauthorized"}"#));
    assert_eq!(
        get(Some("who")).await,
        text(401, r#"{"message":"Unauthorized"}"#)
    );
    assert_eq!(
        get(Some("elsewhere")).await,
        text(
            403,
            r#"{"Message":"User is not authorized to access this resource"}"#
        )
    );
    assert!(get(Some("deny")).await.1.contains("explicit deny"));
    for token in ["fail", "panic"] {
        assert_eq!(get(Some(token)).await, text(500, r#"{"message":null}"#));
    }
}

#[tokio::test]
async fn functions_are_invoked_with_events_as_they_are() {
    let client = Client::new(&APP).await.unwrap();
    let event = json!({ "resource": "/", "path": "/", "httpMethod": "GET" });
    let answer = client.lambda("api_handler").invoke(&event).await.unwrap();
    assert_eq!(
        (&answer["statusCode"], &answer["body"]),
        (&json!(200), &json!("hello"))
    );

    let guard = client.lambda("guard");
    let event = |token: &str| {
        json!({
            "type": "TOKEN",
            "authorizationToken": token,
            "methodArn": "arn:aws:execute-api:us-east-1:123456789012:api/dev/GET/guarded",
        })
    };
    let policy = guard.invoke(event("allow")).await.unwrap();
    assert_eq!(policy["principalId"], "user");
    let error = guard.invoke(event("panic")).await.unwrap_err();
    assert_eq!(error.error_type, "Chalice.Panic");
    let error = guard.invoke(json!({})).await.unwrap_err();
    assert_eq!(error.error_type, "Chalice.MalformedEvent");
    assert!(
        error
            .to_string()
            .starts_with("Chalice.MalformedEvent: the event is none that")
    );
}

#[tokio::test]
async fn a_function_that_the_app_lacks_is_answered_by_those_it_has() {
    let client = Client::new(&APP).await.unwrap();
    let error = client.lambda("gard").invoke(json!({})).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        format!(
            "Chalice.UnknownFunction: the app `{}` has no function `gard`; it has `api_handler`, `guard`, `work`",
            client_name(&APP)
        )
    );
}

fn client_name<A: crate::Application>(_app: &A) -> &'static str {
    A::NAME
}

#[tokio::test]
async fn an_invocation_can_have_a_context_of_its_own() {
    let client = Client::new(&APP).await.unwrap();
    let mut context = lambda_runtime::Context::default();
    context.request_id = "mine".to_owned();
    let function = client.lambda("api_handler").context(context.into());
    let event = json!({ "resource": "/echo", "path": "/echo", "httpMethod": "GET" });
    let answer = function.invoke(&event).await.unwrap();
    let echo: Value = serde_json::from_str(answer["body"].as_str().unwrap()).unwrap();
    assert_eq!(echo["request_id"], "mine");
}

mod stage;
