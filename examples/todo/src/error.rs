//! What can go wrong.

use chalice::prelude::*;

use crate::store::MAX_TITLE;

/// Why the list stays as it is.
#[derive(Debug, thiserror::Error)]
pub(crate) enum TodoError {
    #[error("no item has the id {id}")]
    NoSuchItem { id: u64 },
    #[error("item {id} is to be done and has the title `{title}` already")]
    TitleTaken { id: u64, title: String },
    #[error("a title has 1 to {MAX_TITLE} characters, and this one has {length}")]
    TitleLength { length: usize },
}

/// The answer to each error. The compiler asks for this where a handler
/// returns `Result<_, TodoError>`, so that no error goes out unconsidered.
impl IntoHttpError for TodoError {
    fn into_http_error(self) -> HttpError {
        let message = self.to_string();
        match self {
            TodoError::NoSuchItem { .. } => HttpError::not_found(message),
            TodoError::TitleTaken { .. } => HttpError::conflict(message),
            TodoError::TitleLength { .. } => HttpError::unprocessable_entity(message),
        }
    }
}
