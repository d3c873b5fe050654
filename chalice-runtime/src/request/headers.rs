//! The headers of an event.

use std::borrow::Cow;

use http::{HeaderMap, HeaderName, HeaderValue, header::COOKIE};

use crate::event::{
    Spans,
    text::{members, text, texts},
};

/// Every header of the event. Where an event has `multiValueHeaders`, that is
/// all of them; `headers` has only each one's last value then.
pub(super) fn decode(json: &str, spans: &Spans) -> HeaderMap {
    let mut headers = HeaderMap::new();
    if let Some(multi) = &spans.multi_value_headers {
        for (name, values) in members(multi.json(json)) {
            for value in texts(values.get()) {
                append(&mut headers, &name, &value);
            }
        }
    }
    if headers.is_empty()
        && let Some(single) = &spans.headers
    {
        for (name, value) in members(single.json(json)) {
            if let Some(value) = text(value) {
                append(&mut headers, &name, &value);
            }
        }
    }
    // Payload format 2.0 takes the cookies out of the headers.
    if let Some(cookies) = &spans.cookies
        && !headers.contains_key(COOKIE)
    {
        let cookies: Vec<Cow<'_, str>> = texts(cookies.json(json)).collect();
        if !cookies.is_empty() {
            append(&mut headers, COOKIE.as_str(), &cookies.join("; "));
        }
    }
    headers
}

fn append(headers: &mut HeaderMap, name: &str, value: &str) {
    let name = HeaderName::from_bytes(name.as_bytes());
    let value = HeaderValue::from_bytes(value.as_bytes());
    if let (Ok(name), Ok(value)) = (name, value) {
        // A map holds 32,768 headers, far above what API Gateway lets through.
        let _ = headers.try_append(name, value);
    }
}
