//! The parameters of a query string.

use crate::event::{
    Spans,
    text::{members, text, text_of, texts},
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

    /// Every name and value. An HTTP API with payload format 2.0 keeps the order in which they
    /// were sent; the other events only keep it among the values of one name.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// Whether there are no parameters.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The parameters as `application/x-www-form-urlencoded`.
    pub(crate) fn to_encoded(&self) -> String {
        form_urlencoded::Serializer::new(String::new())
            .extend_pairs(self.iter())
            .finish()
    }
}

/// The parameters of the event. Payload format 2.0 has them as they were sent,
/// the others in maps that API Gateway has decoded.
pub(crate) fn decode(json: &str, spans: &Spans) -> QueryParameters {
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
    QueryParameters(parameters)
}
