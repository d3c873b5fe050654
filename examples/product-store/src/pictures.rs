//! The routes of pictures; `main.rs` mounts them at `/products`.

use chalice::{
    HeaderName,
    http::header::{CONTENT_TYPE, X_CONTENT_TYPE_OPTIONS},
    prelude::*,
};

use crate::{
    catalog::Catalog,
    error::StoreError,
    gallery::{Gallery, MAX_PICTURE, Picture},
    product::ProductId,
    resources::{PICTURES, PRODUCTS},
};

/// Store the picture of a product.
///
/// The product shows it as soon as `note_picture` has heard of it, a moment later.
#[route(
    "/<id>/picture",
    methods = [PUT],
    content_types = ["image/jpeg", "image/png"],
    grants = [PRODUCTS.allow(&["dynamodb:GetItem"]), PICTURES.put()],
)]
async fn store(
    id: ProductId,
    headers: HeaderMap,
    bytes: Bytes,
    catalog: State<Catalog>,
    gallery: State<Gallery>,
) -> Result<StatusCode, StoreError> {
    match bytes.len() {
        0 => return Err(StoreError::EmptyPicture),
        1..=MAX_PICTURE => {}
        size => return Err(StoreError::PictureTooLarge { size }),
    }
    catalog.find(&id).await?;
    // One of those above, or the request would not be here.
    let content_type = headers.get(CONTENT_TYPE).and_then(|it| it.to_str().ok());
    let picture = Picture {
        content_type: content_type.unwrap_or_default().to_owned(),
        bytes,
    };
    gallery.put(&id, picture).await?;
    Ok(StatusCode::ACCEPTED)
}

/// Show the picture of a product.
#[route(
    "/<id>/picture",
    grants = [PRODUCTS.allow(&["dynamodb:GetItem"]), PICTURES.get()],
)]
async fn show(
    id: ProductId,
    catalog: State<Catalog>,
    gallery: State<Gallery>,
) -> Result<([(HeaderName, String); 2], Bytes), StoreError> {
    // Of an object that is not there, Amazon S3 says so only to those who may list the bucket.
    if catalog.find(&id).await?.picture_size.is_none() {
        return Err(StoreError::NoPicture { id });
    }
    let picture = gallery.get(&id).await?;
    let headers = [
        (CONTENT_TYPE, picture.content_type),
        (X_CONTENT_TYPE_OPTIONS, "nosniff".to_owned()),
    ];
    Ok((headers, picture.bytes))
}

/// The routes, for an app to mount.
#[blueprint]
pub(crate) static BLUEPRINT: Blueprint = Blueprint {
    handlers: [store, show],
};
