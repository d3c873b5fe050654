//! What a handler answers to.

mod authorizer;
mod body;
mod context;
mod cookies;
pub(crate) mod headers;
mod http;
mod path_parameters;
pub(crate) mod query;
mod view;

use std::{borrow::Cow, fmt, net::IpAddr, sync::OnceLock};

use ::http::{HeaderMap, Method};
use bytes::Bytes;
use chalice_core::router::Captures;
use serde::de::DeserializeOwned;
use serde_json::{Value, value::RawValue};

pub use context::RequestContext;
pub use cookies::Cookies;
pub use query::QueryParameters;
pub use view::RequestView;

use body::BodyError;

use crate::{
    HttpError, LambdaContext, Result,
    event::{
        EventText, Kind, Parts, Spans,
        text::{Span, Text, members, text},
    },
};

/// An HTTP request, as an event of Amazon API Gateway, of a function URL or of
/// an Application Load Balancer carries it.
///
/// A handler takes it by reference: `async fn index(request: &Request) -> String`.
/// It cannot tell, and need not, which of them the event came from.
///
/// The request keeps the event and decodes a part of it when the handler asks
/// for that part, headers, query and body once.
pub struct Request {
    event: EventText,
    kind: Kind,
    method: Method,
    path: Text,
    route: &'static str,
    captures: Option<Captures>,
    spans: Spans,
    body_is_base64: bool,
    decoded_body: Option<Bytes>,
    headers: OnceLock<HeaderMap>,
    query: OnceLock<QueryParameters>,
    cookies: OnceLock<Cookies>,
    body: OnceLock<Result<Bytes, BodyError>>,
    context: LambdaContext,
}

impl Request {
    /// The request of an event whose route has been found. With `captures`,
    /// the placeholders' values are in the path; without, the event has them.
    pub(crate) fn new(
        event: impl Into<EventText>,
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
            decoded_body,
            ..
        } = parts;
        Request {
            event: event.into(),
            kind,
            method,
            path,
            route,
            captures,
            spans,
            body_is_base64,
            decoded_body,
            headers: OnceLock::new(),
            query: OnceLock::new(),
            cookies: OnceLock::new(),
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
    /// It is percent-encoded as the client sent it, except for an HTTP API,
    /// which decodes it. Where that matters, ask for the
    /// [path parameters](Request::path_parameter), which are decoded exactly once.
    pub fn path(&self) -> &str {
        self.path.get(self.event.get())
    }

    /// The path of the route that answers, as API Gateway writes it: `/users/{id}`.
    pub fn route(&self) -> &'static str {
        self.route
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

    /// Every value of that header that is UTF-8, whatever the case of `name`, in
    /// the order in which they were sent. HTTP APIs, function URLs and load
    /// balancers may have joined them by commas already.
    pub fn header_values(&self, name: &str) -> impl Iterator<Item = &str> {
        self.headers()
            .get_all(name)
            .iter()
            .filter_map(|value| std::str::from_utf8(value.as_bytes()).ok())
    }

    /// The cookies that the client sent.
    pub fn cookies(&self) -> &Cookies {
        self.cookies.get_or_init(|| cookies::decode(self.headers()))
    }

    /// The first `Content-Type`, `application/json` when there is none, as AWS
    /// Chalice has it.
    pub(crate) fn content_type(&self) -> Cow<'_, str> {
        self.stated_content_type()
            .unwrap_or(Cow::Borrowed("application/json"))
    }

    /// The first `Content-Type`: of the headers if they have been decoded, and
    /// perhaps changed by a layer, and else of the event.
    fn stated_content_type(&self) -> Option<Cow<'_, str>> {
        match self.headers.get() {
            Some(_) => self.header("content-type").map(Cow::Borrowed),
            None => headers::content_type(self.event.get(), &self.spans),
        }
    }

    /// The parameters of the query string, decoded.
    pub fn query(&self) -> &QueryParameters {
        self.query
            .get_or_init(|| query::decode(self.event.get(), &self.spans, self.kind))
    }

    /// The body, base64-decoded where the gateway encoded it; empty when there is none.
    ///
    /// # Errors
    ///
    /// 400 when the body is said to be base64 and is not; 413 when it has more
    /// than 6 MB, which AWS Lambda would not have let through.
    pub fn body(&self) -> Result<&Bytes> {
        self.body
            .get_or_init(|| match &self.decoded_body {
                Some(text) => body::of_text(text.clone(), self.body_is_base64),
                None => body::decode(self.event.get(), &self.spans, self.body_is_base64),
            })
            .as_ref()
            .map_err(|error| HttpError::from(*error))
    }

    /// Whether the request came without a body, or with an empty one.
    pub(crate) fn has_no_body(&self) -> bool {
        match self.body.get() {
            // Layers may have changed it.
            Some(Ok(body)) => body.is_empty(),
            _ => self
                .json_of(&self.spans.body)
                .is_none_or(|body| body == "\"\""),
        }
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

    /// The body as JSON of any shape, if that is what the client says it is:
    /// `None` when the content type is neither `application/json` nor one that
    /// ends in `+json` (RFC 6839), whatever the body is. This is AWS Chalice's
    /// `json_body`; the case of the content type does not matter here.
    ///
    /// ```
    /// use chalice_runtime::{Request, Result};
    ///
    /// fn create(request: &Request) -> Result<String> {
    ///     match request.json_body()? {
    ///         Some(body) => Ok(format!("the name is {}", body["name"])),
    ///         None => Ok(format!("{} bytes that are no JSON", request.body()?.len())),
    ///     }
    /// }
    /// ```
    ///
    /// # Errors
    ///
    /// 400 as with [`Request::body`]; 400 with the message `Error Parsing JSON`
    /// when the content type says JSON and the body is none, or is empty.
    pub fn json_body(&self) -> Result<Option<Value>> {
        let is_json = self.stated_content_type().is_some_and(|it| {
            let essence = chalice_core::content_type::essence(&it).to_ascii_lowercase();
            essence == "application/json" || essence.ends_with("+json")
        });
        if !is_json {
            return Ok(None);
        }
        serde_json::from_slice(self.body()?)
            .map(Some)
            .map_err(|_| HttpError::bad_request("Error Parsing JSON"))
    }

    /// The body, from the fields of an HTML form.
    ///
    /// # Errors
    ///
    /// As with [`Request::body`]; 415 when the content type is not
    /// `application/x-www-form-urlencoded`; 400 when the fields are not those of
    /// a `T`: `the form is invalid: missing field `name``.
    pub fn form<T: DeserializeOwned>(&self) -> Result<T> {
        let content_type = self.content_type();
        if !chalice_core::content_type::matches(
            &content_type,
            &["application/x-www-form-urlencoded"],
        ) {
            return Err(crate::rules::unsupported_media_type(&content_type));
        }
        serde_html_form::from_bytes(self.body()?)
            .map_err(|error| HttpError::bad_request(format!("the form is invalid: {error}")))
    }

    /// The invocation that the request came with.
    pub fn lambda_context(&self) -> &LambdaContext {
        &self.context
    }

    /// The event's `requestContext`, undecoded: the caller's address, the
    /// authorizer's findings, the stage. Its usual parts have accessors of
    /// their own, see [`Request::context`].
    pub fn request_context(&self) -> Option<&RawValue> {
        serde_json::from_str(self.json_of(&self.spans.request_context)?).ok()
    }

    /// The usual parts of the event's `requestContext`, whatever the event.
    pub fn context(&self) -> RequestContext<'_> {
        RequestContext::of(self)
    }

    /// The address that the request came from, as the gateway saw it; `None`
    /// when the event does not say, or says something else than an address.
    ///
    /// Of `X-Forwarded-For` only what an Application Load Balancer has added is
    /// taken, which is the last address. What stands before it, and the whole
    /// header of the other gateways, may be the client's invention. Behind
    /// CloudFront or another proxy this is the proxy's address.
    pub fn client_address(&self) -> Option<IpAddr> {
        let address = self.context().source_ip()?;
        address.parse().ok().or_else(|| {
            // A load balancer adds the port if it is told to.
            let address: std::net::SocketAddr = address.parse().ok()?;
            Some(address.ip())
        })
    }

    /// What AWS Chalice's `to_dict()` gives: the request as a value to serialize,
    /// for a log or for an answer that shows what came.
    pub fn view(&self) -> RequestView<'_> {
        RequestView::of(self)
    }

    /// The value of a stage variable; `None` when the stage has no such variable.
    pub fn stage_variable(&self, name: &str) -> Option<Cow<'_, str>> {
        self.member(&self.spans.stage_variables, name)
    }

    /// The names and values of all stage variables.
    pub fn stage_variables(&self) -> impl Iterator<Item = (Cow<'_, str>, Cow<'_, str>)> {
        let json = self.json_of(&self.spans.stage_variables).unwrap_or("{}");
        members(json).filter_map(|(name, value)| Some((name, text(value)?)))
    }

    /// The whole event, as AWS Lambda delivered it.
    pub fn event(&self) -> &RawValue {
        // AWS Lambda delivers nothing that is no JSON.
        serde_json::from_str(self.event.get()).unwrap_or(RawValue::NULL)
    }

    fn json_of(&self, span: &Option<Span>) -> Option<&str> {
        span.as_ref().map(|span| span.json(self.event.get()))
    }

    /// Which service made the event.
    pub(crate) fn kind(&self) -> Kind {
        self.kind
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

#[cfg(test)]
mod tests;
