//! Responses that travel compressed.

use std::io::{self, Write};

use bytes::Bytes;
use chalice_core::content_type::essence;
use flate2::write::GzEncoder;
use http::{
    HeaderMap, HeaderName, HeaderValue, Method, StatusCode,
    header::{
        ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_RANGE,
        CONTENT_TYPE, ETAG, VARY,
    },
};

use super::wire::text;
use crate::{Request, Response, event::Kind};

/// Whether and for whom a response is compressed.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Compression {
    /// The least number of bytes for which it is worth it.
    minimum_size: usize,
    /// Whether the client takes it.
    accepted: bool,
}

impl Compression {
    /// For the answer to that request; `None` where nothing is compressed.
    ///
    /// REST APIs compress by themselves (API Gateway, `minimumCompressionSize`),
    /// and they turn base64 into bytes only for clients whose `Accept` names a
    /// binary type, so that others would get base64.
    pub(crate) fn for_request(request: &Request, minimum_size: Option<u32>) -> Option<Compression> {
        let minimum_size = usize::try_from(minimum_size?).ok()?;
        (request.kind() != Kind::RestApi)
            .then(|| Compression::for_client(request.method(), request.headers(), minimum_size))
    }

    /// For a client that sends this method and these headers.
    fn for_client(method: &Method, headers: &HeaderMap, minimum_size: usize) -> Compression {
        Compression {
            minimum_size,
            accepted: *method != Method::HEAD && accepts_gzip(headers),
        }
    }
}

/// Compresses the body with gzip if that is allowed, possible and worth it.
pub(crate) fn compress(mut response: Response, compression: Compression) -> Response {
    let large_enough = response.body.len() >= compression.minimum_size;
    if !large_enough || response.body.is_empty() || !is_compressible(&response) {
        return response;
    }
    // What a cache keeps depends on it, whether this response is compressed or not.
    vary_by_encoding(&mut response.headers);
    if !compression.accepted {
        return response;
    }
    match gzip(&response.body) {
        Ok(body) if body.len() < response.body.len() => {
            response.body = body;
            response
                .headers
                .insert(CONTENT_ENCODING, HeaderValue::from_static("gzip"));
            response.headers.remove(CONTENT_LENGTH);
            weaken_etag(&mut response.headers);
            response
        }
        // Compression that gains nothing, or fails for want of memory: the body is good as it is.
        _ => response,
    }
}

fn gzip(body: &[u8]) -> io::Result<Bytes> {
    let mut encoder = GzEncoder::new(
        Vec::with_capacity(body.len() / 2),
        flate2::Compression::default(),
    );
    encoder.write_all(body)?;
    encoder.finish().map(Bytes::from)
}

/// Whether a response is whole, is not encoded yet, may be transformed (RFC
/// 9111, 5.2.2.6), and of a type that is not compressed in itself.
fn is_compressible(response: &Response) -> bool {
    let headers = &response.headers;
    let whole = !matches!(
        response.status,
        StatusCode::NO_CONTENT | StatusCode::PARTIAL_CONTENT | StatusCode::NOT_MODIFIED
    );
    let may_be_transformed = !list(headers, CACHE_CONTROL)
        .any(|directive| directive.eq_ignore_ascii_case("no-transform"));
    whole
        && may_be_transformed
        && !headers.contains_key(CONTENT_ENCODING)
        && !headers.contains_key(CONTENT_RANGE)
        && headers
            .get(CONTENT_TYPE)
            .is_some_and(|content_type| is_compressible_type(&text(content_type)))
}

/// Text of every kind: `text/*`, and the types that are text under another name.
fn is_compressible_type(content_type: &str) -> bool {
    let essence = essence(content_type).to_ascii_lowercase();
    essence.starts_with("text/")
        || essence.ends_with("+json")
        || essence.ends_with("+xml")
        || matches!(
            essence.as_str(),
            "application/json"
                | "application/javascript"
                | "application/manifest+json"
                | "application/vnd.ms-fontobject"
                | "application/wasm"
                | "application/x-javascript"
                | "application/x-ndjson"
                | "application/x-www-form-urlencoded"
                | "application/xml"
                | "application/yaml"
                | "font/otf"
                | "font/ttf"
                | "image/bmp"
                | "image/vnd.microsoft.icon"
                | "image/x-icon"
        )
}

/// Whether `Accept-Encoding` allows gzip: RFC 9110, 12.5.3. What names it
/// outweighs `*`, a weight of zero refuses. A client that sends no such header
/// would have to take anything, but may not be able to.
fn accepts_gzip(headers: &HeaderMap) -> bool {
    let mut by_wildcard = None;
    let mut by_name = None;
    for coding in list(headers, ACCEPT_ENCODING) {
        let mut parts = coding.split(';').map(str::trim);
        let name = parts.next().unwrap_or_default();
        let weight = parts.find_map(|parameter| {
            let (name, value) = parameter.split_once('=')?;
            name.trim().eq_ignore_ascii_case("q").then(|| value.trim())
        });
        let allowed = weight.is_none_or(is_positive);
        if name.eq_ignore_ascii_case("gzip") || name.eq_ignore_ascii_case("x-gzip") {
            by_name = Some(by_name.unwrap_or(false) || allowed);
        } else if name == "*" {
            by_wildcard = Some(allowed);
        }
    }
    by_name.or(by_wildcard).unwrap_or(false)
}

/// Whether a weight, `0` to `1` with up to three decimals, is not zero; one
/// that is malformed counts as zero.
fn is_positive(weight: &str) -> bool {
    weight
        .parse()
        .is_ok_and(|weight: f32| weight > 0.0 && weight <= 1.0)
}

fn vary_by_encoding(headers: &mut HeaderMap) {
    let varies =
        list(headers, VARY).any(|name| name == "*" || name.eq_ignore_ascii_case("accept-encoding"));
    if !varies {
        headers.append(VARY, HeaderValue::from_static("accept-encoding"));
    }
}

/// A strong validator stands for the very bytes, and these are others now (RFC 9110, 8.8.1).
fn weaken_etag(headers: &mut HeaderMap) {
    let Some(etag) = headers.get(ETAG) else {
        return;
    };
    if etag.as_bytes().starts_with(b"W/") {
        return;
    }
    match HeaderValue::from_bytes(&[b"W/", etag.as_bytes()].concat()) {
        Ok(weak) => headers.insert(ETAG, weak),
        Err(_) => headers.remove(ETAG),
    };
}

/// The elements of a header that is a list.
fn list(headers: &HeaderMap, name: HeaderName) -> impl Iterator<Item = &str> {
    headers
        .get_all(name)
        .into_iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .map(str::trim)
}

#[cfg(test)]
mod tests;
