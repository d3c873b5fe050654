//! What a handler answers to.

mod body;
pub(crate) mod headers;
pub(crate) mod query;

use std::{borrow::Cow, fmt, sync::OnceLock};

use bytes::Bytes;
use chalice_core::router::Captures;
use http::{HeaderMap, Method};
use percent_encoding::percent_decode_str;
use serde::de::DeserializeOwned;
use serde_json::value::RawValue;

pub use query::QueryParameters;

use crate::{
    HttpError, LambdaContext, Result,
    event::{
        Kind, Parts, Spans,
        text::{Span, Text, members, text},
    },
};

/// An HTTP request, as an event of Amazon API Gateway carries it.
///
/// A handler takes it by reference: `async fn index(request: &Request) -> String`.
///
/// The request keeps the event and decodes a part of it when the handler asks
/// for that part, headers, query and body once.
pub struct Request {
    event: Box<RawValue>,
    kind: Kind,
    method: Method,
    path: Text,
    route: &'static str,
    captures: Option<Captures>,
    spans: Spans,
    body_is_base64: bool,
    headers: OnceLock<HeaderMap>,
    query: OnceLock<QueryParameters>,
    body: OnceLock<Result<Bytes, &'static str>>,
    context: LambdaContext,
}

impl Request {
    /// The request of an event whose route has been found. With `captures`,
    /// the placeholders' values are in the path; without, the event has them.
    pub(crate) fn new(
        event: Box<RawValue>,
        parts: Parts,
        method: Method,
        route: &'static str,
        captures: Option<Captures>,
        context: LambdaContext,
    ) -> Request {
        let Parts {
            kind,
            path,
            spans,
            body_is_base64,
            ..
        } = parts;
        Request {
            event,
            kind,
            method,
            path,
            route,
            captures,
            spans,
            body_is_base64,
            headers: OnceLock::new(),
            query: OnceLock::new(),
            body: OnceLock::new(),
            context,
        }
    }

    /// The method.
    pub fn method(&self) -> &Method {
        &self.method
    }

    /// The path, without the stage: `/users/17`.
    ///
    /// A REST API leaves it percent-encoded; an HTTP API decodes it. Where
    /// that matters, ask for the [path parameters](Request::path_parameter),
    /// which are decoded exactly once.
    pub fn path(&self) -> &str {
        self.path.get(self.event.get())
    }

    /// The path of the route that answers, as API Gateway writes it: `/users/{id}`.
    pub fn route(&self) -> &'static str {
        self.route
    }

    /// The value of a placeholder of the route's path, percent-decoded; `None`
    /// when the route has no such placeholder, or the value is not UTF-8.
    pub fn path_parameter(&self, name: &str) -> Option<Cow<'_, str>> {
        self.decoded_path_parameter(name).ok().flatten()
    }

    /// The value of a placeholder; one that is not UTF-8 once decoded is an error.
    pub(crate) fn decoded_path_parameter(&self, name: &str) -> Result<Option<Cow<'_, str>>> {
        if let Some(captures) = &self.captures {
            // The gateway of every event whose path is searched has decoded the path.
            return Ok(chalice_core::path::placeholders(self.route)
                .zip(captures.iter(self.path()))
                .find(|(placeholder, _)| *placeholder == name)
                .map(|(_, value)| Cow::Borrowed(value)));
        }
        let Some(value) = self.member(&self.spans.path_parameters, name) else {
            return Ok(None);
        };
        match self.kind {
            Kind::RestApi => decode(value).map(Some).ok_or_else(|| {
                HttpError::bad_request(format!("the path parameter `{name}` is not UTF-8"))
            }),
            Kind::HttpApiV1 | Kind::HttpApiV2 => Ok(Some(value)),
        }
    }

    /// Every header, of every value. Names and values that HTTP does not allow
    /// are left out, cookies are in `cookie`.
    pub fn headers(&self) -> &HeaderMap {
        self.headers
            .get_or_init(|| headers::decode(self.event.get(), &self.spans))
    }

    /// The first value of that header, whatever the case of `name`; `None` when there is none,
    /// or it is not UTF-8.
    pub fn header(&self, name: &str) -> Option<&str> {
        std::str::from_utf8(self.headers().get(name)?.as_bytes()).ok()
    }

    /// The first `Content-Type`, `application/json` when there is none, as AWS
    /// Chalice has it.
    pub(crate) fn content_type(&self) -> Cow<'_, str> {
        headers::content_type(self.event.get(), &self.spans)
            .unwrap_or(Cow::Borrowed("application/json"))
    }

    /// The parameters of the query string, decoded.
    pub fn query(&self) -> &QueryParameters {
        self.query
            .get_or_init(|| query::decode(self.event.get(), &self.spans))
    }

    /// The body, base64-decoded where API Gateway encoded it; empty when there is none.
    ///
    /// # Errors
    ///
    /// 400 when the body is said to be base64 and is not.
    pub fn body(&self) -> Result<&Bytes> {
        self.body
            .get_or_init(|| body::decode(self.event.get(), &self.spans, self.body_is_base64))
            .as_ref()
            .map_err(|message| HttpError::bad_request(*message))
    }

    /// Whether the request came without a body, or with an empty one.
    pub(crate) fn has_no_body(&self) -> bool {
        self.json_of(&self.spans.body)
            .is_none_or(|body| body == "\"\"")
    }

    /// The body as text; empty when there is none.
    ///
    /// # Errors
    ///
    /// 400 as with [`Request::body`], and when the body is not UTF-8.
    pub fn text(&self) -> Result<&str> {
        std::str::from_utf8(self.body()?)
            .map_err(|error| HttpError::bad_request(format!("the body is not UTF-8: {error}")))
    }

    /// The body, from JSON.
    ///
    /// # Errors
    ///
    /// 400 as with [`Request::body`], and when the body is not JSON of a `T`:
    /// `Error Parsing JSON: missing field `name` at line 1 column 2`.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T> {
        let body = self.body()?;
        if body.is_empty() {
            return Err(HttpError::bad_request(
                "Error Parsing JSON: the request has no body",
            ));
        }
        serde_json::from_slice(body)
            .map_err(|error| HttpError::bad_request(format!("Error Parsing JSON: {error}")))
    }

    /// The invocation that the request came with.
    pub fn lambda_context(&self) -> &LambdaContext {
        &self.context
    }

    /// API Gateway's `requestContext`, undecoded: the caller's address, the
    /// authorizer's findings, the stage.
    pub fn request_context(&self) -> Option<&RawValue> {
        serde_json::from_str(self.json_of(&self.spans.request_context)?).ok()
    }

    /// The value of a stage variable; `None` when the stage has no such variable.
    pub fn stage_variable(&self, name: &str) -> Option<Cow<'_, str>> {
        self.member(&self.spans.stage_variables, name)
    }

    /// The whole event, as AWS Lambda delivered it.
    pub fn event(&self) -> &RawValue {
        &self.event
    }

    fn json_of(&self, span: &Option<Span>) -> Option<&str> {
        span.as_ref().map(|span| span.json(self.event.get()))
    }

    /// What the member `name` of a JSON object says, if it is a string.
    fn member(&self, object: &Option<Span>, name: &str) -> Option<Cow<'_, str>> {
        let (_, value) = members(self.json_of(object)?)
            .into_iter()
            .find(|(member, _)| member == name)?;
        text(value)
    }
}

/// The text, percent-decoded; `None` when what comes out is not UTF-8.
fn decode(value: Cow<'_, str>) -> Option<Cow<'_, str>> {
    if !value.contains('%') {
        return Some(value);
    }
    match value {
        Cow::Borrowed(value) => percent_decode_str(value).decode_utf8().ok(),
        Cow::Owned(value) => percent_decode_str(&value)
            .decode_utf8()
            .ok()
            .map(|text| Cow::Owned(text.into_owned())),
    }
}

impl fmt::Debug for Request {
    /// Method, route and request id, and nothing that may be secret: neither
    /// headers nor query nor body.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Request")
            .field("method", &self.method)
            .field("route", &self.route)
            .field("request_id", &self.context.request_id)
            .finish_non_exhaustive()
    }
}
