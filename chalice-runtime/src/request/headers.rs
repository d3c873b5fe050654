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

/// The JSON of `multiValueHeaders`, which are all headers with all values;
/// without those, that of `headers`, each a header's last value.
fn object<'a>(json: &'a str, spans: &Spans) -> &'a str {
    let of = |span: &Option<Span>| span.as_ref().map_or("", |span| span.json(json));
    let multi = of(&spans.multi_value_headers);
    match members(multi).next() {
        Some(_) => multi,
        None => of(&spans.headers),
    }
}

/// What a member of either map holds: a string, or a list of them.
fn values(field: Member<'_>) -> impl Iterator<Item = Cow<'_, str>> {
    text(field).into_iter().chain(texts(field.get()))
}

/// Every header of the event.
pub(crate) fn decode(json: &str, spans: &Spans) -> HeaderMap {
    let mut headers = HeaderMap::new();
    for (name, field) in members(object(json, spans)) {
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
    let headers = object(json, spans);
    if !may_name_content_type(headers) {
        return None;
    }
    members(headers)
        .filter(|(name, _)| name.eq_ignore_ascii_case("content-type"))
        .flat_map(|(_, field)| values(field))
        .find(|value| HeaderValue::from_bytes(value.as_bytes()).is_ok())
}

/// Whether the JSON object may have a member `content-type`, whatever its case; `false` is sure.
///
/// Requests without a body, most of them, have none, and to know that, their headers need not be taken apart: no name
/// of that length with its hyphen in that place stands in them, and no escape that could spell one. Loops without an exit, which
/// take sixteen bytes at a time.
fn may_name_content_type(json: &str) -> bool {
    const QUOTED: usize = "\"content-type\"".len();
    let named = json
        .as_bytes()
        .windows(QUOTED)
        .fold(false, |found, window| {
            found | ((window[0] == b'"') & (window[8] == b'-') & (window[13] == b'"'))
        });
    let escaped = json
        .bytes()
        .fold(false, |found, byte| found | (byte == b'\\'));
    named | escaped
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_content_type_is_found_whatever_its_name_looks_like() {
        let found = |json: &str| {
            let all = format!(r#"{{"headers":{json}}}"#);
            let event: &serde_json::value::RawValue = serde_json::from_str(&all)?;
            let spans = crate::event::read_members(event)?;
            let found = content_type(&all, &spans).map(Cow::into_owned);
            Ok::<_, Box<dyn std::error::Error>>(found)
        };
        for json in [
            r#"{"content-type":"a/b"}"#,
            r#"{"CONTENT-TYPE":"a/b"}"#,
            r#"{"accept":"c/d, e/f","x-long-name-of-a-header":"\"", "Content-Type" : ["a/b", "c/d"]}"#,
            r#"{"content-typ\u0065":"a/b"}"#,
            r#"{"\u0063ontent-type":"a/b"}"#,
        ] {
            assert_eq!(found(json).unwrap().as_deref(), Some("a/b"), "{json}");
        }
        for json in [
            "{}",
            "[]",
            r#"{"accept":"content-type"}"#,
            r#"{"content-types":"a/b","another-type":"a/b"}"#,
        ] {
            assert_eq!(found(json).unwrap(), None, "{json}");
        }
    }

    proptest! {
        #[test]
        fn no_content_type_is_overlooked(
            before in "[a-zA-Z\\-]{0,50}",
            name in "(?i)content-type",
            escaped in 0..12usize,
            escapes in any::<bool>(),
            after in "[a-z/]{0,40}",
        ) {
            let name = match escapes {
                true => format!("{}\\u{:04x}{}", &name[..escaped], name.as_bytes()[escaped], &name[escaped + 1..]),
                false => name,
            };
            let json = format!(r#"{{"x-{before}":"","{name}":"{after}"}}"#);
            prop_assert!(may_name_content_type(&json), "{}", json);
        }
    }
}
