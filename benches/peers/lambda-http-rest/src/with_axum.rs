//! axum's router.

use axum::{Json, body::Bytes, extract::Path, routing};
use invocation::{Batch, Invoke, Order, Received, Stored, exchange, order};
use lambda_http::Adapter;

mod routes_1 {
    include!(concat!(env!("OUT_DIR"), "/routes_1.rs"));
}
mod routes_130 {
    include!(concat!(env!("OUT_DIR"), "/routes_130.rs"));
}
mod routes_1000 {
    include!(concat!(env!("OUT_DIR"), "/routes_1000.rs"));
}

/// The router of that many paths, started.
pub(crate) fn invoke(routes: usize) -> Option<Invoke> {
    let router = match routes {
        1 => routes_1::router(),
        130 => routes_130::router(),
        1_000 => routes_1000::router(),
        _ => return None,
    };
    let router = router.route("/orders/{id}", routing::get(show).post(create).put(store));
    let mut service = Adapter::from(router);
    Some(Box::new(move |event: Bytes, context| {
        exchange(&mut service, &event, context)
    }))
}

async fn show(Path(id): Path<u64>) -> Json<Order> {
    Json(order(id))
}

async fn create(Path(id): Path<u64>, Json(batch): Json<Batch>) -> Json<Received> {
    Json(Received::of(id, &batch))
}

async fn store(Path(id): Path<u64>, body: Bytes) -> Json<Stored> {
    Json(Stored {
        id,
        bytes: body.len(),
    })
}
