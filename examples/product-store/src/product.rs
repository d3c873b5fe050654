//! What a product is.

use std::{fmt, str::FromStr};

use chalice::prelude::*;

use crate::error::StoreError;

/// The longest name, and the longest category, in characters.
pub(crate) const MAX_TEXT: usize = 100;

/// A product.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub(crate) struct Product {
    /// Its id, which the client that adds it chooses.
    pub(crate) id: ProductId,
    /// What it is called.
    pub(crate) name: String,
    /// What kind of product it is.
    pub(crate) category: String,
    /// What it costs, in cents.
    pub(crate) price: u32,
    /// How many bytes its picture has, if it has one.
    pub(crate) picture_size: Option<u64>,
}

/// A product as a client adds it.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewProduct {
    /// Its id, which no other product has.
    id: ProductId,
    /// What it is called: 1 to 100 characters.
    name: String,
    /// What kind of product it is: 1 to 100 characters.
    category: String,
    /// What it costs, in cents.
    price: u32,
}

/// What a client changes of a product.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Details {
    /// What it is called: 1 to 100 characters.
    pub(crate) name: String,
    /// What kind of product it is: 1 to 100 characters.
    pub(crate) category: String,
    /// What it costs, in cents.
    pub(crate) price: u32,
}

/// The id of a product: 1 to 50 lowercase letters, digits and hyphens. So it needs no escapes in paths,
/// and in keys of Amazon S3.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "String", into = "String")]
pub(crate) struct ProductId(String);

/// A text that is no id.
#[derive(Debug, thiserror::Error)]
#[error("an id has 1 to 50 lowercase letters, digits and hyphens")]
pub(crate) struct InvalidId;

impl NewProduct {
    /// The product, which has no picture yet.
    pub(crate) fn into_product(self) -> Result<Product, StoreError> {
        check("name", &self.name)?;
        check("category", &self.category)?;
        Ok(Product {
            id: self.id,
            name: self.name,
            category: self.category,
            price: self.price,
            picture_size: None,
        })
    }
}

impl Details {
    /// Whether a product may be so.
    pub(crate) fn check(&self) -> Result<(), StoreError> {
        check("name", &self.name)?;
        check("category", &self.category)
    }
}

/// Whether a name or a category has a length that it may have.
pub(crate) fn check(what: &'static str, text: &str) -> Result<(), StoreError> {
    match text.chars().count() {
        1..=MAX_TEXT => Ok(()),
        length => Err(StoreError::Length { what, length }),
    }
}

impl ProductId {
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for ProductId {
    type Error = InvalidId;

    fn try_from(text: String) -> Result<ProductId, InvalidId> {
        let allowed = |byte: u8| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-');
        match (1..=50).contains(&text.len()) && text.bytes().all(allowed) {
            true => Ok(ProductId(text)),
            false => Err(InvalidId),
        }
    }
}

/// For placeholders of paths.
impl FromStr for ProductId {
    type Err = InvalidId;

    fn from_str(text: &str) -> Result<ProductId, InvalidId> {
        text.to_owned().try_into()
    }
}

impl From<ProductId> for String {
    fn from(id: ProductId) -> String {
        id.0
    }
}

impl fmt::Display for ProductId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
