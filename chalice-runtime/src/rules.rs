//! What a route's definition demands of requests and adds to responses.

use chalice_core::{content_type, cors::CorsDef, definition::RouteDef};
use http::{HeaderName, HeaderValue, StatusCode, header};

use crate::{HttpError, Request, Response};

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

/// Adds the headers of the CORS protocol that the handler has not set itself.
pub(crate) fn add_cors_headers(cors: &CorsDef, response: &mut Response) {
    add(
        response,
        header::ACCESS_CONTROL_ALLOW_ORIGIN,
        cors.allow_origin,
    );
    add(
        response,
        header::ACCESS_CONTROL_ALLOW_HEADERS,
        cors.allow_headers,
    );
    if !cors.expose_headers.is_empty() {
        add(
            response,
            header::ACCESS_CONTROL_EXPOSE_HEADERS,
            cors.expose_headers,
        );
    }
    if let Some(max_age) = cors.max_age
        && !response
            .headers()
            .contains_key(header::ACCESS_CONTROL_MAX_AGE)
    {
        response
            .headers_mut()
            .insert(header::ACCESS_CONTROL_MAX_AGE, max_age.into());
    }
    if cors.allow_credentials {
        add(response, header::ACCESS_CONTROL_ALLOW_CREDENTIALS, "true");
    }
}

fn add(response: &mut Response, name: HeaderName, value: &'static str) {
    // The attribute has checked the settings; a value that is none is not worth a panic.
    if !response.headers().contains_key(&name)
        && let Ok(value) = HeaderValue::from_str(value)
    {
        response.headers_mut().insert(name, value);
    }
}
