//! The handlers whose invocations are measured.

use chalice::prelude::*;
use invocation::{Batch, Order, Received, Stored, order};

#[route("/orders/<id>", methods = [GET])]
pub(crate) async fn show(id: u64) -> Json<Order> {
    Json(order(id))
}

#[route("/orders/<id>", methods = [POST])]
pub(crate) async fn create(id: u64, batch: Json<Batch>) -> Json<Received> {
    Json(Received::of(id, &batch))
}

#[route("/orders/<id>", methods = [PUT])]
pub(crate) async fn store(id: u64, body: Bytes) -> Json<Stored> {
    Json(Stored {
        id,
        bytes: body.len(),
    })
}
