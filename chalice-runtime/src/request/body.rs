//! The body of an event.

use std::borrow::Cow;

use base64::{Engine, decoded_len_estimate, engine::general_purpose::STANDARD};
use bytes::Bytes;
use http::StatusCode;

use crate::{
    HttpError,
    event::{Spans, text::text_of},
};

/// The most bytes that a body may have: AWS Lambda invokes a function with at
/// most 6 MB (AWS, "Lambda quotas"), so no gateway lets more through.
const MAX_BODY: usize = 6 * 1024 * 1024;

/// Why an event's body cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum BodyError {
    /// The event's member is something else than a JSON string.
    NoText,
    /// The event says base64, and the text is none.
    NoBase64,
    /// More than [`MAX_BODY`] bytes.
    TooLarge,
}

impl From<BodyError> for HttpError {
    fn from(error: BodyError) -> HttpError {
        match error {
            BodyError::NoText => HttpError::bad_request("the event's body is not a text"),
            BodyError::NoBase64 => {
                HttpError::bad_request("the event's body is not base64, although the event says so")
            }
            BodyError::TooLarge => HttpError::new(
                StatusCode::PAYLOAD_TOO_LARGE,
                "RequestEntityTooLargeError",
                format!("the body has more than {MAX_BODY} bytes"),
            ),
        }
    }
}

/// The body's bytes, or what is wrong with it. Nothing is decoded or copied of a
/// body that is too large.
pub(super) fn decode(json: &str, spans: &Spans, is_base64: bool) -> Result<Bytes, BodyError> {
    let Some(body) = &spans.body else {
        return Ok(Bytes::new());
    };
    let text = text_of(body.json(json)).ok_or(BodyError::NoText)?;
    match text {
        Cow::Borrowed(text) if is_base64 => from_base64(text.as_bytes()),
        Cow::Borrowed(text) if text.len() > MAX_BODY => Err(BodyError::TooLarge),
        text => of_text(Bytes::from(text.into_owned()), is_base64),
    }
}

/// The body's bytes, of what its text says.
pub(super) fn of_text(text: Bytes, is_base64: bool) -> Result<Bytes, BodyError> {
    match is_base64 {
        true => from_base64(&text),
        false if text.len() > MAX_BODY => Err(BodyError::TooLarge),
        false => Ok(text),
    }
}

fn from_base64(text: &[u8]) -> Result<Bytes, BodyError> {
    // The estimate counts the padding of the last three bytes as bytes.
    if decoded_len_estimate(text.len()) > MAX_BODY + 2 {
        return Err(BodyError::TooLarge);
    }
    match STANDARD.decode(text) {
        Ok(bytes) if bytes.len() > MAX_BODY => Err(BodyError::TooLarge),
        Ok(bytes) => Ok(Bytes::from(bytes)),
        Err(_) => Err(BodyError::NoBase64),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{json, value::RawValue};

    use super::*;

    fn body(body: serde_json::Value, is_base64: bool) -> Result<Bytes, BodyError> {
        let event = json!({ "resource": "/", "httpMethod": "POST", "body": body });
        let event = RawValue::from_string(event.to_string()).unwrap();
        let parts = crate::event::read(event.get()).unwrap().unwrap();
        decode(event.get(), &parts.spans, is_base64)
    }

    #[test]
    fn bodies_are_what_was_sent() {
        assert_eq!(body(json!(null), false), Ok(Bytes::new()));
        assert_eq!(body(json!(null), true), Ok(Bytes::new()));
        assert_eq!(body(json!("a\"\n"), false), Ok(Bytes::from("a\"\n")));
        assert_eq!(body(json!("/wA="), true), Ok(Bytes::from_static(&[255, 0])));
        assert_eq!(body(json!("/wA"), true), Err(BodyError::NoBase64));
        assert_eq!(body(json!("/w\nA="), true), Err(BodyError::NoBase64));
        assert_eq!(body(json!(17), true), Err(BodyError::NoText));
        assert_eq!(body(json!(["a"]), false), Err(BodyError::NoText));
    }

    #[test]
    fn a_body_has_a_limit() {
        let most = vec![b'a'; MAX_BODY];
        let text = String::from_utf8(most.clone()).unwrap();
        assert_eq!(body(json!(text), false).unwrap().len(), MAX_BODY);
        assert_eq!(
            body(json!(format!("{text}a")), false),
            Err(BodyError::TooLarge)
        );
        assert_eq!(
            body(json!(format!("{text}\n")), false),
            Err(BodyError::TooLarge)
        );
        let encoded = STANDARD.encode(&most);
        assert_eq!(body(json!(encoded), true).unwrap().len(), MAX_BODY);
        let more = STANDARD.encode([most.as_slice(), b"a"].concat());
        assert_eq!(body(json!(more), true), Err(BodyError::TooLarge));
        let much_more = STANDARD.encode([most.as_slice(), b"abcdef"].concat());
        assert_eq!(body(json!(much_more), true), Err(BodyError::TooLarge));
        let error = HttpError::from(BodyError::TooLarge);
        assert_eq!(
            (error.status().as_u16(), error.code()),
            (413, "RequestEntityTooLargeError")
        );
    }
}
