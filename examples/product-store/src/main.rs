//! The products of a shop: a REST API over Amazon DynamoDB and Amazon S3, in which each function may do on AWS
//! what it does, and nothing else.
//!
//! What is where:
//!
//! - `main.rs`: the app, its state, and the clients of AWS.
//! - `resources.rs`: the table and the bucket, of which both the code and the roles know by the same constants.
//! - `products.rs`, `pictures.rs`: the routes, each with its grants.
//! - `upkeep.rs`: the functions that no request waits for, each with its grants.
//! - `product.rs`: what a product is.
//! - `catalog.rs`, `item.rs`: the products, as items of the table.
//! - `gallery.rs`: the pictures, as objects of the bucket.
//! - `error.rs`: what can go wrong, and the status that a client sees for it.
//! - `tests`: the app's tests, with moto in the place of AWS; and `tests/permissions`, the proof of the roles.
//!
//! README.md says how to run it on this machine and on AWS.

mod catalog;
mod error;
mod gallery;
mod item;
mod pictures;
mod product;
mod products;
mod resources;
#[cfg(test)]
mod tests;
mod upkeep;

use aws_config::BehaviorVersion;
use chalice::prelude::*;

use catalog::Catalog;
use gallery::Gallery;
use resources::{PICTURES, PRODUCTS};
use upkeep::{note_picture, sweep};

/// What the handlers share.
#[derive(AppState)]
pub struct Shared {
    catalog: Catalog,
    gallery: Gallery,
}

impl Shared {
    /// Builds the state, once per cold start. Region, credentials and endpoints are those of the
    /// environment; nothing is sent before the first event.
    async fn connect() -> Result<Shared> {
        let config = aws_config::load_defaults(BehaviorVersion::latest()).await;
        Shared::new(
            aws_sdk_dynamodb::Client::new(&config),
            aws_sdk_s3::Client::new(&config),
        )
    }

    fn new(dynamodb: aws_sdk_dynamodb::Client, s3: aws_sdk_s3::Client) -> Result<Shared> {
        Ok(Shared {
            catalog: Catalog::new(dynamodb, PRODUCTS.name()?.into_owned()),
            gallery: Gallery::new(s3, PICTURES.name()?.into_owned()),
        })
    }
}

/// The app.
#[app]
pub static APP: App = App {
    name: "product-store",
    handlers: [note_picture, sweep],
    blueprints: [
        products::BLUEPRINT.at("/products"),
        pictures::BLUEPRINT.at("/products"),
    ],
    state: Shared::connect,
};

fn main() -> ExitCode {
    chalice::run(&APP)
}
