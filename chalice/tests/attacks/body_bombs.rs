//! Requests that cost more than they weigh.

use std::collections::HashMap;

use chalice::{prelude::*, test::Client};

#[route("/json", methods = [POST])]
fn takes_json(body: Json<Value>) -> String {
    match &*body {
        Value::Array(list) => list.len().to_string(),
        Value::Object(members) => members.len().to_string(),
        _ => "1".to_owned(),
    }
}

#[route("/form", methods = [POST], content_types = ["application/x-www-form-urlencoded"])]
fn takes_form(form: Form<HashMap<String, String>>) -> String {
    form.len().to_string()
}

#[route("/bytes", methods = [POST], content_types = ["*/*"])]
fn takes_bytes(body: Bytes) -> String {
    body.len().to_string()
}

#[route("/query")]
fn query(request: &Request) -> String {
    request.query().len().to_string()
}

#[app]
static APP: App = App {
    name: "bombs",
    handlers: [takes_json, takes_form, takes_bytes, query],
};

#[tokio::test]
async fn json_that_is_too_deep_is_refused() {
    let client = Client::new(&APP).await.unwrap();
    for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
        for (depth, status) in [(100, 200), (200, 400), (100_000, 400)] {
            let inner = if open == "[" { "" } else { "1" };
            let body = format!("{}{inner}{}", open.repeat(depth), close.repeat(depth));
            let response = client.http().post("/json").body(body).await;
            assert_eq!(response.status(), status, "{open} {depth}");
        }
    }
}

#[tokio::test]
async fn bodies_are_what_they_weigh() {
    let client = Client::new(&APP).await.unwrap();
    // What is compressed stays so: nothing unpacks a body unasked.
    let packed = [
        0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    ];
    let request = client
        .http()
        .post("/bytes")
        .header("content-encoding", "gzip");
    assert_eq!(request.body(packed.to_vec()).await.text(), "20");
    // More than AWS Lambda lets through, by whoever may invoke the function.
    let event = json!({
        "resource": "/bytes", "path": "/bytes", "httpMethod": "POST",
        "body": "A".repeat(9 * 1024 * 1024), "isBase64Encoded": true,
    });
    let reply = client
        .lambda("api_handler")
        .invoke_json(&event.to_string())
        .await
        .unwrap();
    assert_eq!(reply["statusCode"], 413);
}

#[tokio::test]
async fn many_names_take_time_in_proportion() {
    let client = Client::new(&APP).await.unwrap();
    let start = std::time::Instant::now();
    let pairs = |count: usize| {
        (0..count)
            .map(|at| format!("k{at}=v"))
            .collect::<Vec<_>>()
            .join("&")
    };
    let request = client
        .http()
        .post("/form")
        .header("content-type", "application/x-www-form-urlencoded");
    assert_eq!(request.body(pairs(100_000)).await.text(), "100000");
    let response = client.http().get(&format!("/query?{}", pairs(5_000))).await;
    assert_eq!(response.text(), "5000");
    // A quadratic search would take minutes.
    assert!(start.elapsed().as_secs() < 20, "{:?}", start.elapsed());
}
