//! An app whose routes take bodies and parameters of every kind.

use std::collections::{BTreeMap, BTreeSet};

use chalice::prelude::*;

/// An order.
#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Order {
    /// Of whom.
    customer: String,
    items: Vec<Item>,
    note: Option<String>,
    delivery: Option<Delivery>,
    #[serde(default)]
    express: bool,
    labels: BTreeSet<String>,
    prices: BTreeMap<String, f64>,
    part_of: Option<Box<Order>>,
}

#[derive(Serialize, Deserialize, JsonSchema)]
struct Item {
    id: u64,
    count: u8,
    size: Size,
}

#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
enum Size {
    /// Up to 10 cm.
    Small,
    Large,
}

#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
enum Delivery {
    Letter { address: String },
    PickUp { shop: u32, code: String },
}

#[derive(Deserialize, JsonSchema)]
struct Paging {
    page: u32,
    after: String,
    limit: Option<u32>,
    #[serde(default)]
    tag: Vec<String>,
}

/// Without a schema.
#[derive(Deserialize)]
struct Secret;

#[route("/orders", methods = [POST])]
fn create(order: Json<Order>) {
    let _ = order;
}

#[route("/orders", methods = [GET], name = "list")]
fn list(paging: Query<Paging>) {
    let Query(Paging {
        page,
        after,
        limit,
        tag,
    }) = paging;
    let _ = (page, after, limit, tag);
}

#[route("/orders/<id>", methods = [GET, PUT, PATCH], name = "replace_items")]
fn replace(id: u64, items: Json<Vec<Item>>, paging: Query<Paging>) {
    let _ = (id, items, paging);
}

#[route("/deliveries", methods = [ANY], content_types = ["application/json", "application/vnd.shop+json"])]
fn deliver(delivery: Json<Delivery>) {
    let _ = delivery;
}

#[route("/optional", methods = [POST])]
fn optional(order: Option<Json<Order>>, paging: Option<Query<Paging>>) {
    let _ = (order, paging);
}

#[route("/form", methods = [POST], content_types = ["application/x-www-form-urlencoded"])]
fn form(item: Form<Item>) {
    let _ = item;
}

#[route("/binary", methods = [POST], content_types = ["application/json", "application/shop"])]
fn binary(order: Json<Order>) {
    let _ = order;
}

#[route("/request", methods = [POST])]
fn request(request: &Request) {
    let _ = request;
}

#[route("/anything", methods = [POST])]
fn anything(value: Json<Value>) {
    let _ = value;
}

#[route("/secret", methods = [POST])]
fn secret(secret: Json<Secret>) {
    let _ = secret;
}

#[app]
pub(crate) static APP: App = App {
    name: "shop",
    handlers: [
        create, list, replace, deliver, optional, form, binary, request, anything, secret,
    ],
    api: Api {
        binary_types: ["application/shop"],
    },
};
