use chalice::{
    prelude::*,
    test::{Client, events},
};

use crate::APP;

/// What the function answers, and the journal afterwards.
async fn invoke(function: &str, event: impl Serialize) -> (Value, Vec<String>) {
    let client = Client::new(&APP).await.unwrap();
    let answer = client.lambda(function).invoke(event).await.unwrap();
    let journal = client.state().journal.0.lock().unwrap().clone();
    (answer, journal)
}

#[tokio::test]
async fn a_pure_function() {
    let (answer, _) = invoke("Checkout", json!({ "article": "tea", "count": 2 })).await;
    assert_eq!(answer, json!({ "total": 6 }));
    let client = Client::new(&APP).await.unwrap();
    let nothing = json!({ "article": "tea", "count": 0 });
    let error = client.lambda("Checkout").invoke(nothing).await.unwrap_err();
    assert_eq!(error.error_type, "BadRequestError");
}

#[tokio::test]
async fn notifications() {
    let (_, journal) = invoke("resize", events::s3("mybucket", "images/a.jpg")).await;
    assert_eq!(journal, ["images/a.jpg in mybucket"]);
    assert_eq!(invoke("notify", events::sns("hello")).await.1, ["hello"]);
}

#[tokio::test]
async fn batches() {
    let good = json!({ "article": "tea", "count": 2 }).to_string();
    let bad = json!({ "article": "tea", "count": 0 }).to_string();
    let (answer, journal) = invoke("order", events::sqs([good, bad])).await;
    assert_eq!(answer["batchItemFailures"].as_array().unwrap().len(), 1);
    assert_eq!(journal, ["2 of tea"]);
    let (answer, _) = invoke("orders", events::sqs(["", "x", ""])).await;
    assert_eq!(answer["batchItemFailures"].as_array().unwrap().len(), 2);
    assert_eq!(
        invoke("click", events::kinesis(["a", "b"])).await.1,
        ["a", "b"]
    );
    let change = events::DynamoDbChange::insert(json!({ "article": "tea", "count": 2 }));
    assert_eq!(
        invoke("stored", events::dynamodb([change])).await.1,
        ["stored tea"]
    );
}

#[tokio::test]
async fn rules_and_schedules() {
    let event = events::cloudwatch("aws.codecommit", "Reference updated", json!({}));
    assert_eq!(invoke("pushed", event).await.1, ["Reference updated"]);
    assert_eq!(
        invoke("sweep", events::schedule("hourly")).await.1,
        ["swept"]
    );
}

#[tokio::test]
async fn connections() {
    let (answer, _) = invoke("websocket_connect", events::websocket_connect("c")).await;
    assert_eq!(answer["statusCode"], 403);
    let event = events::websocket_connect("c").header("x-key", "open sesame");
    assert_eq!(
        invoke("websocket_connect", event).await.0["statusCode"],
        200
    );
    let (answer, _) = invoke("websocket_message", events::websocket_message("c", "hi")).await;
    assert_eq!(answer["body"], "HI");
    let (_, journal) = invoke("websocket_disconnect", events::websocket_disconnect("c")).await;
    assert_eq!(journal, ["c is gone"]);
}
