use chalice::{
    prelude::*,
    test::{Client, FailedInvocation, events},
};

use crate::APP;

type Answer = Result<Value, FailedInvocation>;

/// What the function answers, and the journal afterwards.
async fn invoke(function: &str, event: impl Serialize) -> (Answer, Vec<String>) {
    let client = Client::new(&APP).await.unwrap();
    let answer = client.lambda(function).invoke(event).await;
    (answer, client.state().journal.lines())
}

/// The journal after an invocation that does not fail.
async fn journal(function: &str, event: impl Serialize) -> Vec<String> {
    let (answer, journal) = invoke(function, event).await;
    answer.unwrap();
    journal
}

/// The type of the error of an invocation that fails, and its message.
async fn error(function: &str, event: impl Serialize) -> (String, String) {
    let error = invoke(function, event).await.0.unwrap_err();
    (error.error_type, error.error_message)
}

fn failures(identifiers: &[&str]) -> Answer {
    let failures: BatchItemFailures = identifiers.iter().copied().collect();
    Ok(json!(failures))
}

#[tokio::test]
async fn a_pure_function() {
    let two = json!({ "article": "tea", "count": 2 });
    assert_eq!(invoke("Checkout", two).await.0, Ok(json!({ "total": 6 })));
    let none = json!({ "article": "tea", "count": 0 });
    assert_eq!(
        error("Checkout", none).await,
        ("BadRequestError".into(), "an order of nothing".into())
    );
    assert_eq!(
        error("Checkout", json!({})).await.0,
        "Chalice.MalformedEvent"
    );
}

#[tokio::test]
async fn images_of_our_bucket() {
    let image = events::s3("mybucket", "images/a.jpg").size(2000);
    assert_eq!(journal("resize", image).await, ["images/a.jpg in mybucket"]);
    let image = events::s3("mybucket", "images/a.jpg").size(9);
    assert_eq!(
        error("resize", image).await,
        ("TooSmall".into(), "the image has 9 bytes".into())
    );
    let image = events::s3("bucket-of-others", "images/a.jpg").size(2000);
    let (answer, journal) = invoke("resize", image).await;
    assert_eq!(answer.unwrap_err().error_type, "ForbiddenError");
    assert!(journal.is_empty());
}

#[tokio::test]
async fn notifications() {
    let message = events::sns("hello").subject("greeting");
    assert_eq!(journal("notify", message).await, ["greeting: hello"]);
}

#[tokio::test]
async fn messages_of_queues() {
    let bodies = [2, 0, 1].map(|count| json!({ "article": "tea", "count": count }).to_string());
    let batch = json!(events::sqs(bodies));
    let id = batch["Records"][1]["messageId"].as_str().unwrap();
    let (answer, journal) = invoke("order", &batch).await;
    assert_eq!(answer, failures(&[id]));
    assert_eq!(journal, ["2 of tea", "1 of tea", "1 of 3 messages failed"]);

    let batch = json!(events::sqs(["", "x"]));
    let id = batch["Records"][0]["messageId"].as_str().unwrap();
    let (answer, journal) = invoke("orders", &batch).await;
    assert_eq!(answer, failures(&[id]));
    assert_eq!(journal, ["1 of 2 messages failed"]);
}

#[tokio::test]
async fn records_of_streams() {
    assert_eq!(
        journal("click", events::kinesis(["a", "b"])).await,
        ["a", "b"]
    );
    let put = |order| events::DynamoDbChange::insert(order);
    let tea = put(json!({ "article": "tea", "count": 2 }));
    let removed = events::DynamoDbChange::remove(json!({ "article": "lamp", "count": 1 }));
    assert_eq!(
        journal("stored", events::dynamodb([tea, removed])).await,
        ["stored 2 of tea"]
    );
    let changes = json!(events::dynamodb([put(json!({ "article": 7 }))]));
    let number = changes["Records"][0]["dynamodb"]["SequenceNumber"].as_str();
    assert_eq!(
        invoke("stored", &changes).await.0,
        failures(&[number.unwrap()])
    );
}

#[tokio::test]
async fn rules_and_schedules() {
    let detail = json!({ "repositoryName": "shop", "referenceName": "main" });
    let event = events::cloudwatch("aws.codecommit", "Repository State Change", detail);
    assert_eq!(journal("pushed", event).await, ["main of shop"]);
    let event = events::cloudwatch("aws.codecommit", "Repository State Change", json!({}));
    assert_eq!(error("pushed", event).await.0, "Chalice.MalformedEvent");
    assert_eq!(
        journal("sweep", events::schedule("hourly")).await,
        ["swept for hourly"]
    );
}

#[tokio::test]
async fn connections() {
    let refused = invoke("websocket_connect", events::websocket_connect("c"));
    assert_eq!(refused.await.0.unwrap()["statusCode"], 403);
    let event = events::websocket_connect("c").header("x-key", "open sesame");
    let accepted = invoke("websocket_connect", event).await.0;
    assert_eq!(accepted, Ok(json!({ "statusCode": 200 })));
    let message = events::websocket_message("c", "hi");
    let answer = invoke("websocket_message", message).await.0;
    assert_eq!(answer.unwrap()["body"], "HI");
    let event = events::websocket_disconnect("c").disconnect_reason(1001, "Going away");
    assert_eq!(
        journal("websocket_disconnect", event).await,
        ["c is gone: Going away"]
    );
}

/// An event of the folder `events`, as AWS sends it.
macro_rules! sample {
    ($function:literal, $file:literal) => {
        (
            $function,
            include_str!(concat!("../events/", $file, ".json")),
        )
    };
}

#[tokio::test]
async fn events_as_they_stand_in_files() {
    let client = Client::new(&APP).await.unwrap();
    for (function, event) in [
        sample!("Checkout", "lambda_function"),
        sample!("resize", "s3"),
        sample!("notify", "sns"),
        sample!("order", "sqs"),
        sample!("order", "sqs_fifo"),
        sample!("orders", "sqs_batch"),
        sample!("click", "kinesis"),
        sample!("stored", "dynamodb"),
        sample!("pushed", "cw_event"),
        sample!("sweep", "schedule"),
        sample!("websocket_connect", "websocket_connect"),
        sample!("websocket_message", "websocket_message"),
        sample!("websocket_disconnect", "websocket_disconnect"),
    ] {
        let answer = client.lambda(function).invoke_json(event).await;
        assert!(answer.is_ok(), "{function}: {answer:?}");
    }
}
