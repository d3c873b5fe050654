//! The JSON Schemas that tools get of what functions take and return.

#![cfg(feature = "export")]

use chalice::{__private::Collector, prelude::*};

#[derive(Default, Deserialize, Serialize, JsonSchema)]
struct Order {
    article: String,
}

#[derive(Serialize, JsonSchema)]
struct Receipt {
    total: u32,
}

/// Without a schema.
#[derive(Deserialize, Serialize)]
struct Secret {}

#[lambda_function]
async fn checkout(order: Order, context: LambdaContext) -> Result<Receipt> {
    let _ = (order.article, context);
    Ok(Receipt { total: 1 })
}

#[lambda_function]
fn undescribed(secret: Secret) -> Result<Secret> {
    Ok(secret)
}

#[lambda_function]
fn plain() -> Vec<Receipt> {
    Vec::new()
}

#[on_sqs_message(queue = "orders")]
async fn order(record: SqsRecord<Json<Order>>) -> Result<()> {
    let _ = record;
    Ok(())
}

#[on_dynamodb_record(
    stream_arn = "arn:aws:dynamodb:us-east-1:123456789012:table/Orders/stream/2026-01-01T00:00:00.000"
)]
fn stored(_record: DynamoDbRecord<Order>) {}

#[on_cw_event({ "source": ["shop"] })]
fn ordered(_event: CloudWatchEvent<Order>) {}

#[on_s3_event(bucket = "mybucket")]
fn resize(_event: S3Event) {}

#[on_ws_message]
fn message(_event: WebsocketEvent) -> Json<Receipt> {
    Json(Receipt { total: 1 })
}

#[schedule("rate(1 hour)")]
fn sweep() {}

#[app]
static APP: App = App {
    name: "schemas",
    handlers: [
        checkout,
        undescribed,
        plain,
        order,
        stored,
        ordered,
        resize,
        message,
        sweep,
    ],
};

/// The schemas of an app, which is of a type of its own.
fn document<A: chalice::__private::Schemas>(_: &A) -> Value {
    Collector::document::<A>()
}

#[test]
fn functions_are_described_as_routes_are() {
    let document = document(&APP);
    let order = json!({ "$ref": "#/definitions/Order" });
    let receipt = json!({ "$ref": "#/definitions/Receipt" });
    for (function, arguments, returns) in [
        ("checkout", json!({ "event": order }), receipt.clone()),
        ("undescribed", json!({ "event": null }), Value::Null),
        (
            "plain",
            json!({}),
            json!({ "type": "array", "items": receipt }),
        ),
        ("order", json!({ "event": order }), Value::Null),
        ("stored", json!({ "event": order }), Value::Null),
        ("ordered", json!({ "event": order }), Value::Null),
        ("resize", json!({ "event": null }), Value::Null),
        ("message", json!({ "event": null }), receipt.clone()),
        ("sweep", json!({}), Value::Null),
    ] {
        assert_eq!(
            document["handlers"][format!("schemas::{function}")],
            json!({ "arguments": arguments, "returns": returns }),
            "{function}"
        );
    }
    assert!(document["definitions"]["Receipt"]["properties"]["total"].is_object());
}
