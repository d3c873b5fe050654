//! The event that a REST API sends to a function: payload format 1.0.
//!
//! Amazon API Gateway, "Input format of a Lambda function for proxy integration".

use std::borrow::Cow;
use std::net::IpAddr;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use chalice_core::content_type;
use http::header::{CONTENT_TYPE, GetAll, HeaderMap, HeaderName, HeaderValue, USER_AGENT};
use http::request::Parts;
use serde::Serialize;
use serde::ser::{SerializeMap as _, Serializer};
use serde_json::{Map, Value};

use crate::Settings;
use crate::clock::Instant;
use crate::object::Object;
use crate::resource::Resource;

/// How many bytes an event has, but for its body, when a browser sends the request.
const USUAL_SIZE: usize = 3072;

/// What an event is made of.
pub(crate) struct Facts<'a> {
    pub(crate) settings: &'a Settings,
    pub(crate) resource: &'a Resource,
    /// As they stand in the path, not decoded: a REST API passes them on like that.
    pub(crate) parameters: &'a [(String, String)],
    pub(crate) request_id: &'a str,
    pub(crate) source_ip: IpAddr,
    pub(crate) time: Instant,
    pub(crate) head: &'a Parts,
    pub(crate) body: &'a Bytes,
    /// What the route's authorizer says about the caller.
    pub(crate) authorizer: Option<&'a Map<String, Value>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Event<'a> {
    resource: &'a str,
    path: &'a str,
    http_method: &'a str,
    headers: LastHeaders<'a>,
    multi_value_headers: AllHeaders<'a>,
    query_string_parameters: Option<Object<&'a str>>,
    multi_value_query_string_parameters: Option<&'a Object<Vec<String>>>,
    path_parameters: Option<Pairs<'a>>,
    stage_variables: Option<()>,
    request_context: RequestContext<'a>,
    body: Option<Cow<'a, str>>,
    is_base64_encoded: bool,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct RequestContext<'a> {
    resource_id: &'a str,
    resource_path: &'a str,
    http_method: &'a str,
    extended_request_id: &'a str,
    request_time: String,
    path: String,
    account_id: &'a str,
    protocol: &'static str,
    stage: &'a str,
    domain_prefix: &'a str,
    request_time_epoch: u64,
    request_id: &'a str,
    identity: Identity<'a>,
    domain_name: &'a str,
    deployment_id: &'static str,
    api_id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    authorizer: Option<&'a Map<String, Value>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Identity<'a> {
    cognito_identity_pool_id: Option<()>,
    account_id: Option<()>,
    cognito_identity_id: Option<()>,
    caller: Option<()>,
    source_ip: IpAddr,
    principal_org_id: Option<()>,
    access_key: Option<()>,
    cognito_authentication_type: Option<()>,
    cognito_authentication_provider: Option<()>,
    user_arn: Option<()>,
    user_agent: Option<Cow<'a, str>>,
    user: Option<()>,
}

/// The event as JSON.
pub(crate) fn build(facts: Facts<'_>) -> Vec<u8> {
    let Facts {
        settings,
        resource,
        head,
        ..
    } = facts;
    let headers = Headers {
        sent: &head.headers,
        own: own_headers(settings, &head.headers, facts.source_ip),
    };
    let query = query(&head.uri).non_empty();
    let path = head.uri.path();
    let (body, is_base64_encoded) = body(&head.headers, facts.body);
    let mut json = Vec::with_capacity(USUAL_SIZE + body.as_ref().map_or(0, |body| body.len()));
    let event = Event {
        resource: &resource.path,
        path,
        http_method: head.method.as_str(),
        headers: LastHeaders(&headers),
        multi_value_headers: AllHeaders(&headers),
        query_string_parameters: query.as_ref().map(Object::last_values),
        multi_value_query_string_parameters: query.as_ref(),
        path_parameters: (!facts.parameters.is_empty()).then_some(Pairs(facts.parameters)),
        stage_variables: None,
        request_context: RequestContext {
            resource_id: &resource.id,
            resource_path: &resource.path,
            http_method: head.method.as_str(),
            extended_request_id: facts.request_id,
            request_time: facts.time.common_log_format(),
            path: format!("/{}{path}", settings.stage),
            account_id: &settings.account_id,
            protocol: "HTTP/1.1",
            stage: &settings.stage,
            domain_prefix: &settings.api_id,
            request_time_epoch: facts.time.0,
            request_id: facts.request_id,
            identity: Identity {
                cognito_identity_pool_id: None,
                account_id: None,
                cognito_identity_id: None,
                caller: None,
                source_ip: facts.source_ip,
                principal_org_id: None,
                access_key: None,
                cognito_authentication_type: None,
                cognito_authentication_provider: None,
                user_arn: None,
                user_agent: head.headers.get(USER_AGENT).map(header_text),
                user: None,
            },
            domain_name: &settings.domain_name,
            deployment_id: "local0",
            api_id: &settings.api_id,
            authorizer: facts.authorizer,
        },
        body,
        is_base64_encoded,
    };
    // Strings, numbers and maps with string keys: writing them cannot fail.
    let _ = serde_json::to_writer(&mut json, &event);
    json
}

/// The request's headers, and those with which API Gateway says how it was reached.
pub(crate) fn headers(
    settings: &Settings,
    headers: &HeaderMap,
    source_ip: IpAddr,
) -> Object<Vec<String>> {
    let headers = Headers {
        sent: headers,
        own: own_headers(settings, headers, source_ip),
    };
    let sent = headers.sent().flat_map(|(name, values)| {
        let values = values.iter();
        values.map(|value| (name.as_str().to_owned(), text(value.as_bytes())))
    });
    let own = headers.own.iter();
    Object::grouped(sent.chain(own.map(|(name, value)| ((*name).to_owned(), value.clone()))))
}

/// The request's headers as they came, and those that API Gateway sets itself.
struct Headers<'a> {
    sent: &'a HeaderMap,
    own: [(&'static str, String); 3],
}

impl Headers<'_> {
    /// What the client sent and API Gateway does not replace, in the order in which it came.
    fn sent(&self) -> impl Iterator<Item = (&HeaderName, GetAll<'_, HeaderValue>)> {
        let is_own = |name: &HeaderName| self.own.iter().any(|(own, _)| own == name);
        let names = self.sent.keys().filter(move |name| !is_own(name));
        names.map(|name| (name, self.sent.get_all(name)))
    }
}

/// The headers with which API Gateway says how it was reached.
fn own_headers(
    settings: &Settings,
    headers: &HeaderMap,
    source_ip: IpAddr,
) -> [(&'static str, String); 3] {
    let mut forwarded_for = String::new();
    for value in headers.get_all("x-forwarded-for") {
        forwarded_for += &header_text(value);
        forwarded_for += ", ";
    }
    forwarded_for += &source_ip.to_string();
    [
        ("x-forwarded-for", forwarded_for),
        ("x-forwarded-port", settings.port.to_string()),
        ("x-forwarded-proto", settings.scheme.clone()),
    ]
}

/// `headers`: the last value of each name.
struct LastHeaders<'a>(&'a Headers<'a>);

impl Serialize for LastHeaders<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        for (name, values) in self.0.sent() {
            if let Some(value) = values.iter().next_back() {
                map.serialize_entry(name.as_str(), &header_text(value))?;
            }
        }
        for (name, value) in &self.0.own {
            map.serialize_entry(name, value)?;
        }
        map.end()
    }
}

/// `multiValueHeaders`: all values of each name.
struct AllHeaders<'a>(&'a Headers<'a>);

impl Serialize for AllHeaders<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        for (name, values) in self.0.sent() {
            map.serialize_entry(name.as_str(), &Values(values))?;
        }
        for (name, value) in &self.0.own {
            map.serialize_entry(name, &[value])?;
        }
        map.end()
    }
}

/// All values of one name.
struct Values<'a>(GetAll<'a, HeaderValue>);

impl Serialize for Values<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.iter().map(header_text))
    }
}

/// Names and values, each name once.
struct Pairs<'a>(&'a [(String, String)]);

impl Serialize for Pairs<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(name, value)| (name, value)))
    }
}

/// The parameters of the query string, decoded.
pub(crate) fn query(uri: &http::Uri) -> Object<Vec<String>> {
    Object::grouped(
        form_urlencoded::parse(uri.query().unwrap_or_default().as_bytes())
            .map(|(name, value)| (name.into_owned(), value.into_owned())),
    )
}

/// A header's value as text. RFC 9110 leaves bytes above 127 undefined, and an
/// event is JSON: what is not UTF-8 becomes U+FFFD.
pub(crate) fn text(value: &[u8]) -> String {
    String::from_utf8_lossy(value).into_owned()
}

/// [`text`], without a copy where none is needed.
fn header_text(value: &HeaderValue) -> Cow<'_, str> {
    String::from_utf8_lossy(value.as_bytes())
}

/// The body as the event carries it, and whether that is base64.
fn body<'a>(headers: &HeaderMap, body: &'a Bytes) -> (Option<Cow<'a, str>>, bool) {
    if body.is_empty() {
        return (None, false);
    }
    let binary = headers
        .get(CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .is_some_and(content_type::is_binary);
    match std::str::from_utf8(body) {
        Ok(text) if !binary => (Some(text.into()), false),
        _ => (Some(STANDARD.encode(body).into()), true),
    }
}

#[cfg(test)]
mod tests {
    use http::Request;
    use serde_json::{Value, json};

    use super::*;
    use crate::sample::{invocation, invoke};

    fn event(request: Request<Bytes>) -> Value {
        serde_json::from_slice(&invoke(request).event).unwrap()
    }

    fn get(target: &str) -> Value {
        serde_json::from_slice(&invocation("GET", target).event).unwrap()
    }

    #[test]
    fn the_whole_event() {
        let request = Request::get("/cities/new%20york/?a=1&a=2&b=&c&%C3%A9=x+y%20z")
            .header("User-Agent", "test/1")
            .header("X-Many", "one")
            .header("X-Many", "two")
            .header("X-Forwarded-For", "198.51.100.1")
            .body(Bytes::new())
            .unwrap();
        let invocation = invoke(request);
        let mut event: Value = serde_json::from_slice(&invocation.event).unwrap();
        let context = &mut event["requestContext"];
        let epoch = context["requestTimeEpoch"].take().as_u64().unwrap();
        assert_eq!(
            context["requestTime"].take(),
            Instant(epoch).common_log_format()
        );
        assert_eq!(context["requestId"].take(), invocation.request_id);
        assert_eq!(context["extendedRequestId"].take(), invocation.request_id);
        assert_eq!(context["resourceId"].take().as_str().unwrap().len(), 6);
        assert_eq!(
            event,
            json!({
                "resource": "/cities/{city}",
                "path": "/cities/new%20york/",
                "httpMethod": "GET",
                "headers": {
                    "user-agent": "test/1",
                    "x-many": "two",
                    "x-forwarded-for": "198.51.100.1, 192.0.2.7",
                    "x-forwarded-port": "443",
                    "x-forwarded-proto": "https",
                },
                "multiValueHeaders": {
                    "user-agent": ["test/1"],
                    "x-many": ["one", "two"],
                    "x-forwarded-for": ["198.51.100.1, 192.0.2.7"],
                    "x-forwarded-port": ["443"],
                    "x-forwarded-proto": ["https"],
                },
                "queryStringParameters": { "a": "2", "b": "", "c": "", "é": "x y z" },
                "multiValueQueryStringParameters": { "a": ["1", "2"], "b": [""], "c": [""], "é": ["x y z"] },
                "pathParameters": { "city": "new%20york" },
                "stageVariables": null,
                "requestContext": {
                    "resourceId": null,
                    "resourcePath": "/cities/{city}",
                    "httpMethod": "GET",
                    "extendedRequestId": null,
                    "requestTime": null,
                    "path": "/api/cities/new%20york/",
                    "accountId": "123456789012",
                    "protocol": "HTTP/1.1",
                    "stage": "api",
                    "domainPrefix": "a1b2c3d4e5",
                    "requestTimeEpoch": null,
                    "requestId": null,
                    "identity": {
                        "cognitoIdentityPoolId": null,
                        "accountId": null,
                        "cognitoIdentityId": null,
                        "caller": null,
                        "sourceIp": "192.0.2.7",
                        "principalOrgId": null,
                        "accessKey": null,
                        "cognitoAuthenticationType": null,
                        "cognitoAuthenticationProvider": null,
                        "userArn": null,
                        "userAgent": "test/1",
                        "user": null,
                    },
                    "domainName": "a1b2c3d4e5.execute-api.us-east-1.amazonaws.com",
                    "deploymentId": "local0",
                    "apiId": "a1b2c3d4e5",
                },
                "body": null,
                "isBase64Encoded": false,
            })
        );
    }

    #[test]
    fn without_query_and_placeholders() {
        for target in ["/", "/?"] {
            let event = get(target);
            assert_eq!(event["queryStringParameters"], Value::Null);
            assert_eq!(event["multiValueQueryStringParameters"], Value::Null);
            assert_eq!(event["pathParameters"], Value::Null);
        }
    }

    #[test]
    fn malformed_percent_escapes_in_a_query() {
        let event = get("/?a=%zz&b=%&%f=%ff");
        assert_eq!(
            event["queryStringParameters"],
            json!({"a": "%zz", "b": "%", "%f": "\u{fffd}"})
        );
    }

    #[test]
    fn host_is_data_only() {
        for host in ["[bad", "a b", "evil.example/admin"] {
            let request = Request::get("/")
                .header("Host", host)
                .body(Bytes::new())
                .unwrap();
            let event = event(request);
            assert_eq!(event["resource"], "/");
            assert_eq!(event["headers"]["host"], host);
            assert_ne!(event["requestContext"]["domainName"], host);
        }
    }

    #[test]
    fn bodies() {
        let post = |content_type: &str, body: &'static [u8]| {
            let request = Request::put("/special")
                .header("Content-Type", content_type)
                .body(Bytes::from_static(body))
                .unwrap();
            let event = event(request);
            json!([event["body"], event["isBase64Encoded"]])
        };
        assert_eq!(
            post("application/json", b"{\"a\":1}"),
            json!(["{\"a\":1}", false])
        );
        assert_eq!(post("application/json", b""), json!([null, false]));
        assert_eq!(post("image/png", b""), json!([null, false]));
        assert_eq!(post("image/PNG; x=y", b"abc"), json!(["YWJj", true]));
        assert_eq!(post("text/plain", b"\xff"), json!(["/w==", true]));
        assert_eq!(
            post("text/plain; charset=utf-8", "é".as_bytes()),
            json!(["é", false])
        );
    }
}
