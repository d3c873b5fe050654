//! What a function returns to API Gateway.
//!
//! Amazon API Gateway, "Output format of a Lambda function for proxy integration".

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use http::header::{
    CONNECTION, CONTENT_LENGTH, CONTENT_TYPE, DATE, HeaderMap, HeaderName, HeaderValue, SERVER, TE,
    TRAILER, TRANSFER_ENCODING, UPGRADE, WWW_AUTHENTICATE,
};
use http::{Response, StatusCode};
use serde_json::{Map, Value};

/// Why API Gateway does not accept what a function returned.
///
/// The client is told "Internal server error" and nothing more; this is for
/// the developer.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Malformed {
    /// More bytes than Lambda returns.
    #[error(
        "the response has {bytes} bytes: AWS Lambda returns at most {}",
        crate::limits::MAX_LAMBDA_RESPONSE
    )]
    TooLarge {
        /// The size.
        bytes: usize,
    },
    /// A document, where a stream is expected.
    #[error("the response is not streamed, and the route's response transfer mode is STREAM")]
    Buffered,
    /// A stream, where a document is expected.
    #[error("the response is streamed, and the route's response transfer mode is not STREAM")]
    Streamed,
    /// A stream without the delimiter behind its prelude.
    #[error(
        "the stream does not begin with a JSON object and eight NUL bytes, in at most {} bytes",
        crate::MAX_PRELUDE
    )]
    NoPrelude,
    /// `cookies` is not a list of strings.
    #[error("`cookies` is not a list of strings")]
    Cookies,
    /// Not JSON.
    #[error("the response is not JSON: {0}")]
    NotJson(String),
    /// JSON, but not an object.
    #[error("the response is not a JSON object")]
    NotAnObject,
    /// No `statusCode`, or not an integer from 100 to 599.
    #[error("`statusCode` is {0}: API Gateway takes an integer from 100 to 599")]
    StatusCode(String),
    /// `body` is not a string.
    #[error("`body` is not a string")]
    Body,
    /// `isBase64Encoded` is true, and `body` is not base64.
    #[error("`isBase64Encoded` is true, but `body` is not base64: {0}")]
    Base64(String),
    /// `isBase64Encoded` is not a boolean.
    #[error("`isBase64Encoded` is not a boolean")]
    IsBase64Encoded,
    /// `headers` is not an object of strings, or `multiValueHeaders` not one of lists of strings.
    #[error("`{member}` is not an object of {}", if *.member == "headers" { "strings" } else { "lists of strings" })]
    Headers {
        /// Which of the two.
        member: &'static str,
    },
    /// A header that HTTP does not allow.
    #[error("the header {name:?} is not valid in HTTP: {problem}")]
    Header {
        /// The header's name.
        name: String,
        /// What is wrong with it.
        problem: String,
    },
}

/// Headers that API Gateway sets itself and passes on under another name.
///
/// Amazon API Gateway, "Important notes for REST APIs".
const REMAPPED: [(HeaderName, HeaderName); 5] = [
    (
        CONNECTION,
        HeaderName::from_static("x-amzn-remapped-connection"),
    ),
    (
        CONTENT_LENGTH,
        HeaderName::from_static("x-amzn-remapped-content-length"),
    ),
    (DATE, HeaderName::from_static("x-amzn-remapped-date")),
    (SERVER, HeaderName::from_static("x-amzn-remapped-server")),
    (
        WWW_AUTHENTICATE,
        HeaderName::from_static("x-amzn-remapped-www-authenticate"),
    ),
];

/// Headers about the connection between the client and the gateway, of which a function knows nothing.
const DROPPED: [HeaderName; 4] = [TE, TRAILER, TRANSFER_ENCODING, UPGRADE];

/// Reads what a function returned.
pub(crate) fn read(payload: &[u8]) -> Result<Response<Bytes>, Malformed> {
    let mut members = members(payload)?;
    let body = body(&mut members)?;
    Ok(head(&members)?.map(|()| body))
}

/// Reads the prelude of what a function streams.
pub(crate) fn read_prelude(prelude: &[u8]) -> Result<Response<()>, Malformed> {
    let members = members(prelude)?;
    let mut response = head(&members)?;
    let cookies = match members.get("cookies") {
        None | Some(Value::Null) => &[],
        Some(Value::Array(cookies)) => cookies.as_slice(),
        Some(_) => return Err(Malformed::Cookies),
    };
    for cookie in cookies {
        if !cookie.is_string() {
            return Err(Malformed::Cookies);
        }
        append(response.headers_mut(), "cookies", "set-cookie", cookie)?;
    }
    Ok(response)
}

fn members(payload: &[u8]) -> Result<Map<String, Value>, Malformed> {
    let value: Value =
        serde_json::from_slice(payload).map_err(|error| Malformed::NotJson(error.to_string()))?;
    match value {
        Value::Object(members) => Ok(members),
        _ => Err(Malformed::NotAnObject),
    }
}

/// Status and headers.
fn head(members: &Map<String, Value>) -> Result<Response<()>, Malformed> {
    let mut response = Response::new(());
    *response.status_mut() = status(members.get("statusCode"))?;
    *response.headers_mut() = headers(members)?;
    response
        .headers_mut()
        .entry(CONTENT_TYPE)
        .or_insert(HeaderValue::from_static("application/json"));
    Ok(response)
}

fn status(value: Option<&Value>) -> Result<StatusCode, Malformed> {
    value
        .and_then(Value::as_u64)
        .filter(|status| (100..=599).contains(status))
        .and_then(|status| StatusCode::from_u16(u16::try_from(status).ok()?).ok())
        .ok_or_else(|| {
            Malformed::StatusCode(value.map_or_else(|| "missing".to_owned(), ToString::to_string))
        })
}

fn body(members: &mut Map<String, Value>) -> Result<Bytes, Malformed> {
    let is_base64 = match members.get("isBase64Encoded") {
        None | Some(Value::Null) => false,
        Some(Value::Bool(is_base64)) => *is_base64,
        Some(_) => return Err(Malformed::IsBase64Encoded),
    };
    match members.remove("body") {
        None | Some(Value::Null) => Ok(Bytes::new()),
        Some(Value::String(body)) if is_base64 => match STANDARD.decode(body) {
            Ok(body) => Ok(body.into()),
            Err(error) => Err(Malformed::Base64(error.to_string())),
        },
        Some(Value::String(body)) => Ok(body.into()),
        Some(_) => Err(Malformed::Body),
    }
}

/// The headers of both members. A name that is in both has the values of both,
/// each value once.
fn headers(members: &Map<String, Value>) -> Result<HeaderMap, Malformed> {
    let mut headers = HeaderMap::new();
    for (name, value) in object(members, "multiValueHeaders")? {
        let Value::Array(values) = value else {
            return Err(Malformed::Headers {
                member: "multiValueHeaders",
            });
        };
        for value in values {
            append(&mut headers, "multiValueHeaders", name, value)?;
        }
    }
    let mut single = HeaderMap::new();
    for (name, value) in object(members, "headers")? {
        append(&mut single, "headers", name, value)?;
    }
    for (name, value) in &single {
        if !headers.get_all(name).iter().any(|present| present == value) {
            headers.append(name, value.clone());
        }
    }
    for (name, remapped) in REMAPPED {
        if let Some(value) = headers.remove(name) {
            headers.insert(remapped, value);
        }
    }
    for name in DROPPED {
        headers.remove(name);
    }
    Ok(headers)
}

fn object<'a>(
    members: &'a Map<String, Value>,
    member: &'static str,
) -> Result<impl Iterator<Item = (&'a String, &'a Value)>, Malformed> {
    match members.get(member) {
        None | Some(Value::Null) => Ok(None.into_iter().flatten()),
        Some(Value::Object(object)) => Ok(Some(object).into_iter().flatten()),
        Some(_) => Err(Malformed::Headers { member }),
    }
}

fn append(
    headers: &mut HeaderMap,
    member: &'static str,
    name: &str,
    value: &Value,
) -> Result<(), Malformed> {
    let text = match value {
        Value::String(text) => text.clone(),
        // API Gateway writes these two as text.
        Value::Number(_) | Value::Bool(_) => value.to_string(),
        _ => return Err(Malformed::Headers { member }),
    };
    let invalid = |problem: String| Malformed::Header {
        name: name.to_owned(),
        problem,
    };
    let header_name =
        HeaderName::from_bytes(name.as_bytes()).map_err(|error| invalid(error.to_string()))?;
    let header_value = HeaderValue::from_str(&text)
        .or_else(|_| HeaderValue::from_bytes(text.as_bytes()))
        .map_err(|error| invalid(error.to_string()))?;
    headers
        .try_append(header_name, header_value)
        .map_err(|error| invalid(error.to_string()))?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    fn response(payload: Value) -> Response<Bytes> {
        read(payload.to_string().as_bytes()).unwrap()
    }

    fn error(payload: Value) -> String {
        read(payload.to_string().as_bytes())
            .unwrap_err()
            .to_string()
    }

    fn values(response: &Response<Bytes>, name: &str) -> Vec<String> {
        response
            .headers()
            .get_all(name)
            .iter()
            .map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned())
            .collect()
    }

    #[test]
    fn the_smallest_response() {
        let response = response(json!({"statusCode": 201}));
        assert_eq!(response.status(), 201);
        assert!(response.body().is_empty());
        assert_eq!(response.headers()["content-type"], "application/json");
    }

    #[test]
    fn both_kinds_of_headers() {
        let response = response(json!({
            "statusCode": 200,
            "headers": {"Set-Cookie": "a=1", "X-One": "é", "Content-Type": "text/plain", "X-Number": 3},
            "multiValueHeaders": {"set-cookie": ["b=2", "a=1"], "X-Empty": []},
            "body": "text",
        }));
        assert_eq!(values(&response, "set-cookie"), ["b=2", "a=1"]);
        assert_eq!(values(&response, "x-one"), ["é"]);
        assert_eq!(values(&response, "x-number"), ["3"]);
        assert_eq!(values(&response, "content-type"), ["text/plain"]);
        assert_eq!(response.body(), "text");
    }

    #[test]
    fn values_of_both_kinds_are_kept() {
        let response = response(json!({
            "statusCode": 200,
            "headers": {"X": "1"},
            "multiValueHeaders": {"X": ["2"]},
        }));
        assert_eq!(values(&response, "x"), ["2", "1"]);
    }

    #[test]
    fn headers_of_the_gateway_itself() {
        let response = response(json!({
            "statusCode": 401,
            "headers": {"Content-Length": "9", "Transfer-Encoding": "chunked", "WWW-Authenticate": "Basic"},
        }));
        assert_eq!(values(&response, "www-authenticate"), [""; 0]);
        assert_eq!(
            values(&response, "x-amzn-remapped-www-authenticate"),
            ["Basic"]
        );
        assert_eq!(values(&response, "x-amzn-remapped-content-length"), ["9"]);
        assert_eq!(values(&response, "content-length"), [""; 0]);
        assert_eq!(values(&response, "transfer-encoding"), [""; 0]);
    }

    #[test]
    fn base64() {
        let payload = json!({"statusCode": 200, "body": "/w==", "isBase64Encoded": true});
        assert_eq!(response(payload).body().as_ref(), b"\xff");
        let payload = json!({"statusCode": 200, "body": "?", "isBase64Encoded": true});
        assert!(error(payload).starts_with("`isBase64Encoded` is true, but `body` is not base64"));
    }

    #[test]
    fn malformed() {
        assert!(
            read(b"nonsense")
                .unwrap_err()
                .to_string()
                .starts_with("the response is not JSON")
        );
        assert_eq!(error(json!([])), "the response is not a JSON object");
        assert_eq!(error(json!(null)), "the response is not a JSON object");
        for status in [
            json!(99),
            json!(600),
            json!("200"),
            json!(200.5),
            json!(-1),
            json!(null),
        ] {
            assert!(error(json!({"statusCode": status})).starts_with("`statusCode` is "));
        }
        assert_eq!(
            error(json!({})),
            "`statusCode` is missing: API Gateway takes an integer from 100 to 599"
        );
        assert_eq!(
            error(json!({"statusCode": 200, "body": {}})),
            "`body` is not a string"
        );
        assert_eq!(
            error(json!({"statusCode": 200, "isBase64Encoded": 1})),
            "`isBase64Encoded` is not a boolean"
        );
        for headers in [json!([]), json!("a"), json!({"a": null}), json!({"a": []})] {
            assert_eq!(
                error(json!({"statusCode": 200, "headers": headers})),
                "`headers` is not an object of strings"
            );
        }
        for headers in [json!([]), json!({"a": "b"}), json!({"a": [{}]})] {
            assert_eq!(
                error(json!({"statusCode": 200, "multiValueHeaders": headers})),
                "`multiValueHeaders` is not an object of lists of strings"
            );
        }
        for (name, value) in [("a b", "c"), ("a", "b\r\nc: d"), ("", "c")] {
            let message = error(json!({"statusCode": 200, "headers": {name: value}}));
            assert!(message.starts_with("the header "), "{message}");
        }
    }

    proptest! {
        #[test]
        fn read_never_panics(payload in proptest::collection::vec(any::<u8>(), 0..200)) {
            let _ = read(&payload);
        }

        #[test]
        fn any_header_is_sent_or_refused(name in "\\PC{0,20}", value in any::<String>()) {
            let payload = json!({"statusCode": 200, "headers": {name.clone(): value.clone()}});
            if let Ok(response) = read(payload.to_string().as_bytes()) {
                prop_assert!(!value.contains(['\r', '\n', '\0']));
                prop_assert!(response.headers().len() <= 2);
            }
        }
    }
}
