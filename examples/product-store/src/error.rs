//! What can go wrong.

use std::error::Error;

use chalice::prelude::*;

use crate::{
    gallery::MAX_PICTURE,
    product::{MAX_TEXT, ProductId},
    products::MAX_PAGE,
};

/// Why the store does not do what it is asked to do.
#[derive(Debug, thiserror::Error)]
pub(crate) enum StoreError {
    #[error("no product has the id `{id}`")]
    NoSuchProduct { id: ProductId },
    #[error("another product has the id `{id}`")]
    IdTaken { id: ProductId },
    #[error("a {what} has 1 to {MAX_TEXT} characters, and this one has {length}")]
    Length { what: &'static str, length: usize },
    #[error("a page has 1 to {MAX_PAGE} products, and not {limit}")]
    PageLimit { limit: u16 },
    #[error("the product `{id}` has no picture")]
    NoPicture { id: ProductId },
    #[error("a picture has bytes, and this one has none")]
    EmptyPicture,
    #[error("a picture has at most {MAX_PICTURE} bytes, and this one has {size}")]
    PictureTooLarge { size: usize },
    #[error("{resource} cannot be used")]
    Aws {
        resource: String,
        source: Box<dyn Error + Send + Sync>,
    },
}

/// The answer to each error.
impl IntoHttpError for StoreError {
    fn into_http_error(self) -> HttpError {
        let message = self.to_string();
        match self {
            StoreError::NoSuchProduct { .. } | StoreError::NoPicture { .. } => {
                HttpError::not_found(message)
            }
            StoreError::IdTaken { .. } => HttpError::conflict(message),
            StoreError::Length { .. } | StoreError::PageLimit { .. } | StoreError::EmptyPicture => {
                HttpError::unprocessable_entity(message)
            }
            StoreError::PictureTooLarge { .. } => HttpError::new(
                StatusCode::PAYLOAD_TOO_LARGE,
                "PictureTooLargeError",
                message,
            ),
            // A 500 that says nothing of it; the log says all.
            StoreError::Aws { .. } => self.into(),
        }
    }
}
