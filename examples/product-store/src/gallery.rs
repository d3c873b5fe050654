//! The pictures, in a bucket of Amazon S3.

use std::error::Error;

use aws_sdk_s3::{Client, primitives::ByteStream};
use chalice::prelude::*;

use crate::{error::StoreError, product::ProductId};

/// The most bytes that a picture has.
pub(crate) const MAX_PICTURE: usize = 1 << 20;

/// What the keys of pictures begin with; `upkeep.rs` has it, too, where it takes a literal.
pub(crate) const PREFIX: &str = "pictures/";

/// The pictures.
#[derive(Clone, Debug)]
pub(crate) struct Gallery {
    client: Client,
    bucket: String,
}

/// A picture.
pub(crate) struct Picture {
    pub(crate) content_type: String,
    pub(crate) bytes: Bytes,
}

impl Gallery {
    pub(crate) fn new(client: Client, bucket: String) -> Gallery {
        Gallery { client, bucket }
    }

    /// The name of the bucket.
    pub(crate) fn bucket(&self) -> &str {
        &self.bucket
    }

    /// Stores the picture of a product, in the place of the one that is there.
    pub(crate) async fn put(&self, id: &ProductId, picture: Picture) -> Result<(), StoreError> {
        let put = self.client.put_object().bucket(&self.bucket).key(key(id));
        put.content_type(picture.content_type)
            .body(ByteStream::from(picture.bytes))
            .send()
            .await
            .map_err(|error| self.failed(error))?;
        Ok(())
    }

    /// The picture of a product that has one.
    pub(crate) async fn get(&self, id: &ProductId) -> Result<Picture, StoreError> {
        let get = self.client.get_object().bucket(&self.bucket).key(key(id));
        let object = get.send().await.map_err(|error| self.failed(error))?;
        let body = object.body.collect().await;
        Ok(Picture {
            content_type: object.content_type.unwrap_or_default(),
            bytes: body.map_err(|error| self.failed(error))?.into_bytes(),
        })
    }

    /// The products that there are pictures of, whether they still exist or not.
    pub(crate) async fn products(&self) -> Result<Vec<ProductId>, StoreError> {
        let list = self.client.list_objects_v2().bucket(&self.bucket);
        let mut pages = list.prefix(PREFIX).into_paginator().send();
        let mut products = Vec::new();
        while let Some(page) = pages.next().await {
            let page = page.map_err(|error| self.failed(error))?;
            let keys = page.contents().iter().filter_map(|object| object.key());
            products.extend(keys.filter_map(product_of));
        }
        Ok(products)
    }

    /// Removes the picture of a product.
    pub(crate) async fn remove(&self, id: &ProductId) -> Result<(), StoreError> {
        let delete = self.client.delete_object().bucket(&self.bucket);
        delete
            .key(key(id))
            .send()
            .await
            .map_err(|error| self.failed(error))?;
        Ok(())
    }

    fn failed(&self, source: impl Into<Box<dyn Error + Send + Sync>>) -> StoreError {
        StoreError::Aws {
            resource: format!("the bucket `{}`", self.bucket),
            source: source.into(),
        }
    }
}

fn key(id: &ProductId) -> String {
    format!("{PREFIX}{id}")
}

/// The product whose picture has that key.
pub(crate) fn product_of(key: &str) -> Option<ProductId> {
    key.strip_prefix(PREFIX)?.parse().ok()
}
