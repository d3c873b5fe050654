//! What the store keeps on AWS.
//!
//! These constants are named twice: by `grants`, of which the roles are made, and by what calls AWS.
//! So no function is permitted one table and calls another.

use chalice::grant::{Bucket, Table};

/// The products, by their ids, and by their categories in an index.
pub(crate) const PRODUCTS: Table = Table::from_env("PRODUCTS_TABLE").index(BY_CATEGORY);

/// The index of [`PRODUCTS`].
pub(crate) const BY_CATEGORY: &str = "by_category";

/// The pictures of products.
pub(crate) const PICTURES: Bucket = Bucket::from_env("PICTURES_BUCKET");
