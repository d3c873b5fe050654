//! The functions that no request waits for.

use std::collections::BTreeSet;

use aws_sdk_dynamodb::config::{
    ConfigBag, Intercept, RuntimeComponents,
    interceptors::BeforeDeserializationInterceptorContextMut,
};
use aws_sdk_s3::{error::BoxError, primitives::SdkBody};
use chalice::{
    Application,
    prelude::*,
    test::{Client, events},
};
use chalice_core::manifest::model::{FunctionKind, Manifest};

use super::aws::{Aws, STORE, add};
use crate::{catalog::Catalog, gallery::PREFIX, product::ProductId};

/// The event of an object that has been stored, as far as the store reads it (Amazon S3, "EventBridge event
/// message structure").
pub(super) fn created(bucket: &str, key: &str, size: usize) -> Value {
    let event = events::cloudwatch(
        "aws.s3",
        "Object Created",
        json!({
            "version": "0",
            "bucket": { "name": bucket },
            "object": { "key": key, "size": size, "etag": "b1946ac9", "sequencer": "00617F08299329D189" },
            "request-id": "N4N7GDK58NMKJ12R",
            "requester": "123456789012",
            "source-ip-address": "1.2.3.4",
            "reason": "PutObject",
        }),
    );
    let event = event.resources([format!("arn:aws:s3:::{bucket}")]);
    json!(event)
}

#[test]
fn the_rule_is_about_pictures_that_have_been_stored() {
    let manifest = Manifest::from_json(crate::APP::manifest()).unwrap();
    let mut functions = manifest.functions.into_iter();
    let function = functions.find(|it| it.name == "note_picture").unwrap();
    let FunctionKind::Cloudwatch(rule) = function.kind else {
        panic!("{:?}", function.kind);
    };
    let event = created("product-store-pictures-dev", "pictures/lamp", 17);
    for field in ["source", "detail-type"] {
        assert_eq!(rule.pattern[field], json!([event[field]]));
    }
    let prefix = &rule.pattern["detail"]["object"]["key"][0]["prefix"];
    assert_eq!(*prefix, PREFIX);
}

#[tokio::test]
async fn what_is_no_picture_of_a_product_is_not_noted() {
    let aws = Aws::create().await;
    let client = aws.store().await;
    add(&client, &[("lamp", "light")]).await;
    let note_picture = client.lambda("note_picture");
    for (bucket, key) in [
        // That of another stage.
        ("product-store-pictures-prod", "pictures/lamp"),
        (&aws.bucket, "pictures/torch"),
        (&aws.bucket, "pictures/lamp/back"),
        (&aws.bucket, "lamp"),
    ] {
        let answer = note_picture.invoke(created(bucket, key, 17)).await;
        assert_eq!(answer, Ok(Value::Null), "{bucket} {key}");
    }
    let http = client.http();
    let lamp: Value = http.get("/products/lamp").await.json();
    assert_eq!(lamp["picture_size"], Value::Null);
    // Nothing has come into being by it.
    assert_eq!(http.get("/products/torch").await.status(), 404);

    let mut event = created(&aws.bucket, "pictures/lamp", 17);
    event["detail"]["object"] = json!({ "key": "pictures/lamp" });
    note_picture.invoke(event).await.unwrap_err();
}

async fn sweep(client: &Client<STORE>) {
    let sweep = client.lambda("sweep");
    let swept = sweep.invoke(events::schedule("sweep-event")).await;
    assert_eq!(swept, Ok(Value::Null));
}

#[tokio::test]
async fn the_pictures_of_products_that_are_gone_are_removed() {
    let aws = Aws::create().await;
    let client = aws.store().await;
    sweep(&client).await;
    add(&client, &[("lamp", "light"), ("torch", "light")]).await;
    let mut keys: Vec<String> = ["lamp", "torch", "Lamp", "lamp/back"]
        .map(|it| format!("pictures/{it}"))
        .into();
    keys.push("readme.txt".to_owned());
    // More than one batch of keys.
    keys.extend((0..101).map(|number| format!("pictures/gone-{number}")));
    for key in &keys {
        let put = aws.s3().put_object().bucket(&aws.bucket).key(key);
        put.send().await.unwrap();
    }
    sweep(&client).await;
    let mut left = keys;
    left.truncate(5);
    left.sort();
    assert_eq!(aws.keys().await, left);
}

/// Amazon DynamoDB with so many requests that it gets round to none of the keys.
#[derive(Debug)]
struct Overloaded;

impl Intercept for Overloaded {
    fn name(&self) -> &'static str {
        "Overloaded"
    }

    fn modify_before_deserialization(
        &self,
        context: &mut BeforeDeserializationInterceptorContextMut<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let keys = json!([{ "id": { "S": "lamp" } }, { "id": { "S": "torch" } }]);
        let answer =
            json!({ "Responses": {}, "UnprocessedKeys": { "products": { "Keys": keys } } });
        *context.response_mut().body_mut() = SdkBody::from(answer.to_string());
        Ok(())
    }
}

#[tokio::test]
async fn a_product_that_has_not_been_looked_up_is_not_gone() {
    let aws = Aws::create().await;
    let client = aws.dynamodb();
    let ids = ["lamp", "torch"].map(|id| id.parse::<ProductId>().unwrap());
    let catalog = Catalog::new(client.clone(), aws.table.clone());
    let gone = catalog.gone(&ids).await.unwrap();
    assert_eq!(gone, BTreeSet::from(ids.clone()));

    let config = client.config().to_builder().interceptor(Overloaded).build();
    let client = aws_sdk_dynamodb::Client::from_conf(config);
    let catalog = Catalog::new(client, aws.table.clone());
    assert!(catalog.gone(&ids).await.unwrap().is_empty());
}
