//! Events of the two kinds of APIs that API Gateway has, with the headers that a browser behind CloudFront sends.

use std::fmt::Write;

use serde_json::json;

use crate::Work;

/// Which API the event comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gateway {
    /// A REST API.
    RestApi,
    /// An HTTP API, payload format version 2.0.
    HttpApi,
}

impl Gateway {
    /// Both.
    pub const ALL: [Gateway; 2] = [Gateway::RestApi, Gateway::HttpApi];

    /// How one types it.
    pub fn name(self) -> &'static str {
        match self {
            Gateway::RestApi => "rest",
            Gateway::HttpApi => "http",
        }
    }
}

/// Names as REST APIs pass them on; HTTP APIs write them in lower case.
const HEADERS: [(&str, &str); 16] = [
    ("Accept", "application/json, text/plain, */*"),
    ("Accept-Encoding", "gzip, deflate, br, zstd"),
    ("Accept-Language", "de-DE,de;q=0.9,en-US;q=0.8,en;q=0.7"),
    (
        "Authorization",
        "Bearer eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiI0NzExIiwibmFtZSI6IkFkYSJ9.c2lnbmF0dXJlLW9mLXRoZS10b2tlbg",
    ),
    ("CloudFront-Forwarded-Proto", "https"),
    ("CloudFront-Is-Desktop-Viewer", "true"),
    ("CloudFront-Is-Mobile-Viewer", "false"),
    ("CloudFront-Viewer-Country", "DE"),
    ("Host", "a1b2c3d4e5.execute-api.eu-central-1.amazonaws.com"),
    ("Origin", "https://shop.example.com"),
    (
        "User-Agent",
        "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36",
    ),
    (
        "Via",
        "2.0 0a1b2c3d4e5f60718293a4b5c6d7e8f9.cloudfront.net (CloudFront)",
    ),
    (
        "X-Amzn-Trace-Id",
        "Root=1-5bef4de7-ad49b0e87f6ef6c87fc2e700",
    ),
    ("X-Forwarded-For", "203.0.113.7, 130.176.98.148"),
    ("X-Forwarded-Port", "443"),
    ("X-Forwarded-Proto", "https"),
];

/// The event of a request for `/orders/4711`, with 17 headers. Its members stand in the order in which API
/// Gateway writes them.
pub fn event(gateway: Gateway, work: Work) -> Vec<u8> {
    let (method, body) = (work.method(), work.body());
    let body = json!(body);
    let lower = gateway == Gateway::HttpApi;
    let content_type = match work {
        // A browser's `fetch` without a body has this one in its place.
        Work::Small => ("Sec-Fetch-Mode", "cors"),
        Work::Json | Work::Bytes => ("Content-Type", "application/json"),
    };
    let (mut headers, mut multi_value) = (String::new(), String::new());
    for (name, value) in HEADERS.into_iter().chain([content_type]) {
        let name = match lower {
            true => name.to_lowercase(),
            false => name.to_owned(),
        };
        let _ = write!(headers, "{}:{},", json!(name), json!(value));
        let _ = write!(multi_value, "{}:[{}],", json!(name), json!(value));
    }
    let (headers, multi_value) = (
        headers.trim_end_matches(','),
        multi_value.trim_end_matches(','),
    );
    let user_agent = HEADERS[10].1;
    let text = match gateway {
        Gateway::RestApi => format!(
            r#"{{"resource":"/orders/{{id}}","path":"/orders/4711","httpMethod":"{method}","headers":{{{headers}}},"multiValueHeaders":{{{multi_value}}},"queryStringParameters":{{"currency":"EUR","expand":"items"}},"multiValueQueryStringParameters":{{"currency":["EUR"],"expand":["items"]}},"pathParameters":{{"id":"4711"}},"stageVariables":null,"requestContext":{{"resourceId":"x7y8z9","resourcePath":"/orders/{{id}}","httpMethod":"{method}","extendedRequestId":"JKJaXmPLvHcESHA=","requestTime":"10/Mar/2026:00:03:59 +0000","path":"/prod/orders/4711","accountId":"123456789012","protocol":"HTTP/1.1","stage":"prod","domainPrefix":"a1b2c3d4e5","requestTimeEpoch":1773101039428,"requestId":"77375676-0c5b-4b79-853a-f982474efe18","identity":{{"cognitoIdentityPoolId":null,"accountId":null,"cognitoIdentityId":null,"caller":null,"sourceIp":"203.0.113.7","principalOrgId":null,"accessKey":null,"cognitoAuthenticationType":null,"cognitoAuthenticationProvider":null,"userArn":null,"userAgent":"{user_agent}","user":null}},"domainName":"a1b2c3d4e5.execute-api.eu-central-1.amazonaws.com","deploymentId":"d1e2f3","apiId":"a1b2c3d4e5"}},"body":{body},"isBase64Encoded":false}}"#
        ),
        Gateway::HttpApi => {
            let body = match body.is_null() {
                true => String::new(),
                false => format!(r#""body":{body},"#),
            };
            format!(
                r#"{{"version":"2.0","routeKey":"{method} /orders/{{id}}","rawPath":"/orders/4711","rawQueryString":"currency=EUR&expand=items","headers":{{{headers}}},"queryStringParameters":{{"currency":"EUR","expand":"items"}},"requestContext":{{"accountId":"123456789012","apiId":"a1b2c3d4e5","domainName":"a1b2c3d4e5.execute-api.eu-central-1.amazonaws.com","domainPrefix":"a1b2c3d4e5","http":{{"method":"{method}","path":"/orders/4711","protocol":"HTTP/1.1","sourceIp":"203.0.113.7","userAgent":"{user_agent}"}},"requestId":"JKJaXmPLvHcESHA=","routeKey":"{method} /orders/{{id}}","stage":"$default","time":"10/Mar/2026:05:16:23 +0000","timeEpoch":1773119783220}},"pathParameters":{{"id":"4711"}},{body}"isBase64Encoded":false}}"#
            )
        }
    };
    text.into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn events_are_json_of_the_size_that_the_figures_name() {
        for gateway in Gateway::ALL {
            for work in Work::ALL {
                let event: serde_json::Value =
                    serde_json::from_slice(&event(gateway, work)).unwrap();
                assert_eq!(event["headers"].as_object().unwrap().len(), 17);
                let body = event["body"].as_str().map(str::len);
                let expected = (work != Work::Small).then_some(102_400);
                assert!(
                    body.zip(expected)
                        .is_none_or(|(is, should)| is.abs_diff(should) < 2_048),
                    "{body:?}"
                );
                assert_eq!(body.is_some(), expected.is_some());
            }
        }
    }
}
