//! What a route's definition demands of requests.

use chalice_core::{binary_types::BinaryTypes, content_type};
use http::{HeaderName, HeaderValue, StatusCode, header};

use crate::{
    HttpError, Request, Response, event::Kind, log, response::wire, route_rules::RouteRules,
};

/// Whether the route takes a request of that content type. A request that
/// does not say counts as JSON, as in AWS Chalice.
pub(crate) fn check_content_type(rules: &RouteRules, request: &Request) -> Result<(), HttpError> {
    let taken = rules.content_types();
    if taken.is_empty() {
        return Ok(());
    }
    let content_type = request.content_type();
    if content_type::matches(&content_type, taken) {
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

/// The most bytes that the headers of an answer may have: Amazon API Gateway,
/// "Quotas", allows 10,240 for names and values together.
const MAX_HEADERS: usize = 10_240;

/// The response, or a logged 500 in place of one whose headers API Gateway does
/// not take: it would answer by an error that says nothing. Clients of other
/// origins may read that, too.
pub(crate) fn check_header_size(kind: Kind, response: Response) -> Response {
    let limited = match kind {
        Kind::RestApi | Kind::HttpApiV1 | Kind::HttpApiV2 => true,
        Kind::FunctionUrl | Kind::LoadBalancer { .. } => false,
    };
    // Of each header, the line as HTTP writes it: `name: value` and its end.
    let size = |(name, value): (&HeaderName, &HeaderValue)| name.as_str().len() + value.len() + 4;
    let bytes: usize = response.headers().iter().map(size).sum();
    if !limited || bytes <= MAX_HEADERS {
        return response;
    }
    let largest = response.headers().iter().max_by_key(|header| size(*header));
    tracing::error!(
        target: log::TARGET,
        "the response's headers have {bytes} bytes, and API Gateway takes at most {MAX_HEADERS}; the largest is \
         `{}`: send less of it, or send it in the body",
        largest.map_or("", |(name, _)| name.as_str()),
    );
    let mut refused = HttpError::internal().respond();
    for name in [
        header::ACCESS_CONTROL_ALLOW_ORIGIN,
        header::ACCESS_CONTROL_ALLOW_CREDENTIALS,
        header::VARY,
    ] {
        let is_largest = largest.is_some_and(|(largest, _)| *largest == name);
        if !is_largest && let Some(value) = response.headers().get(&name) {
            refused.headers_mut().insert(name, value.clone());
        }
    }
    refused
}

/// Logs the cookies that a load balancer without multi-value headers does not send.
pub(crate) fn report_lost_cookies(kind: Kind, response: &Response) {
    let lost = wire::lost_cookies(kind, response);
    if !lost.is_empty() {
        tracing::error!(
            target: log::TARGET,
            "the response sets several cookies, of which an Application Load Balancer sends only the first; \
             lost: {}: set `lambda.multi_value_headers.enabled` on its target group",
            lost.join(", ")
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn large(name: &'static str) -> Response {
        Response::text("fine")
            .with_header("access-control-allow-origin", "https://a.example.com")
            .with_header("access-control-allow-credentials", "true")
            .with_header("vary", "origin")
            .with_header("x-own", "kept from the client")
            .with_header(name, "x".repeat(MAX_HEADERS))
    }

    #[test]
    fn the_refusal_of_large_headers_is_readable_across_origins() {
        let refused = check_header_size(Kind::RestApi, large("x-large"));
        assert_eq!(refused.status(), 500);
        let headers = refused.headers();
        assert_eq!(
            headers["access-control-allow-origin"],
            "https://a.example.com"
        );
        assert_eq!(headers["access-control-allow-credentials"], "true");
        assert_eq!(headers["vary"], "origin");
        assert!(!headers.contains_key("x-own"));
        // Nothing that would be refused again.
        let refused = check_header_size(Kind::RestApi, large("vary"));
        assert!(!refused.headers().contains_key("vary"));
    }
}
