//! What a route's definition demands of requests and adds to responses.

use chalice_core::{binary_types::BinaryTypes, content_type, cors::CorsDef, definition::RouteDef};
use http::{HeaderName, HeaderValue, StatusCode, header};

use crate::{HttpError, Request, Response, event::Kind, log, response::wire};

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

/// Whether the client gets the response as it is meant. REST APIs send a binary
/// body as binary only to a client whose `Accept` names a binary type, and as
/// base64 to all others, so those are told, as in AWS Chalice. The other
/// gateways go by what the answer says.
pub(crate) fn check_accept(
    request: &Request,
    response: &Response,
    binary_types: BinaryTypes,
) -> Result<(), HttpError> {
    if request.kind() != Kind::RestApi {
        return Ok(());
    }
    let content_type = wire::content_type(response);
    if !binary_types.contains(&content_type) {
        return Ok(());
    }
    let mut accept = request
        .headers()
        .get_all(header::ACCEPT)
        .iter()
        .map(wire::text);
    if accept.any(|accept| binary_types.accepted_by(&accept)) {
        return Ok(());
    }
    Err(HttpError::new(
        StatusCode::BAD_REQUEST,
        "BadRequest",
        format!(
            "Request did not specify an Accept header with {content_type}, The response has a \
             Content-Type of {content_type}. If a response has a binary Content-Type then the \
             request must specify an Accept header that matches."
        ),
    ))
}

/// Logs the cookies that a load balancer without multi-value headers does not send.
pub(crate) fn report_lost_cookies(kind: Kind, response: &Response) {
    let lost = wire::lost_cookies(kind, response);
    if !lost.is_empty() {
        log::failure(format_args!(
            "the response sets several cookies, of which an Application Load Balancer sends only the \
             first; lost: {}: set `lambda.multi_value_headers.enabled` on its target group",
            lost.join(", ")
        ));
    }
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
