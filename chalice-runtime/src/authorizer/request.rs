//! What an authorizer judges.

use std::{borrow::Cow, fmt, sync::Arc};

use chalice_core::definition::{AuthorizerSource, IdentitySource};
use http::HeaderMap;
use serde::Deserialize;
use serde_json::{Value, value::RawValue};

use super::{MethodArn, method_arn::MethodArnError};
use crate::{
    LambdaContext, QueryParameters,
    event::{
        self, EventError, Spans,
        text::{Span, members, text},
    },
    request::{headers, query},
};

/// A request that API Gateway asks an authorizer about.
///
/// An authorizer of type `TOKEN` sees the token and the ARN of the method that
/// the request is for, nothing else. One of type `REQUEST`, which has
/// `identity_sources`, sees the request without its body.
///
/// Cheap to clone.
#[derive(Clone)]
pub struct AuthRequest(Arc<Inner>);

struct Inner {
    event: Box<RawValue>,
    token: Option<String>,
    method_arn: MethodArn,
    method: Option<String>,
    path: Option<String>,
    spans: Spans,
    headers: HeaderMap,
    query: QueryParameters,
    identity: Vec<Option<String>>,
    context: LambdaContext,
}

/// The members that only events for authorizers have.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Members {
    authorization_token: Option<String>,
    method_arn: Option<String>,
    /// An HTTP API's name for the same.
    route_arn: Option<String>,
    http_method: Option<String>,
    path: Option<String>,
    raw_path: Option<String>,
}

/// An event that API Gateway does not invoke an authorizer with.
#[derive(Debug, thiserror::Error)]
pub(crate) enum AuthRequestError {
    #[error(transparent)]
    Event(#[from] EventError),
    #[error(
        "the event is none that API Gateway sends to an authorizer: it has no member `methodArn`, the ARN of the \
         method that the request is for"
    )]
    NoMethod,
    #[error(transparent)]
    MethodArn(#[from] MethodArnError),
}

impl AuthRequest {
    /// The request of an event for an authorizer with that source of identity.
    pub(crate) fn new(
        event: Box<RawValue>,
        source: AuthorizerSource,
        context: LambdaContext,
    ) -> Result<AuthRequest, AuthRequestError> {
        let spans = event::read_members(&event)?;
        let read: Members = serde_json::from_str(event.get()).map_err(EventError::from)?;
        let method_arn = read
            .method_arn
            .or(read.route_arn)
            .ok_or(AuthRequestError::NoMethod)?;
        let json = event.get();
        let (headers, query) = (
            headers::decode(json, &spans),
            query::decode(json, &spans, event::Kind::RestApi),
        );
        let mut inner = Inner {
            token: read.authorization_token,
            method_arn: MethodArn::parse(&method_arn)?,
            method: read.http_method,
            path: read.path.or(read.raw_path),
            headers,
            query,
            identity: Vec::new(),
            spans,
            context,
            event,
        };
        inner.identity = match source {
            AuthorizerSource::Token => vec![inner.token.clone()],
            AuthorizerSource::Request(sources) => sources
                .iter()
                .map(|source| inner.identity(source))
                .collect(),
        };
        Ok(AuthRequest(Arc::new(inner)))
    }

    /// The token, `TOKEN` authorizers only: the value of the authorizer's
    /// header, as it was sent. Empty for authorizers with `identity_sources`.
    pub fn token(&self) -> &str {
        self.0.token.as_deref().unwrap_or_default()
    }

    /// The ARN of the method that the request is for.
    pub fn method_arn(&self) -> &MethodArn {
        &self.0.method_arn
    }

    /// The values of the authorizer's `identity_sources`, in their order; of a
    /// `TOKEN` authorizer, the token. API Gateway passes no request on that
    /// lacks one of them, so `None` is only found in events from elsewhere.
    pub fn identity_values(&self) -> impl Iterator<Item = Option<&str>> {
        self.0.identity.iter().map(Option::as_deref)
    }

    /// The request's method, such as `GET`; `None` for a `TOKEN` authorizer.
    pub fn method(&self) -> Option<&str> {
        self.0.method.as_deref()
    }

    /// The request's path; `None` for a `TOKEN` authorizer.
    pub fn path(&self) -> Option<&str> {
        self.0.path.as_deref()
    }

    /// The request's headers; none for a `TOKEN` authorizer.
    pub fn headers(&self) -> &HeaderMap {
        &self.0.headers
    }

    /// The first value of that header, whatever the case of `name`.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.0.header(name)
    }

    /// The parameters of the query string; none for a `TOKEN` authorizer.
    pub fn query(&self) -> &QueryParameters {
        &self.0.query
    }

    /// The value of a placeholder of the path, as API Gateway passes it on.
    pub fn path_parameter(&self, name: &str) -> Option<Cow<'_, str>> {
        self.0.member(&self.0.spans.path_parameters, name)
    }

    /// The value of a stage variable.
    pub fn stage_variable(&self, name: &str) -> Option<Cow<'_, str>> {
        self.0.member(&self.0.spans.stage_variables, name)
    }

    /// API Gateway's `requestContext`, undecoded; `None` for a `TOKEN` authorizer.
    pub fn request_context(&self) -> Option<&RawValue> {
        serde_json::from_str(self.0.json_of(&self.0.spans.request_context)?).ok()
    }

    /// The invocation that the request came with.
    pub fn lambda_context(&self) -> &LambdaContext {
        &self.0.context
    }

    /// The whole event, as AWS Lambda delivered it.
    pub fn event(&self) -> &RawValue {
        &self.0.event
    }
}

impl Inner {
    fn json_of(&self, span: &Option<Span>) -> Option<&str> {
        span.as_ref().map(|span| span.json(self.event.get()))
    }

    fn member(&self, object: &Option<Span>, name: &str) -> Option<Cow<'_, str>> {
        let (_, value) = members(self.json_of(object)?).find(|(member, _)| member == name)?;
        text(value)
    }

    fn header(&self, name: &str) -> Option<&str> {
        std::str::from_utf8(self.headers.get(name)?.as_bytes()).ok()
    }

    fn identity(&self, source: &IdentitySource) -> Option<String> {
        match source {
            IdentitySource::Header(name) => self.header(name).map(str::to_owned),
            IdentitySource::Query(name) => self.query.get(name).map(str::to_owned),
            IdentitySource::StageVariable(name) => self
                .member(&self.spans.stage_variables, name)
                .map(Cow::into_owned),
            IdentitySource::Context(name) => {
                let json = self.json_of(&self.spans.request_context)?;
                let mut value: &Value = &serde_json::from_str(json).ok()?;
                for member in name.split('.') {
                    value = value.get(member)?;
                }
                match value {
                    Value::String(text) => Some(text.clone()),
                    Value::Null => None,
                    other => Some(other.to_string()),
                }
            }
        }
    }
}

impl fmt::Debug for AuthRequest {
    /// The method ARN and the request id, and nothing that may be secret.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AuthRequest")
            .field("method_arn", &self.0.method_arn.as_str())
            .field("request_id", &self.0.context.request_id)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const ARN: &str = "arn:aws:execute-api:us-east-1:123456789012:api/dev/GET/users/17";

    fn request(event: Value, source: AuthorizerSource) -> Result<AuthRequest, AuthRequestError> {
        let event = RawValue::from_string(event.to_string()).unwrap();
        AuthRequest::new(event, source, LambdaContext::default())
    }

    #[test]
    fn a_token() {
        let event = json!({ "type": "TOKEN", "authorizationToken": "secret", "methodArn": ARN });
        let request = request(event, AuthorizerSource::Token).unwrap();
        assert_eq!(request.token(), "secret");
        assert_eq!(request.method_arn().as_str(), ARN);
        assert_eq!(
            request.identity_values().collect::<Vec<_>>(),
            [Some("secret")]
        );
        assert_eq!(
            (request.method(), request.header("authorization")),
            (None, None)
        );
        assert!(!format!("{request:?}").contains("secret"));
    }

    #[test]
    fn a_whole_request() {
        let source = AuthorizerSource::Request(&[
            IdentitySource::Header("X-Key"),
            IdentitySource::Query("token"),
            IdentitySource::Context("identity.sourceIp"),
            IdentitySource::StageVariable("color"),
            IdentitySource::Header("X-Other"),
        ]);
        let event = json!({
            "type": "REQUEST",
            "methodArn": ARN,
            "resource": "/users/{id}",
            "path": "/users/17",
            "httpMethod": "GET",
            "headers": { "x-key": "k" },
            "multiValueHeaders": { "x-key": ["k"] },
            "queryStringParameters": { "token": "t" },
            "multiValueQueryStringParameters": { "token": ["t"] },
            "pathParameters": { "id": "17" },
            "stageVariables": { "color": "red" },
            "requestContext": { "identity": { "sourceIp": "192.0.2.7" } },
        });
        let request = request(event, source).unwrap();
        assert_eq!(
            request.identity_values().collect::<Vec<_>>(),
            [Some("k"), Some("t"), Some("192.0.2.7"), Some("red"), None]
        );
        assert_eq!(
            (request.method(), request.path()),
            (Some("GET"), Some("/users/17"))
        );
        assert_eq!(request.path_parameter("id").as_deref(), Some("17"));
        assert_eq!(request.stage_variable("color").as_deref(), Some("red"));
        assert!(request.request_context().is_some());
        assert_eq!(request.token(), "");
    }

    #[test]
    fn an_http_api_names_the_arn_otherwise() {
        let event =
            json!({ "version": "2.0", "type": "REQUEST", "routeArn": ARN, "rawPath": "/users/17" });
        let request = request(event, AuthorizerSource::Request(&[])).unwrap();
        assert_eq!(request.method_arn().as_str(), ARN);
        assert_eq!(request.path(), Some("/users/17"));
    }

    #[test]
    fn what_is_no_event_of_an_authorizer() {
        let error = |event| {
            request(event, AuthorizerSource::Token)
                .unwrap_err()
                .to_string()
        };
        assert!(error(json!({})).contains("no member `methodArn`"));
        assert!(error(json!([])).contains("not a JSON object"));
        assert!(error(json!({ "methodArn": 17 })).contains("invalid type"));
        let token = json!({ "authorizationToken": ["hunter2"], "methodArn": ARN });
        assert!(!error(token).contains("hunter2"));
        let token = json!({ "authorizationToken": 4711, "methodArn": ARN });
        assert!(!error(token).contains("4711"));
        assert!(error(json!({ "methodArn": "arn" })).contains("\"arn\" is not one of API Gateway"));
        let long = format!("{ARN}/{}", "a".repeat(1600));
        assert!(error(json!({ "methodArn": long })).contains("at most 1600"));
    }
}
