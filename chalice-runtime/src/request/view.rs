//! A request as a value to serialize.

use std::{borrow::Cow, collections::BTreeMap, fmt};

use http::HeaderMap;
use serde::{
    Serialize, Serializer,
    ser::{SerializeMap, SerializeStruct},
};
use serde_json::value::RawValue;

use super::{QueryParameters, Request};
use crate::event::{Kind, text::Span};

/// A request as AWS Chalice's `Request.to_dict()` gives it; made by [`Request::view`].
///
/// ```
/// use chalice_runtime::{IntoResponse, Json, Request};
///
/// fn introspect(request: &Request) -> impl IntoResponse {
///     Json(request.view())
/// }
/// ```
///
/// It is serialized as an object of these members, in this order:
///
/// | member | is |
/// |---|---|
/// | `query_params` | the last value of each parameter; `null` when there are none |
/// | `headers` | the last value of each header, names in lower case |
/// | `uri_params` | the path parameters, percent-decoded; `null` when there are none |
/// | `method` | `GET` |
/// | `context` | the event's `requestContext` |
/// | `stage_vars` | the event's `stageVariables` |
/// | `path` | the route: `/users/{id}` |
///
/// Headers and context may hold secrets, such as `authorization`: mind where you send it.
#[derive(Clone, Copy)]
pub struct RequestView<'r> {
    request: &'r Request,
}

impl<'r> RequestView<'r> {
    pub(super) fn of(request: &'r Request) -> RequestView<'r> {
        RequestView { request }
    }
}

impl Serialize for RequestView<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let request = self.request;
        let parameters: Vec<(&str, Cow<'_, str>)> = request.path_parameters().collect();
        let stage_variables: Option<&RawValue> = request
            .json_of(&request.spans.stage_variables)
            .and_then(|json| serde_json::from_str(json).ok());

        let mut view = serializer.serialize_struct("Request", 7)?;
        // The event of a REST API says null where there is nothing; an empty object is one.
        let is_given =
            |span: &Option<Span>| request.kind == Kind::RestApi && request.json_of(span).is_some();
        let query = !request.query().is_empty() || is_given(&request.spans.multi_value_query);
        let query = query.then(|| LastValues(request.query()));
        view.serialize_field("query_params", &query)?;
        view.serialize_field("headers", &Headers(request.headers()))?;
        let has_parameters = !parameters.is_empty() || is_given(&request.spans.path_parameters);
        let parameters = has_parameters.then_some(Pairs(&parameters));
        view.serialize_field("uri_params", &parameters)?;
        view.serialize_field("method", request.method().as_str())?;
        view.serialize_field("context", &request.request_context())?;
        view.serialize_field("stage_vars", &stage_variables)?;
        view.serialize_field("path", request.route())?;
        view.end()
    }
}

/// The last value of each parameter, in the order in which names occur first.
struct LastValues<'a>(&'a QueryParameters);

impl Serialize for LastValues<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut last = BTreeMap::new();
        for (name, value) in self.0.iter() {
            last.insert(name, value);
        }
        let mut map = serializer.serialize_map(Some(last.len()))?;
        for (name, _) in self.0.iter() {
            if let Some(value) = last.remove(name) {
                map.serialize_entry(name, value)?;
            }
        }
        map.end()
    }
}

/// The last value of each header.
struct Headers<'a>(&'a HeaderMap);

impl Serialize for Headers<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.keys_len()))?;
        for name in self.0.keys() {
            if let Some(value) = self.0.get_all(name).iter().next_back() {
                map.serialize_entry(name.as_str(), &String::from_utf8_lossy(value.as_bytes()))?;
            }
        }
        map.end()
    }
}

struct Pairs<'a>(&'a [(&'a str, Cow<'a, str>)]);

impl Serialize for Pairs<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(name, value)| (name, value)))
    }
}

impl fmt::Debug for RequestView<'_> {
    /// As [`Request`] itself: nothing that may be secret.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.request.fmt(f)
    }
}
