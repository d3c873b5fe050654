//! The responses that API Gateway gives itself, without the function.

use bytes::Bytes;
use http::header::{CONTENT_TYPE, HeaderName, HeaderValue};
use http::{HeaderMap, Response, StatusCode};

/// The header that names a response's request, as API Gateway spells it in lower case.
pub(crate) const REQUEST_ID: HeaderName = HeaderName::from_static("x-amzn-requestid");
pub(crate) const ERROR_TYPE: HeaderName = HeaderName::from_static("x-amzn-errortype");

/// A response that API Gateway gives itself, without the function.
///
/// Amazon API Gateway, "Gateway response types".
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum GatewayResponse {
    /// No route for the path and method, and no `Authorization` header: 403.
    MissingAuthenticationToken,
    /// No route for the path and method, and an `Authorization` header, which
    /// API Gateway then reads as an AWS signature: 403.
    IncompleteSignature {
        /// What API Gateway says about the header.
        message: String,
    },
    /// A body above [`MAX_REQUEST_BODY`](crate::limits::MAX_REQUEST_BODY), or an
    /// event above [`MAX_EVENT`](crate::limits::MAX_EVENT): 413.
    RequestTooLarge,
    /// The function failed, or did not return a response: 502.
    InternalServerError,
    /// The function did not answer within
    /// [`INTEGRATION_TIMEOUT`](crate::limits::INTEGRATION_TIMEOUT): 504.
    IntegrationTimeout,
    /// The request does not say who the caller is, or the authorizer function
    /// failed with the message `Unauthorized`: 401.
    Unauthorized,
    /// The token of a Cognito user pool has expired: 401.
    ExpiredToken,
    /// An HTTP API's token lacks the route's scopes: 403.
    Forbidden,
    /// The authorizer's policy does not allow the request: 403.
    AccessDenied,
    /// The authorizer's policy denies the request: 403.
    ExplicitlyDenied,
    /// The authorizer function failed, or returned no policy: 500.
    AuthorizerFailure,
    /// The request's method has an ARN that is too long for an authorizer: 414.
    UriTooLong,
}

impl GatewayResponse {
    /// The response for a request that no route answers.
    pub(crate) fn no_route(headers: &HeaderMap) -> GatewayResponse {
        let Some(authorization) = headers.get(http::header::AUTHORIZATION) else {
            return GatewayResponse::MissingAuthenticationToken;
        };
        let authorization = String::from_utf8_lossy(authorization.as_bytes());
        let mut complaints: Vec<String> = ["Credential", "Signature", "SignedHeaders"]
            .into_iter()
            .filter(|parameter| !authorization.contains(&format!("{parameter}=")))
            .map(|parameter| format!("Authorization header requires '{parameter}' parameter."))
            .collect();
        if !headers.contains_key("x-amz-date") && !headers.contains_key(http::header::DATE) {
            complaints.push(
                "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header."
                    .to_owned(),
            );
        }
        if complaints.is_empty() {
            return GatewayResponse::MissingAuthenticationToken;
        }
        complaints.push(format!("Authorization={authorization}"));
        GatewayResponse::IncompleteSignature {
            message: complaints.join(" "),
        }
    }

    /// The status code.
    pub fn status(&self) -> StatusCode {
        match self {
            GatewayResponse::MissingAuthenticationToken
            | GatewayResponse::IncompleteSignature { .. } => StatusCode::FORBIDDEN,
            GatewayResponse::RequestTooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            GatewayResponse::InternalServerError => StatusCode::BAD_GATEWAY,
            GatewayResponse::IntegrationTimeout => StatusCode::GATEWAY_TIMEOUT,
            GatewayResponse::Unauthorized | GatewayResponse::ExpiredToken => {
                StatusCode::UNAUTHORIZED
            }
            GatewayResponse::Forbidden => StatusCode::FORBIDDEN,
            GatewayResponse::AccessDenied | GatewayResponse::ExplicitlyDenied => {
                StatusCode::FORBIDDEN
            }
            GatewayResponse::AuthorizerFailure => StatusCode::INTERNAL_SERVER_ERROR,
            GatewayResponse::UriTooLong => StatusCode::URI_TOO_LONG,
        }
    }

    /// The value of the `x-amzn-ErrorType` header.
    fn error_type(&self) -> &'static str {
        match self {
            GatewayResponse::MissingAuthenticationToken => "MissingAuthenticationTokenException",
            GatewayResponse::IncompleteSignature { .. } => "IncompleteSignatureException",
            GatewayResponse::RequestTooLarge => "RequestEntityTooLargeException",
            GatewayResponse::InternalServerError | GatewayResponse::IntegrationTimeout => {
                "InternalServerErrorException"
            }
            GatewayResponse::Unauthorized | GatewayResponse::ExpiredToken => {
                "UnauthorizedException"
            }
            GatewayResponse::Forbidden => "ForbiddenException",
            GatewayResponse::AccessDenied | GatewayResponse::ExplicitlyDenied => {
                "AccessDeniedException"
            }
            GatewayResponse::AuthorizerFailure => "AuthorizerConfigurationException",
            GatewayResponse::UriTooLong => "UriTooLongException",
        }
    }

    /// The body. The spaces are where API Gateway has them.
    fn body(&self) -> String {
        match self {
            GatewayResponse::MissingAuthenticationToken => {
                r#"{"message":"Missing Authentication Token"}"#.to_owned()
            }
            GatewayResponse::IncompleteSignature { message } => {
                format!(
                    r#"{{"message":{}}}"#,
                    serde_json::Value::from(message.as_str())
                )
            }
            GatewayResponse::RequestTooLarge => r#"{"message":"Request Too Long"}"#.to_owned(),
            GatewayResponse::InternalServerError => {
                r#"{"message": "Internal server error"}"#.to_owned()
            }
            GatewayResponse::IntegrationTimeout => {
                r#"{"message": "Endpoint request timed out"}"#.to_owned()
            }
            GatewayResponse::Unauthorized => r#"{"message":"Unauthorized"}"#.to_owned(),
            GatewayResponse::ExpiredToken => {
                r#"{"message":"The incoming token has expired"}"#.to_owned()
            }
            GatewayResponse::Forbidden => r#"{"message":"Forbidden"}"#.to_owned(),
            GatewayResponse::AccessDenied => {
                r#"{"Message":"User is not authorized to access this resource"}"#.to_owned()
            }
            GatewayResponse::ExplicitlyDenied => {
                "{\"Message\":\"User is not authorized to access this resource with an explicit deny in an \
                 identity-based policy\"}"
                    .to_owned()
            }
            GatewayResponse::AuthorizerFailure => r#"{"message":null}"#.to_owned(),
            GatewayResponse::UriTooLong => r#"{"message":"Request URI Too Long"}"#.to_owned(),
        }
    }

    /// The whole response, for the request with this id.
    pub(crate) fn to_response(&self, request_id: &str) -> Response<Bytes> {
        let mut response = Response::new(Bytes::from(self.body()));
        *response.status_mut() = self.status();
        let headers = response.headers_mut();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        headers.insert(ERROR_TYPE, HeaderValue::from_static(self.error_type()));
        // An id is a UUID; were it not a header value, the response would just lack it.
        if let Ok(request_id) = HeaderValue::from_str(request_id) {
            headers.insert(REQUEST_ID, request_id);
        }
        response
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn no_route(headers: &[(&'static str, &str)]) -> Response<Bytes> {
        let headers: HeaderMap = headers
            .iter()
            .map(|(name, value)| {
                (
                    HeaderName::from_static(name),
                    HeaderValue::from_str(value).unwrap(),
                )
            })
            .collect();
        GatewayResponse::no_route(&headers).to_response("id")
    }

    #[test]
    fn missing_authentication_token() {
        let response = no_route(&[]);
        assert_eq!(response.status(), 403);
        assert_eq!(
            response.headers()["x-amzn-ErrorType"],
            "MissingAuthenticationTokenException"
        );
        assert_eq!(response.headers()["x-amzn-RequestId"], "id");
        assert_eq!(
            response.body(),
            r#"{"message":"Missing Authentication Token"}"#
        );
    }

    #[test]
    fn authorization_header_is_read_as_a_signature() {
        let response = no_route(&[("authorization", "tok\"en")]);
        assert_eq!(response.status(), 403);
        assert_eq!(
            response.headers()["x-amzn-errortype"],
            "IncompleteSignatureException"
        );
        let body: serde_json::Value = serde_json::from_slice(response.body()).unwrap();
        assert_eq!(
            body["message"],
            "Authorization header requires 'Credential' parameter. Authorization header requires \
             'Signature' parameter. Authorization header requires 'SignedHeaders' parameter. \
             Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header. \
             Authorization=tok\"en"
        );
    }

    #[test]
    fn a_complete_signature_is_no_route_either() {
        let signature = "AWS4-HMAC-SHA256 Credential=a, SignedHeaders=host, Signature=b";
        let response = no_route(&[
            ("authorization", signature),
            ("x-amz-date", "20260101T000000Z"),
        ]);
        assert_eq!(
            response.body(),
            r#"{"message":"Missing Authentication Token"}"#
        );
    }
}
