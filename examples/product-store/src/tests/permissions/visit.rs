//! Everything that the store does.

use std::sync::Arc;

use chalice::{
    prelude::*,
    test::{Client, events},
};
use verifiers::Moto;

use super::{
    recorder::{Call, Recorder},
    roles::names,
};
use crate::tests::{
    aws::{Aws, STORE, add},
    upkeep::created,
};

/// What the functions of a stage call when every route and every other function is called: the table and the
/// bucket have the names of the stage.
pub(super) async fn calls(stage: &str) -> Vec<Call> {
    let moto = Moto::start().unwrap_or_else(|error| panic!("{error}"));
    let recorder = Recorder::default();
    let store = Client::builder(&STORE).stage_from_config(stage);
    let store = store.env("AWS_ENDPOINT_URL", moto.endpoint_url()).build();
    let store = recorder.scope(store).await.unwrap();
    let [table, bucket] = names(stage);
    let aws = Aws::create_in(Arc::new(moto), table, bucket).await;
    visit(&store, &aws).await;
    recorder.calls()
}

async fn visit(store: &Client<STORE>, aws: &Aws) {
    let http = store.http();
    add(store, &[("lamp", "light"), ("torch", "light")]).await;
    let put = http.put("/products/lamp/picture");
    let put = put
        .header("content-type", "image/png")
        .body(&b"\x89PNG"[..]);
    let picture = || {
        http.get("/products/lamp/picture")
            .header("accept", "image/png")
    };
    let details = json!({ "name": "A lamp", "category": "light", "price": 1 });
    assert_eq!(put.await.status(), 202);
    let note_picture = store.lambda("note_picture");
    let event = created(&aws.bucket, "pictures/lamp", 4);
    note_picture.invoke(event).await.unwrap();
    for (response, status) in [
        (http.get("/products").await, 200),
        (http.get("/products?category=light&limit=1").await, 200),
        (http.get("/products?category=light&after=lamp").await, 200),
        (http.get("/products/lamp").await, 200),
        (picture().await, 200),
        (http.put("/products/lamp").json(&details).await, 200),
        (http.delete("/products/lamp").await, 204),
        (picture().await, 404),
    ] {
        assert_eq!(response.status(), status, "{}", response.text());
    }
    let sweep = store.lambda("sweep");
    sweep.invoke(events::schedule("sweep-event")).await.unwrap();
    assert!(aws.keys().await.is_empty());
}
