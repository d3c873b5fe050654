//! What a route's definition demands of requests.

use chalice_core::{content_type, definition::RouteDef};
use http::StatusCode;

use crate::{HttpError, Request};

/// Whether the route takes a request of that content type. A request that
/// does not say counts as JSON, as in AWS Chalice.
pub(crate) fn check_content_type(route: &RouteDef, request: &Request) -> Result<(), HttpError> {
    if route.content_types.is_empty() {
        return Ok(());
    }
    let content_type = request.content_type();
    if content_type::matches(&content_type, route.content_types) {
        return Ok(());
    }
    Err(unsupported_media_type(&content_type))
}

/// 415: the answer to a body that is of another content type than wanted.
pub(crate) fn unsupported_media_type(content_type: &str) -> HttpError {
    HttpError::new(
        StatusCode::UNSUPPORTED_MEDIA_TYPE,
        "UnsupportedMediaType",
        format!("Unsupported media type: {content_type}"),
    )
}
