//! The parameters of a query string.

use std::borrow::Cow;

use serde::de::DeserializeOwned;

use crate::{
    HttpError, Result,
    event::{
        Kind, Spans,
        text::{members, text, text_of, texts},
    },
};

/// The parameters of a query string, decoded; a name may have several values.
///
/// ```
/// use chalice_runtime::Request;
///
/// async fn search(request: &Request) -> String {
///     let query = request.query();
///     let tags: Vec<&str> = query.get_all("tag").collect();
///     format!("{:?} tagged {tags:?}", query.get("q"))
/// }
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct QueryParameters(Vec<(String, String)>);

impl QueryParameters {
    /// The last value of that name: the one that API Gateway's single-valued
    /// maps, and AWS Chalice, give.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.iter()
            .filter(|(known, _)| *known == name)
            .last()
            .map(|(_, value)| value)
    }

    /// Every value of that name, in the order in which they were sent.
    pub fn get_all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.iter()
            .filter(move |(known, _)| *known == name)
            .map(|(_, value)| value)
    }

    /// Every name and value. HTTP APIs with payload format 2.0 and function URLs keep the order
    /// in which they were sent; the other events only keep it among the values of one name.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// Whether there are no parameters.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many parameters there are, each value counted.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// The parameters as a struct, as the extractor [`Query`](crate::Query) reads them.
    ///
    /// # Errors
    ///
    /// 400 when they do not fit: `the query string is invalid: missing field `page``.
    pub fn deserialize<T: DeserializeOwned>(&self) -> Result<T> {
        serde_html_form::from_str(&self.to_encoded()).map_err(|error| {
            HttpError::bad_request(format!("the query string is invalid: {error}"))
        })
    }

    /// The parameters as `application/x-www-form-urlencoded`.
    pub(crate) fn to_encoded(&self) -> String {
        form_urlencoded::Serializer::new(String::new())
            .extend_pairs(self.iter())
            .finish()
    }
}

/// The parameters of the event. Payload format 2.0 has them as they were sent,
/// API Gateway's others in maps that it has decoded, a load balancer in maps
/// that nobody has.
pub(crate) fn decode(json: &str, spans: &Spans, kind: Kind) -> QueryParameters {
    let mut parameters = Vec::new();
    if let Some(raw) = &spans.raw_query {
        let raw = text_of(raw.json(json)).unwrap_or_default();
        parameters.extend(form_urlencoded::parse(raw.as_bytes()).into_owned());
    } else if let Some(multi) = &spans.multi_value_query {
        for (name, values) in members(multi.json(json)) {
            for value in texts(values.get()) {
                parameters.push((name.clone().into_owned(), value.into_owned()));
            }
        }
    } else if let Some(single) = &spans.query {
        for (name, value) in members(single.json(json)) {
            if let Some(value) = text(value) {
                parameters.push((name.into_owned(), value.into_owned()));
            }
        }
    }
    if kind.query_maps_are_encoded() {
        for (name, value) in &mut parameters {
            decode_in_place(name);
            decode_in_place(value);
        }
    }
    QueryParameters(parameters)
}

/// Decodes one name or value of a query string: `+` and percent-encoding.
fn decode_in_place(text: &mut String) {
    if !text.contains(['+', '%']) {
        return;
    }
    let spaced = text.replace('+', " ");
    let decoded = percent_encoding::percent_decode_str(&spaced).decode_utf8_lossy();
    *text = match decoded {
        Cow::Owned(decoded) => decoded,
        Cow::Borrowed(_) => spaced,
    };
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde::Deserialize;
    use serde_json::{Value, json, value::RawValue};

    use super::*;

    fn of(event: Value) -> QueryParameters {
        let event = RawValue::from_string(event.to_string()).unwrap();
        let parts = crate::event::read(event.get()).unwrap().unwrap();
        decode(event.get(), &parts.spans, parts.kind)
    }

    fn load_balancer(query: Value) -> QueryParameters {
        of(json!({
            "requestContext": { "elb": {} }, "httpMethod": "GET", "path": "/",
            "multiValueQueryStringParameters": query,
        }))
    }

    fn function_url(raw: &str) -> QueryParameters {
        of(json!({
            "version": "2.0", "routeKey": "$default", "rawPath": "/", "rawQueryString": raw,
            "requestContext": { "http": { "method": "GET" }, "domainName": "a.lambda-url.b.on.aws" },
        }))
    }

    #[test]
    fn load_balancers_leave_decoding_to_the_function() {
        let query = load_balancer(json!({ "a%26b": ["1+2", "%2B", "%FF%"], "c": [""] }));
        let expected = [
            ("a&b", "1 2"),
            ("a&b", "+"),
            ("a&b", "\u{FFFD}%"),
            ("c", ""),
        ];
        assert!(query.iter().eq(expected), "{query:?}");
        let rest = of(json!({
            "resource": "/", "httpMethod": "GET",
            "multiValueQueryStringParameters": { "a%26b": ["1+2"] },
        }));
        assert!(rest.iter().eq([("a%26b", "1+2")]));
    }

    #[test]
    fn parameters_can_be_a_struct() {
        #[derive(Debug, Deserialize, PartialEq)]
        struct Paging {
            page: u32,
            tag: Vec<String>,
        }
        let query = function_url("page=3&tag=a&tag=b");
        assert_eq!((query.len(), query.is_empty()), (3, false));
        let paging: Paging = query.deserialize().unwrap();
        assert_eq!((paging.page, paging.tag.len()), (3, 2));
        let error = function_url("page=x").deserialize::<Paging>().unwrap_err();
        assert_eq!(error.status(), 400);
        assert!(error.message().starts_with("the query string is invalid: "));
    }

    proptest! {
        #[test]
        fn every_query_string_can_be_read(raw in any::<String>()) {
            let _ = function_url(&raw);
            let _ = load_balancer(json!({ &raw: [&raw] }));
        }

        #[test]
        fn what_a_client_encodes_comes_back_once_decoded(
            sent in prop::collection::vec((any::<String>(), any::<String>()), 0..6)
        ) {
            let encoded = form_urlencoded::Serializer::new(String::new()).extend_pairs(&sent).finish();
            prop_assert_eq!(&function_url(&encoded).0, &sent);
            let encode = |text: &str| form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>();
            for (name, value) in &sent {
                let query = load_balancer(json!({ encode(name): [encode(value)] }));
                prop_assert_eq!(query.get(name), Some(value.as_str()));
            }
        }
    }
}
