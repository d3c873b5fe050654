use schemars::{JsonSchema, SchemaGenerator};
use serde_json::{Value, json};

use super::{
    Collector, Described as _, DescribedOutput as _, Input, Output, Probe, Undescribed as _,
    UndescribedOutput as _,
};
use crate::{
    CloudWatchEvent, DynamoDbRecord, Json, KinesisRecord, Result, S3Event, SnsRecord, SqsEvent,
    SqsRecord, sample::App,
};

#[test]
fn every_handler_says_what_it_takes_and_returns() {
    let document = Collector::document::<App>();
    let user = json!({ "$ref": "#/definitions/User" });
    assert_eq!(
        document["handlers"]["sample::create"],
        json!({ "arguments": { "body": user }, "returns": user })
    );
    assert_eq!(
        document["handlers"]["sample::search"],
        json!({ "arguments": { "query": { "$ref": "#/definitions/Paging" } }, "returns": null })
    );
    assert_eq!(
        document["handlers"]["sample::user"],
        json!({
            "arguments": { "id": { "type": "integer", "format": "uint64", "minimum": 0 } },
            "returns": null,
        })
    );
    // A handler of a blueprint; neither its state nor its return type's wrappers have a schema.
    assert_eq!(
        document["handlers"]["sample::count"]["arguments"],
        json!({ "counter": null })
    );
    assert_eq!(
        document["handlers"]["sample::count"]["returns"],
        json!({ "anyOf": [user, { "type": "null" }] })
    );
    assert_eq!(
        document["handlers"]["sample::index"],
        json!({ "arguments": {}, "returns": null })
    );
    assert_eq!(document["handlers"].as_object().unwrap().len(), 15);
    assert_eq!(
        document["definitions"]["User"],
        json!({
            "type": "object",
            "properties": { "name": { "type": "string" } },
            "required": ["name"],
        })
    );
    assert!(document["definitions"]["Paging"]["properties"]["tag"].is_object());
}

/// An order.
#[derive(JsonSchema)]
#[allow(dead_code, reason = "only its schema is asked for")]
struct Order {
    article: String,
}

struct Opaque;

macro_rules! schema {
    ($type:ty) => {
        (&&&&Probe::<$type>::NEW).schema()(&mut SchemaGenerator::default()).map(Value::from)
    };
}

#[test]
fn events_and_what_pure_functions_return() {
    let order = Some(json!({ "$ref": "#/$defs/Order" }));
    for described in [
        schema!(Input<Order>),
        schema!(SqsRecord<Json<Order>>),
        schema!(SnsRecord<Json<Order>>),
        schema!(KinesisRecord<Json<Order>>),
        schema!(DynamoDbRecord<Order>),
        schema!(CloudWatchEvent<Order>),
        schema!(Output<Order>),
        schema!(Output<Result<Order>>),
        schema!(Output<std::result::Result<Order, Opaque>>),
    ] {
        assert_eq!(described, order);
    }
    for undescribed in [
        schema!(Input<Opaque>),
        schema!(SqsRecord),
        schema!(SqsRecord<Json<Opaque>>),
        schema!(KinesisRecord),
        schema!(DynamoDbRecord),
        schema!(CloudWatchEvent<Opaque>),
        schema!(S3Event),
        schema!(SqsEvent),
        schema!(Output<Opaque>),
        schema!(Output<Result<Opaque>>),
        // Which `JsonSchema` would describe as an object with `Ok` or `Err`.
        schema!(Output<std::result::Result<Opaque, String>>),
    ] {
        assert_eq!(undescribed, None);
    }
    assert_eq!(
        schema!(Output<Result<Vec<Order>>>),
        Some(json!({ "type": "array", "items": { "$ref": "#/$defs/Order" } }))
    );
    assert_eq!(schema!(Output<()>), Some(json!({ "type": "null" })));
}
