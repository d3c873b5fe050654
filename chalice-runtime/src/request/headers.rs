//! The headers of an event.

use std::borrow::Cow;

use ::http::{HeaderMap, HeaderName, HeaderValue, header::COOKIE};

use crate::{
    event::{
        Spans,
        text::{Member, Span, members, text, texts},
    },
    sensitive_headers,
};

/// The members of `multiValueHeaders`, which are all headers with all values;
/// without those, the members of `headers`, each a header's last value.
fn fields<'a>(json: &'a str, spans: &Spans) -> impl Iterator<Item = (Cow<'a, str>, Member<'a>)> {
    let of = |span: &Option<Span>| members(span.as_ref().map_or("", |span| span.json(json)));
    let mut multi = of(&spans.multi_value_headers).peekable();
    let single = multi.peek().is_none().then(|| of(&spans.headers));
    multi.chain(single.into_iter().flatten())
}

/// What a member of either map holds: a string, or a list of them.
fn values(field: Member<'_>) -> impl Iterator<Item = Cow<'_, str>> {
    text(field).into_iter().chain(texts(field.get()))
}

/// Every header of the event.
pub(crate) fn decode(json: &str, spans: &Spans) -> HeaderMap {
    let mut headers = HeaderMap::new();
    for (name, field) in fields(json, spans) {
        for value in values(field) {
            append(&mut headers, &name, &value);
        }
    }
    // Payload format 2.0 takes the cookies out of the headers.
    if let Some(cookies) = &spans.cookies
        && !headers.contains_key(COOKIE)
    {
        let cookies: Vec<Cow<'_, str>> = texts(cookies.json(json))
            .filter(|cookie| HeaderValue::from_str(cookie).is_ok())
            .collect();
        if !cookies.is_empty() {
            append(&mut headers, COOKIE.as_str(), &cookies.join("; "));
        }
    }
    headers
}

fn append(headers: &mut HeaderMap, name: &str, value: &str) {
    let name = HeaderName::from_bytes(name.as_bytes());
    let value = HeaderValue::from_bytes(value.as_bytes());
    if let (Ok(name), Ok(mut value)) = (name, value) {
        value.set_sensitive(sensitive_headers::is_sensitive(&name));
        // A map holds 32,768 headers, far above what API Gateway lets through.
        let _ = headers.try_append(name, value);
    }
}

/// The content type, found without decoding every other header: the rules of
/// most routes ask for it, and nothing else may.
pub(super) fn content_type<'a>(json: &'a str, spans: &Spans) -> Option<Cow<'a, str>> {
    fields(json, spans)
        .filter(|(name, _)| name.eq_ignore_ascii_case("content-type"))
        .flat_map(|(_, field)| values(field))
        .find(|value| HeaderValue::from_bytes(value.as_bytes()).is_ok())
}
