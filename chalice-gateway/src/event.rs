//! The event that a REST API sends to a function: payload format 1.0.
//!
//! Amazon API Gateway, "Input format of a Lambda function for proxy integration".

use std::net::IpAddr;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use chalice_core::content_type;
use http::header::{CONTENT_TYPE, HeaderMap, USER_AGENT};
use http::request::Parts;
use serde::Serialize;
use serde_json::{Map, Value};

use crate::Settings;
use crate::clock::Instant;
use crate::object::Object;
use crate::resource::Resource;

/// What an event is made of.
pub(crate) struct Facts<'a> {
    pub(crate) settings: &'a Settings,
    pub(crate) resource: &'a Resource,
    /// As they stand in the path, not decoded: a REST API passes them on like that.
    pub(crate) parameters: Vec<(String, String)>,
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
    headers: Object<&'a str>,
    multi_value_headers: &'a Object<Vec<String>>,
    query_string_parameters: Option<Object<&'a str>>,
    multi_value_query_string_parameters: Option<&'a Object<Vec<String>>>,
    path_parameters: Option<Object<String>>,
    stage_variables: Option<()>,
    request_context: RequestContext<'a>,
    body: Option<String>,
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
    identity: Identity,
    domain_name: &'a str,
    deployment_id: &'static str,
    api_id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    authorizer: Option<&'a Map<String, Value>>,
}

#[derive(Default, Serialize)]
#[serde(rename_all = "camelCase")]
struct Identity {
    cognito_identity_pool_id: Option<()>,
    account_id: Option<()>,
    cognito_identity_id: Option<()>,
    caller: Option<()>,
    source_ip: String,
    principal_org_id: Option<()>,
    access_key: Option<()>,
    cognito_authentication_type: Option<()>,
    cognito_authentication_provider: Option<()>,
    user_arn: Option<()>,
    user_agent: Option<String>,
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
    let headers = headers(settings, &head.headers, facts.source_ip);
    let query = query(&head.uri).non_empty();
    let path = head.uri.path();
    let (body, is_base64_encoded) = body(&head.headers, facts.body);
    let event = Event {
        resource: &resource.path,
        path,
        http_method: head.method.as_str(),
        headers: headers.last_values(),
        multi_value_headers: &headers,
        query_string_parameters: query.as_ref().map(Object::last_values),
        multi_value_query_string_parameters: query.as_ref(),
        path_parameters: (!facts.parameters.is_empty()).then(|| facts.parameters.into()),
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
                source_ip: facts.source_ip.to_string(),
                user_agent: head
                    .headers
                    .get(USER_AGENT)
                    .map(|value| text(value.as_bytes())),
                ..Identity::default()
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
    serde_json::to_vec(&event).unwrap_or_default()
}

/// The request's headers, and those with which API Gateway says how it was reached.
pub(crate) fn headers(
    settings: &Settings,
    headers: &HeaderMap,
    source_ip: IpAddr,
) -> Object<Vec<String>> {
    let forwarded_for = headers
        .get_all("x-forwarded-for")
        .iter()
        .map(|value| text(value.as_bytes()))
        .chain([source_ip.to_string()])
        .collect::<Vec<_>>()
        .join(", ");
    let own = [
        ("x-forwarded-for", forwarded_for),
        ("x-forwarded-port", settings.port.to_string()),
        ("x-forwarded-proto", settings.scheme.clone()),
    ];
    let sent = headers
        .iter()
        .filter(|(name, _)| own.iter().all(|(own, _)| own != name))
        .map(|(name, value)| (name.as_str().to_owned(), text(value.as_bytes())))
        .collect::<Vec<_>>();
    Object::grouped(
        sent.into_iter()
            .chain(own.map(|(name, value)| (name.to_owned(), value))),
    )
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

/// The body as the event carries it, and whether that is base64.
fn body(headers: &HeaderMap, body: &Bytes) -> (Option<String>, bool) {
    if body.is_empty() {
        return (None, false);
    }
    let binary = headers
        .get(CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .is_some_and(content_type::is_binary);
    match std::str::from_utf8(body) {
        Ok(text) if !binary => (Some(text.to_owned()), false),
        _ => (Some(STANDARD.encode(body)), true),
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
