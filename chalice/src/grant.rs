//! What an app's functions may do on AWS: resources that are named in one place, and their operations.
//!
//! ```
//! use chalice::{grant::{Bucket, Grant, Table}, prelude::*};
//!
//! const PHOTOS: Bucket = Bucket::named("photos");
//! const ORDERS: Table = Table::from_env("ORDERS_TABLE").index("by_customer");
//! const MAIL: Grant = Grant::allow(&["ses:SendEmail"]).on(&["arn:aws:ses:*:*:identity/example.com"]);
//!
//! #[route("/photos/<key>", grants = [PHOTOS.get(), ORDERS.query(), MAIL])]
//! async fn photo(key: String) -> Result<String> {
//!     Ok(format!("{key} of {}", PHOTOS.name()?))
//! }
//!
//! #[app]
//! static APP: App = App { name: "photos", handlers: [photo] };
//! # fn main() { let _ = chalice::test::Client::builder(&APP); }
//! ```
//!
//! The same lists are taken by every attribute of a handler, and by the field `grants` of
//! [`App`](crate::App) and [`Blueprint`](crate::Blueprint). A list names constants; nothing of it is in the way
//! at run time, where `PHOTOS.name()` gives the name for the SDK.

pub use chalice_core::grant::{
    Actions, Bucket, EventBus, Function, Grant, Parameter, Queue, Secret, StateMachine, Table,
    Topic,
};
pub use chalice_runtime::ResourceName;
