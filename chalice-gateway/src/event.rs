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
use serde_json::{Map, Value};

use crate::Settings;
use crate::clock::Instant;
use crate::json::Json;
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

/// The event as JSON.
///
/// Most of it is the same for all requests, and stands here as it is sent.
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
    let path = head.uri.path();
    let method = head.method.as_str();
    let (body, is_base64_encoded) = body(&head.headers, facts.body);
    let mut json = Json::with_capacity(USUAL_SIZE + body.as_ref().map_or(0, |body| body.len()));
    json.raw(r#"{"resource":"#).string(&resource.path);
    json.raw(r#","path":"#).string(path);
    json.raw(r#","httpMethod":"#).string(method);
    json.raw(r#","headers":"#);
    write_headers(&mut json, &headers, Values::Last);
    json.raw(r#","multiValueHeaders":"#);
    write_headers(&mut json, &headers, Values::All);
    match query(&head.uri).non_empty() {
        None => json.raw(
            r#","queryStringParameters":null,"multiValueQueryStringParameters":null,"pathParameters":"#,
        ),
        Some(query) => json
            .raw(r#","queryStringParameters":"#)
            .value(&query.last_values())
            .raw(r#","multiValueQueryStringParameters":"#)
            .value(&query)
            .raw(r#","pathParameters":"#),
    };
    let mut separator = "{";
    for (name, value) in facts.parameters {
        json.raw(separator).string(name).raw(":").string(value);
        separator = ",";
    }
    json.raw(match facts.parameters {
        [] => "null",
        _ => "}",
    });
    json.raw(r#","stageVariables":null,"requestContext":{"resourceId":"#)
        .string(&resource.id);
    json.raw(r#","resourcePath":"#).string(&resource.path);
    json.raw(r#","httpMethod":"#).string(method);
    json.raw(r#","extendedRequestId":"#)
        .string(facts.request_id);
    json.raw(r#","requestTime":"#)
        .string(&facts.time.common_log_format());
    json.raw(r#","path":"#)
        .string(&format!("/{}{path}", settings.stage));
    json.raw(r#","accountId":"#).string(&settings.account_id);
    json.raw(r#","protocol":"HTTP/1.1","stage":"#)
        .string(&settings.stage);
    json.raw(r#","domainPrefix":"#).string(&settings.api_id);
    json.raw(r#","requestTimeEpoch":"#)
        .value(&facts.time.0)
        .raw(r#","requestId":"#)
        .string(facts.request_id);
    json.raw(concat!(
        r#","identity":{"cognitoIdentityPoolId":null,"accountId":null,"cognitoIdentityId":null,"#,
        r#""caller":null,"sourceIp":"#
    ));
    json.value(&facts.source_ip);
    json.raw(concat!(
        r#","principalOrgId":null,"accessKey":null,"cognitoAuthenticationType":null,"#,
        r#""cognitoAuthenticationProvider":null,"userArn":null,"userAgent":"#
    ));
    json.optional(head.headers.get(USER_AGENT).map(header_text).as_deref());
    json.raw(r#","user":null},"domainName":"#)
        .string(&settings.domain_name);
    json.raw(r#","deploymentId":"local0","apiId":"#)
        .string(&settings.api_id);
    if let Some(authorizer) = facts.authorizer {
        json.raw(r#","authorizer":"#).value(authorizer);
    }
    json.raw(r#"},"body":"#).optional(body.as_deref());
    json.raw(match is_base64_encoded {
        true => r#","isBase64Encoded":true}"#,
        false => r#","isBase64Encoded":false}"#,
    });
    json.into_bytes()
}

/// Which values of a header an object holds.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Values {
    Last,
    All,
}

/// Writes an object of headers.
fn write_headers(json: &mut Json, headers: &Headers<'_>, which: Values) {
    let (begin, end) = match which {
        Values::Last => (":", ""),
        Values::All => (":[", "]"),
    };
    let mut separator = "{";
    for (name, values) in headers.sent() {
        json.raw(separator).string(name.as_str()).raw(begin);
        let mut values = values.iter();
        let last = values.next_back();
        for value in values.filter(|_| which == Values::All) {
            json.string(&header_text(value)).raw(",");
        }
        let last = last.map(header_text);
        json.string(&last.unwrap_or_default()).raw(end);
        separator = ",";
    }
    // There are some, so that there is a separator to close.
    for (name, value) in &headers.own {
        json.raw(separator).string(name).raw(begin);
        json.string(value).raw(end);
        separator = ",";
    }
    json.raw("}");
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
