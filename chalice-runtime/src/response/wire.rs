//! Responses as JSON, in the formats that the services take them.
//!
//! What gets here has been checked: no header has a control character.

use std::borrow::Cow;

use base64::{display::Base64Display, engine::general_purpose::STANDARD};
use chalice_core::binary_types::BinaryTypes;
use http::{
    HeaderMap, HeaderName, HeaderValue, StatusCode,
    header::{CONTENT_TYPE, SET_COOKIE},
};
use serde::{
    Serialize, Serializer,
    ser::{SerializeMap, SerializeStruct},
};

use super::streaming::transfer::Transfer;
use crate::{Response, event::Kind};

/// A response on its way to the service that made the event.
#[derive(Debug)]
pub(crate) struct Reply {
    pub(crate) kind: Kind,
    pub(crate) response: Response,
    pub(crate) binary_types: BinaryTypes,
    /// Whether it goes out as [`Streamed`](super::streaming::prelude::Streamed) and not as JSON.
    pub(crate) transfer: Transfer,
}

impl Serialize for Reply {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.kind {
            Kind::RestApi | Kind::HttpApiV1 => self.serialize_v1(serializer),
            Kind::HttpApiV2 | Kind::FunctionUrl => self.serialize_v2(serializer),
            Kind::LoadBalancer { multi_value: true } => {
                self.serialize_for_load_balancer("multiValueHeaders", &self.lists(), serializer)
            }
            Kind::LoadBalancer { multi_value: false } => {
                let headers = joined(self.response.headers(), true);
                self.serialize_for_load_balancer("headers", &headers, serializer)
            }
        }
    }
}

impl Reply {
    /// AWS, "Output format of a Lambda function for proxy integration", which
    /// HTTP APIs call payload format version 1.0. Headers with one value are in
    /// `headers`, those with several in `multiValueHeaders`, and none in both,
    /// because API Gateway sends what is in either.
    fn serialize_v1<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let headers = self.response.headers();
        // REST APIs add exactly this type when there is none, HTTP APIs another one.
        let default_type = (self.kind == Kind::RestApi).then_some("application/json");
        let single = Map(|| {
            single(headers, |name, value| {
                name == CONTENT_TYPE && default_type.is_some_and(|default| value == default)
            })
        });
        let has_several = headers.keys_len() < headers.len();

        let mut reply = serializer.serialize_struct("Reply", 4 + usize::from(has_several))?;
        reply.serialize_field("statusCode", &self.response.status().as_u16())?;
        reply.serialize_field("headers", &single)?;
        if has_several {
            reply.serialize_field("multiValueHeaders", &Map(|| several(headers)))?;
        }
        let body = self.body();
        reply.serialize_field("body", &body)?;
        reply.serialize_field("isBase64Encoded", &body.is_base64())?;
        reply.end()
    }

    /// Payload format version 2.0 of HTTP APIs and function URLs: one value per
    /// header, repeated ones joined, cookies apart.
    fn serialize_v2<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let headers = self.response.headers();
        let cookies: Vec<_> = headers.get_all(SET_COOKIE).iter().map(text).collect();

        let mut reply =
            serializer.serialize_struct("Reply", 4 + usize::from(!cookies.is_empty()))?;
        reply.serialize_field("statusCode", &self.response.status().as_u16())?;
        reply.serialize_field("headers", &joined(headers, false))?;
        if !cookies.is_empty() {
            reply.serialize_field("cookies", &cookies)?;
        }
        let body = self.body();
        reply.serialize_field("body", &body)?;
        reply.serialize_field("isBase64Encoded", &body.is_base64())?;
        reply.end()
    }

    /// Elastic Load Balancing, "Respond to the load balancer": the status with
    /// its reason, and the headers in the member in which the event had its own.
    fn serialize_for_load_balancer<S: Serializer>(
        &self,
        member: &'static str,
        headers: &impl Serialize,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        let status = self.response.status();
        let mut reply = serializer.serialize_struct("Reply", 5)?;
        reply.serialize_field("statusCode", &status.as_u16())?;
        reply.serialize_field("statusDescription", &status_description(status))?;
        reply.serialize_field(member, headers)?;
        let body = self.body();
        reply.serialize_field("body", &body)?;
        reply.serialize_field("isBase64Encoded", &body.is_base64())?;
        reply.end()
    }

    /// Every value of every header.
    fn lists(&self) -> impl Serialize {
        let headers = self.response.headers();
        Map(move || {
            headers.keys().map(|name| {
                let values: Vec<_> = headers.get_all(name).iter().map(text).collect();
                (name.as_str(), values)
            })
        })
    }

    fn body(&self) -> Body<'_> {
        Body::of(&self.response, self.binary_types)
    }
}

/// The headers with one value, without those that `omitted` names.
pub(super) fn single<'a>(
    headers: &'a HeaderMap,
    omitted: impl Fn(&HeaderName, &HeaderValue) -> bool,
) -> impl Iterator<Item = (&'a str, Cow<'a, str>)> {
    let has_several = headers.keys_len() < headers.len();
    headers.iter().filter_map(move |(name, value)| {
        let is_single = !has_several || headers.get_all(name).iter().nth(1).is_none();
        (is_single && !omitted(name, value)).then(|| (name.as_str(), text(value)))
    })
}

/// The headers with several values.
pub(super) fn several(headers: &HeaderMap) -> impl Iterator<Item = (&str, Vec<Cow<'_, str>>)> {
    headers.keys().filter_map(|name| {
        let values: Vec<_> = headers.get_all(name).iter().map(text).collect();
        (values.len() > 1).then_some((name.as_str(), values))
    })
}

/// One value per header: lists are joined by commas, as RFC 9110, 5.3, allows.
/// `Set-Cookie` is the one header for which it does not. Where there is no
/// other place for cookies, the first one goes.
pub(super) fn joined(headers: &HeaderMap, with_first_cookie: bool) -> impl Serialize {
    Map(move || {
        headers.keys().filter_map(move |name| {
            let mut values = headers.get_all(name).iter().map(text);
            if name == SET_COOKIE {
                let first = values.next().filter(|_| with_first_cookie)?;
                return Some((name.as_str(), first.into_owned()));
            }
            let values: Vec<_> = values.collect();
            Some((name.as_str(), values.join(", ")))
        })
    })
}

/// The names of the cookies that the service has no place for: they are not sent.
pub(crate) fn lost_cookies(kind: Kind, response: &Response) -> Vec<String> {
    if kind != (Kind::LoadBalancer { multi_value: false }) {
        return Vec::new();
    }
    let cookies = response.headers().get_all(SET_COOKIE).iter().skip(1);
    cookies
        .map(|cookie| {
            text(cookie)
                .split('=')
                .next()
                .unwrap_or_default()
                .to_owned()
        })
        .collect()
}

/// A status line without the version: `404 Not Found`.
fn status_description(status: StatusCode) -> String {
    let reason = status.canonical_reason().unwrap_or("Unknown");
    format!("{} {reason}", status.as_str())
}

/// A JSON object of the entries of the iterator that a function makes.
pub(super) struct Map<F>(pub(super) F);

impl<'a, F, I, V> Serialize for Map<F>
where
    F: Fn() -> I,
    I: Iterator<Item = (&'a str, V)>,
    V: Serialize,
{
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        for (name, value) in (self.0)() {
            map.serialize_entry(name, &value)?;
        }
        map.end()
    }
}

/// A header value as text. HTTP once said that values are ISO-8859-1 (RFC
/// 9110, 5.5): that is how one that is not UTF-8 is read, so that none is lost.
pub(crate) fn text(value: &HeaderValue) -> Cow<'_, str> {
    match std::str::from_utf8(value.as_bytes()) {
        Ok(value) => Cow::Borrowed(value),
        Err(_) => Cow::Owned(
            value
                .as_bytes()
                .iter()
                .map(|&byte| char::from(byte))
                .collect(),
        ),
    }
}

/// The content type, which is `application/json` unless the response says otherwise.
pub(crate) fn content_type(response: &Response) -> Cow<'_, str> {
    response
        .headers()
        .get(CONTENT_TYPE)
        .map_or(Cow::Borrowed("application/json"), text)
}

/// A body as the JSON string that carries it.
enum Body<'a> {
    Text(&'a str),
    Base64(&'a [u8]),
}

impl<'a> Body<'a> {
    /// Binary types go out base64-encoded, and so does what JSON could not
    /// carry, and what is compressed.
    fn of(response: &'a Response, binary_types: BinaryTypes) -> Body<'a> {
        let body = response.body();
        let binary = binary_types.contains(&content_type(response));
        match std::str::from_utf8(body) {
            Ok(text) if !binary => Body::Text(text),
            _ => Body::Base64(body),
        }
    }

    fn is_base64(&self) -> bool {
        matches!(self, Body::Base64(_))
    }
}

impl Serialize for Body<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Body::Text(text) => serializer.serialize_str(text),
            Body::Base64(bytes) => serializer.collect_str(&Base64Display::new(bytes, &STANDARD)),
        }
    }
}

#[cfg(test)]
mod tests;
