//! The products, in a table of Amazon DynamoDB.

use std::{collections::BTreeSet, error::Error};

use aws_sdk_dynamodb::{
    Client,
    operation::{
        delete_item::DeleteItemError, put_item::PutItemError, update_item::UpdateItemError,
    },
    types::{KeysAndAttributes, ReturnValue},
};
use chalice::prelude::*;

use crate::{
    error::StoreError,
    item::{self, Item},
    product::{Details, Product, ProductId},
    resources::BY_CATEGORY,
};

/// How many keys one `BatchGetItem` takes.
pub(crate) const BATCH: usize = 100;

/// The products.
#[derive(Clone, Debug)]
pub(crate) struct Catalog {
    client: Client,
    table: String,
}

/// Some of the products.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub(crate) struct Page {
    /// The products.
    pub(crate) products: Vec<Product>,
    /// If there may be more: behind which one, for `after`.
    pub(crate) next: Option<ProductId>,
}

impl Catalog {
    pub(crate) fn new(client: Client, table: String) -> Catalog {
        Catalog { client, table }
    }

    /// The product of that id.
    pub(crate) async fn find(&self, id: &ProductId) -> Result<Product, StoreError> {
        let get = self.client.get_item().table_name(&self.table);
        let answer = get
            .set_key(Some(item::key(id)))
            .send()
            .await
            .map_err(|error| self.failed(error))?;
        match &answer.item {
            Some(item) => item::product(item).map_err(|error| self.failed(error)),
            None => Err(StoreError::NoSuchProduct { id: id.clone() }),
        }
    }

    /// Products of all categories, in the table's own order.
    pub(crate) async fn all(
        &self,
        after: Option<&ProductId>,
        limit: u16,
    ) -> Result<Page, StoreError> {
        let scan = self.client.scan().table_name(&self.table);
        let answer = scan
            .limit(limit.into())
            .set_exclusive_start_key(after.map(item::key))
            .send()
            .await
            .map_err(|error| self.failed(error))?;
        self.page(answer.items(), answer.last_evaluated_key())
    }

    /// Products of a category, in the order of their ids. The index is a little behind the table.
    pub(crate) async fn of_category(
        &self,
        category: &str,
        after: Option<&ProductId>,
        limit: u16,
    ) -> Result<Page, StoreError> {
        let query = self.client.query().table_name(&self.table);
        let answer = query
            .index_name(BY_CATEGORY)
            .key_condition_expression("category = :category")
            .expression_attribute_values(":category", item::string(category))
            .limit(limit.into())
            .set_exclusive_start_key(after.map(|id| item::key_in_category(id, category)))
            .send()
            .await
            .map_err(|error| self.failed(error))?;
        self.page(answer.items(), answer.last_evaluated_key())
    }

    /// Adds a product.
    pub(crate) async fn add(&self, product: &Product) -> Result<(), StoreError> {
        let put = self.client.put_item().table_name(&self.table);
        let put = put
            .set_item(Some(item::of(product)))
            .condition_expression("attribute_not_exists(id)");
        match put.send().await {
            Ok(_) => Ok(()),
            Err(error) => match error.as_service_error() {
                Some(PutItemError::ConditionalCheckFailedException(_)) => {
                    Err(StoreError::IdTaken {
                        id: product.id.clone(),
                    })
                }
                _ => Err(self.failed(error)),
            },
        }
    }

    /// Changes a product, whose picture stays.
    pub(crate) async fn change(
        &self,
        id: &ProductId,
        details: &Details,
    ) -> Result<Product, StoreError> {
        let update = self.client.update_item().table_name(&self.table);
        let update = update
            .set_key(Some(item::key(id)))
            // A word of the language of expressions is `name`.
            .update_expression("SET #name = :name, category = :category, price = :price")
            .condition_expression("attribute_exists(id)")
            .expression_attribute_names("#name", "name")
            .expression_attribute_values(":name", item::string(&details.name))
            .expression_attribute_values(":category", item::string(&details.category))
            .expression_attribute_values(":price", item::number(details.price))
            .return_values(ReturnValue::AllNew);
        match update.send().await {
            Ok(answer) => {
                let product = item::product(answer.attributes.as_ref().unwrap_or(&Item::new()));
                product.map_err(|error| self.failed(error))
            }
            Err(error) => match error.as_service_error() {
                Some(UpdateItemError::ConditionalCheckFailedException(_)) => {
                    Err(StoreError::NoSuchProduct { id: id.clone() })
                }
                _ => Err(self.failed(error)),
            },
        }
    }

    /// Removes a product.
    pub(crate) async fn remove(&self, id: &ProductId) -> Result<(), StoreError> {
        let delete = self.client.delete_item().table_name(&self.table);
        let delete = delete
            .set_key(Some(item::key(id)))
            .condition_expression("attribute_exists(id)");
        match delete.send().await {
            Ok(_) => Ok(()),
            Err(error) => match error.as_service_error() {
                Some(DeleteItemError::ConditionalCheckFailedException(_)) => {
                    Err(StoreError::NoSuchProduct { id: id.clone() })
                }
                _ => Err(self.failed(error)),
            },
        }
    }

    /// Notes how many bytes the picture of a product has. False if the product is gone.
    pub(crate) async fn note_picture(&self, id: &ProductId, size: u64) -> Result<bool, StoreError> {
        let update = self.client.update_item().table_name(&self.table);
        let update = update
            .set_key(Some(item::key(id)))
            .update_expression("SET picture_size = :size")
            .condition_expression("attribute_exists(id)")
            .expression_attribute_values(":size", item::number(size));
        match update.send().await {
            Ok(_) => Ok(true),
            Err(error) => match error.as_service_error() {
                Some(UpdateItemError::ConditionalCheckFailedException(_)) => Ok(false),
                _ => Err(self.failed(error)),
            },
        }
    }

    /// Which of these products, [`BATCH`] at most, are not in the table. One that the table has not got round to is
    /// taken for one that is there: whoever removes what is left of the others asks again another day.
    pub(crate) async fn gone(&self, ids: &[ProductId]) -> Result<BTreeSet<ProductId>, StoreError> {
        let keys = KeysAndAttributes::builder()
            .set_keys(Some(ids.iter().map(item::key).collect()))
            .projection_expression("id")
            .consistent_read(true)
            .build()
            .map_err(|error| self.failed(error))?;
        let get = self
            .client
            .batch_get_item()
            .request_items(&self.table, keys);
        let answer = get.send().await.map_err(|error| self.failed(error))?;
        let there = answer.responses.iter().flat_map(|it| it.values().flatten());
        let left_out = answer.unprocessed_keys.iter().flat_map(|it| it.values());
        let left_out = left_out.flat_map(|it| it.keys());
        let mut gone: BTreeSet<ProductId> = ids.iter().cloned().collect();
        for item in there.chain(left_out) {
            gone.remove(&item::id(item).map_err(|error| self.failed(error))?);
        }
        Ok(gone)
    }

    fn page(&self, items: &[Item], last: Option<&Item>) -> Result<Page, StoreError> {
        let products: Result<_, _> = items.iter().map(item::product).collect();
        let next = last.map(item::id).transpose();
        Ok(Page {
            products: products.map_err(|error| self.failed(error))?,
            next: next.map_err(|error| self.failed(error))?,
        })
    }

    fn failed(&self, source: impl Into<Box<dyn Error + Send + Sync>>) -> StoreError {
        StoreError::Aws {
            resource: format!("the table `{}`", self.table),
            source: source.into(),
        }
    }
}
