use std::io::Read;

use flate2::read::GzDecoder;
use proptest::prelude::*;
use serde_json::value::RawValue;

use super::*;
use crate::{
    LambdaContext,
    event::tests::{FUNCTION_URL, HTTP_API_V1, HTTP_API_V2, LOAD_BALANCER, REST_API},
};

/// What a client that sends this method and these headers gets.
fn compress_for(
    response: Response,
    method: &Method,
    headers: &HeaderMap,
    minimum_size: Option<usize>,
) -> Response {
    match minimum_size {
        Some(minimum) => compress(response, Compression::for_client(method, headers, minimum)),
        None => response,
    }
}

#[test]
fn rest_apis_compress_by_themselves() {
    let compression = |event: &str| {
        let event = RawValue::from_string(event.to_owned()).unwrap();
        let parts = crate::event::read(event.get()).unwrap().unwrap();
        let context = LambdaContext::default();
        let request = Request::new(event, parts, Method::GET, "/", None, context);
        Compression::for_request(&request, Some(1))
    };
    assert!(compression(REST_API).is_none());
    for event in [HTTP_API_V1, HTTP_API_V2, FUNCTION_URL, LOAD_BALANCER] {
        assert!(compression(event).is_some());
    }
}

fn text_of(size: usize) -> Response {
    Response::text("lorem ipsum ".repeat(size / 12 + 1)[..size].to_owned())
}

fn client(accept_encoding: &str) -> HeaderMap {
    let mut headers = HeaderMap::new();
    headers.insert(
        ACCEPT_ENCODING,
        HeaderValue::from_str(accept_encoding).unwrap(),
    );
    headers
}

fn compressed(response: Response) -> Response {
    compress_for(response, &Method::GET, &client("gzip"), Some(100))
}

fn is_gzip(response: &Response) -> bool {
    response
        .headers()
        .get(CONTENT_ENCODING)
        .is_some_and(|coding| coding == "gzip")
}

#[test]
fn a_large_text_is_compressed() {
    let plain = text_of(2000);
    let response = compressed(text_of(2000));
    assert_eq!(response.headers()[CONTENT_ENCODING], "gzip");
    assert_eq!(response.headers()[VARY], "accept-encoding");
    assert_eq!(
        response.headers()[CONTENT_TYPE],
        "text/plain; charset=utf-8"
    );
    assert!(response.body().len() < 200);
    let mut text = Vec::new();
    GzDecoder::new(response.body().as_ref())
        .read_to_end(&mut text)
        .unwrap();
    assert_eq!(text, plain.body().as_ref());
}

#[test]
fn the_client_has_to_allow_it() {
    for (accept_encoding, allowed) in [
        ("gzip", true),
        ("GZIP", true),
        ("x-gzip", true),
        ("br, gzip;q=0.5", true),
        ("deflate, gzip ; Q=1.000", true),
        ("*", true),
        ("*;q=0.1", true),
        ("gzip, *;q=0", true),
        ("gzip;q=0", false),
        ("gzip;q=0.000", false),
        ("gzip;q=0, *", false),
        ("*;q=0", false),
        ("gzip;q=x", false),
        ("gzip;q=-1", false),
        ("gzip;q=nan", false),
        ("gzip;q=2", false),
        ("br", false),
        ("identity", false),
        ("gzipped", false),
        ("", false),
    ] {
        let response = compress_for(
            text_of(2000),
            &Method::GET,
            &client(accept_encoding),
            Some(1),
        );
        assert_eq!(is_gzip(&response), allowed, "{accept_encoding}");
        assert_eq!(
            response.headers()[VARY],
            "accept-encoding",
            "{accept_encoding}"
        );
    }
    let mut two = client("br");
    two.append(ACCEPT_ENCODING, HeaderValue::from_static("gzip"));
    assert!(is_gzip(&compress_for(
        text_of(2000),
        &Method::GET,
        &two,
        Some(1)
    )));
    assert!(!is_gzip(&compress_for(
        text_of(2000),
        &Method::GET,
        &HeaderMap::new(),
        Some(1)
    )));
}

#[test]
fn it_is_a_setting() {
    let response = compress_for(text_of(2000), &Method::GET, &client("gzip"), None);
    assert!(!is_gzip(&response) && !response.headers().contains_key(VARY));
    let small = compress_for(text_of(1999), &Method::GET, &client("gzip"), Some(2000));
    assert!(!is_gzip(&small) && !small.headers().contains_key(VARY));
    assert!(is_gzip(&compress_for(
        text_of(2000),
        &Method::GET,
        &client("gzip"),
        Some(2000)
    )));
    let empty = compress_for(text_of(0), &Method::GET, &client("gzip"), Some(0));
    assert!(!is_gzip(&empty));
}

#[test]
fn what_must_not_be_touched_is_not() {
    for response in [
        text_of(2000).with_header(CONTENT_ENCODING, "br"),
        text_of(2000).with_header(CONTENT_RANGE, "bytes 0-1999/4000"),
        text_of(2000).with_header(CACHE_CONTROL, "max-age=60, No-Transform"),
        text_of(2000).with_status(StatusCode::PARTIAL_CONTENT),
        text_of(2000).with_content_type("image/png"),
        text_of(2000).with_content_type("application/zip"),
        Response::new(StatusCode::OK).with_body("a".repeat(2000)),
    ] {
        let before = response.headers().clone();
        let after = compressed(response);
        assert_eq!((after.headers(), after.body().len()), (&before, 2000));
    }
    let head = compress_for(text_of(2000), &Method::HEAD, &client("gzip"), Some(1));
    assert!(!is_gzip(&head));
}

#[test]
fn texts_under_other_names_are_compressed() {
    for content_type in [
        "application/json",
        "image/svg+xml",
        "Application/Problem+JSON; x=y",
    ] {
        assert!(is_gzip(&compressed(
            text_of(2000).with_content_type(content_type)
        )));
    }
}

#[test]
fn what_does_not_get_smaller_stays() {
    let response = compress_for(Response::text("ab"), &Method::GET, &client("gzip"), Some(1));
    assert!(!is_gzip(&response));
    assert_eq!(response.body(), "ab");
}

#[test]
fn headers_that_speak_of_the_bytes_follow() {
    let response = compressed(
        text_of(2000)
            .with_header(ETAG, "\"a\"")
            .with_header(CONTENT_LENGTH, "2000")
            .with_header(VARY, "origin"),
    );
    assert_eq!(response.headers()[ETAG], "W/\"a\"");
    assert!(!response.headers().contains_key(CONTENT_LENGTH));
    assert!(
        response
            .headers()
            .get_all(VARY)
            .iter()
            .eq(["origin", "accept-encoding"])
    );

    let response = compressed(
        text_of(2000)
            .with_header(ETAG, "W/\"a\"")
            .with_header(VARY, "*"),
    );
    assert_eq!(response.headers()[ETAG], "W/\"a\"");
    assert!(response.headers().get_all(VARY).iter().eq(["*"]));
    let response = compressed(text_of(2000).with_header(VARY, "Origin, Accept-Encoding"));
    assert_eq!(response.headers().get_all(VARY).iter().count(), 1);
}

proptest! {
    #[test]
    fn every_body_comes_back(body in prop::collection::vec(any::<u8>(), 0..4000), accept in "[ -~]{0,30}") {
        let response = Response::text("").with_body(body.clone());
        let response = compress_for(response, &Method::GET, &client(&accept), Some(1));
        let mut received = Vec::new();
        if is_gzip(&response) {
            GzDecoder::new(response.body().as_ref()).read_to_end(&mut received).unwrap();
        } else {
            received = response.body().to_vec();
        }
        prop_assert_eq!(received, body);
    }
}
