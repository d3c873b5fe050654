//! Functions that no request waits for. Each has a role of its own, with its grants alone.

use chalice::prelude::*;

use crate::{
    catalog::{BATCH, Catalog},
    error::StoreError,
    gallery::{self, Gallery},
    resources::{PICTURES, PRODUCTS},
};

/// What Amazon S3 tells Amazon EventBridge of an object that it has stored.
#[derive(Deserialize, JsonSchema)]
pub(crate) struct ObjectCreated {
    bucket: CreatedIn,
    object: Created,
}

#[derive(Deserialize, JsonSchema)]
struct CreatedIn {
    name: String,
}

#[derive(Deserialize, JsonSchema)]
struct Created {
    key: String,
    size: u64,
}

/// Notes a picture that has been stored, in its product.
///
/// The pattern has the pictures of all stages, since an attribute cannot know the bucket of one.
#[on_cw_event(
    pattern = {
        "source": ["aws.s3"],
        "detail-type": ["Object Created"],
        "detail": { "object": { "key": [{ "prefix": "pictures/" }] } },
    },
    grants = [PRODUCTS.allow(&["dynamodb:UpdateItem"])],
)]
pub(crate) async fn note_picture(
    event: CloudWatchEvent<ObjectCreated>,
    catalog: State<Catalog>,
    gallery: State<Gallery>,
) -> Result<(), StoreError> {
    let ObjectCreated { bucket, object } = event.into_detail();
    if bucket.name != gallery.bucket() {
        return Ok(());
    }
    if let Some(id) = gallery::product_of(&object.key) {
        let noted = catalog.note_picture(&id, object.size).await?;
        tracing::info!(%id, size = object.size, noted, "a picture has been stored");
    }
    Ok(())
}

/// Removes the pictures of products that are gone.
#[schedule(
    "rate(1 day)",
    grants = [PICTURES.list(), PICTURES.delete(), PRODUCTS.allow(&["dynamodb:BatchGetItem"])],
)]
pub(crate) async fn sweep(
    catalog: State<Catalog>,
    gallery: State<Gallery>,
) -> Result<(), StoreError> {
    for ids in gallery.products().await?.chunks(BATCH) {
        for id in catalog.gone(ids).await? {
            gallery.remove(&id).await?;
            tracing::info!(%id, "the picture of a product that is gone has been removed");
        }
    }
    Ok(())
}
