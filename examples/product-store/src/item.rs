//! Products as items of the table.

use std::collections::HashMap;

use aws_sdk_dynamodb::types::AttributeValue;

use crate::product::{Product, ProductId};

/// The attributes of an item, by their names.
pub(crate) type Item = HashMap<String, AttributeValue>;

/// An item that is no product: none of the store's has written it.
#[derive(Debug, thiserror::Error)]
#[error("an item has no valid `{0}`")]
pub(crate) struct InvalidItem(&'static str);

/// The key of a product in the table.
pub(crate) fn key(id: &ProductId) -> Item {
    HashMap::from([("id".to_owned(), string(id.as_str()))])
}

/// The key of a product in the index by category.
pub(crate) fn key_in_category(id: &ProductId, category: &str) -> Item {
    let mut key = key(id);
    key.insert("category".to_owned(), string(category));
    key
}

/// The product's id.
pub(crate) fn id(item: &Item) -> Result<ProductId, InvalidItem> {
    let id = text(item, "id")?.parse();
    id.map_err(|_| InvalidItem("id"))
}

/// The item of a product.
pub(crate) fn of(product: &Product) -> Item {
    let mut item = key_in_category(&product.id, &product.category);
    item.insert("name".to_owned(), string(&product.name));
    item.insert("price".to_owned(), number(product.price));
    if let Some(size) = product.picture_size {
        item.insert("picture_size".to_owned(), number(size));
    }
    item
}

/// The product of an item.
pub(crate) fn product(item: &Item) -> Result<Product, InvalidItem> {
    let price = item.get("price").and_then(as_number);
    let picture_size = match item.get("picture_size") {
        Some(size) => Some(as_number(size).ok_or(InvalidItem("picture_size"))?),
        None => None,
    };
    Ok(Product {
        id: id(item)?,
        name: text(item, "name")?.to_owned(),
        category: text(item, "category")?.to_owned(),
        price: price.ok_or(InvalidItem("price"))?,
        picture_size,
    })
}

pub(crate) fn string(text: &str) -> AttributeValue {
    AttributeValue::S(text.to_owned())
}

pub(crate) fn number(number: impl ToString) -> AttributeValue {
    AttributeValue::N(number.to_string())
}

fn text<'a>(item: &'a Item, name: &'static str) -> Result<&'a str, InvalidItem> {
    match item.get(name) {
        Some(AttributeValue::S(text)) => Ok(text),
        _ => Err(InvalidItem(name)),
    }
}

fn as_number<T: std::str::FromStr>(value: &AttributeValue) -> Option<T> {
    match value {
        AttributeValue::N(digits) => digits.parse().ok(),
        _ => None,
    }
}
