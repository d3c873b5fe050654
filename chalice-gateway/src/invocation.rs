//! An invocation of the function, and the response that ends it.

use std::time::Duration;

use bytes::Bytes;
use http::header::CONTENT_LENGTH;
use http::{HeaderValue, Method, Response, StatusCode};

use crate::gateway_response::{GatewayResponse, REQUEST_ID};
use crate::limits::{INTEGRATION_TIMEOUT, MAX_LAMBDA_RESPONSE, STREAM_TIMEOUT};
use crate::proxy_response::{self, Malformed};

/// An invocation of the function on behalf of one request.
///
/// Whoever carries the event to the function ends it with one of
/// [`answer`](Self::answer), [`function_error`](Self::function_error) and
/// [`timed_out`](Self::timed_out).
#[derive(Clone, Debug)]
pub struct Invocation {
    /// The function's name within the app.
    pub function: String,
    /// The event, as JSON.
    pub event: Vec<u8>,
    /// API Gateway's id of the request, which is in the event and in the response.
    pub request_id: String,
    /// The request's method.
    pub method: Method,
    /// Whether the function has to stream its response: the response transfer mode is `STREAM`.
    pub stream: bool,
}

impl Invocation {
    /// The response to the client when the function returned `payload`.
    ///
    /// When API Gateway does not accept the payload, this is its 502; use
    /// [`try_answer`](Self::try_answer) to learn the reason, which API Gateway
    /// keeps from the client.
    pub fn answer(&self, payload: &[u8]) -> Response<Bytes> {
        self.try_answer(payload)
            .unwrap_or_else(|_| self.function_error())
    }

    /// The response to the client when the function returned `payload`.
    ///
    /// # Errors
    ///
    /// Why API Gateway does not accept the payload; the client then gets
    /// [`function_error`](Self::function_error).
    pub fn try_answer(&self, payload: &[u8]) -> Result<Response<Bytes>, Malformed> {
        if self.stream {
            return Err(Malformed::Buffered);
        }
        if payload.len() > MAX_LAMBDA_RESPONSE {
            return Err(Malformed::TooLarge {
                bytes: payload.len(),
            });
        }
        let mut response = proxy_response::read(payload)?;
        self.add_request_id(&mut response);
        let bodiless = is_bodiless(response.status());
        if self.method == Method::HEAD && !bodiless {
            // RFC 9110, 9.3.2: the headers are those of the response to GET.
            let length = HeaderValue::from(response.body().len());
            response.headers_mut().insert(CONTENT_LENGTH, length);
        }
        if self.method == Method::HEAD || bodiless {
            response.body_mut().clear();
        }
        Ok(response)
    }

    /// The head of the response to the client when the function streams, and its
    /// prelude is this, without the delimiter ([`PreludeReader`](crate::PreludeReader)).
    /// The body is what follows, if [`has_body`](Self::has_body).
    ///
    /// # Errors
    ///
    /// Why API Gateway does not accept it; the client then gets
    /// [`function_error`](Self::function_error).
    pub fn try_answer_stream(&self, prelude: &[u8]) -> Result<Response<()>, Malformed> {
        if !self.stream {
            return Err(Malformed::Streamed);
        }
        let mut response = proxy_response::read_prelude(prelude)?;
        self.add_request_id(&mut response);
        Ok(response)
    }

    /// Whether the response to the client has a body, if its status is this.
    pub fn has_body(&self, status: StatusCode) -> bool {
        self.method != Method::HEAD && !is_bodiless(status)
    }

    /// How long API Gateway waits for the end of the response.
    pub fn timeout(&self) -> Duration {
        if self.stream {
            STREAM_TIMEOUT
        } else {
            INTEGRATION_TIMEOUT
        }
    }

    fn add_request_id<B>(&self, response: &mut Response<B>) {
        if let Ok(request_id) = HeaderValue::from_str(&self.request_id) {
            response.headers_mut().insert(REQUEST_ID, request_id);
        }
    }

    /// The response to the client when the function failed.
    pub fn function_error(&self) -> Response<Bytes> {
        GatewayResponse::InternalServerError.to_response(&self.request_id)
    }

    /// The response to the client when the function did not answer within its [`timeout`](Self::timeout).
    pub fn timed_out(&self) -> Response<Bytes> {
        GatewayResponse::IntegrationTimeout.to_response(&self.request_id)
    }
}

/// Whether a response of that status cannot have a body.
fn is_bodiless(status: StatusCode) -> bool {
    [StatusCode::NO_CONTENT, StatusCode::NOT_MODIFIED].contains(&status)
        || status.is_informational()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::invocation;

    #[test]
    fn the_request_id_of_the_event_is_in_the_response() {
        let invocation = invocation("GET", "/");
        let id = invocation.request_id.as_str();
        assert!(std::str::from_utf8(&invocation.event).unwrap().contains(id));
        let answer = br#"{"statusCode":200}"#;
        for response in [
            invocation.answer(answer),
            invocation.function_error(),
            invocation.timed_out(),
        ] {
            assert_eq!(response.headers()["x-amzn-requestid"], id);
        }
    }

    #[test]
    fn errors() {
        let invocation = invocation("GET", "/");
        let response = invocation.function_error();
        assert_eq!(response.status(), 502);
        assert_eq!(
            response.headers()["x-amzn-errortype"],
            "InternalServerErrorException"
        );
        assert_eq!(response.body(), r#"{"message": "Internal server error"}"#);
        let response = invocation.timed_out();
        assert_eq!(response.status(), 504);
        assert_eq!(
            response.body(),
            r#"{"message": "Endpoint request timed out"}"#
        );
        assert_eq!(invocation.answer(b"nonsense").status(), 502);
    }

    #[test]
    fn head_and_bodiless_statuses() {
        let answer =
            |status: u16| format!(r#"{{"statusCode":{status},"body":"text"}}"#).into_bytes();
        let head = invocation("HEAD", "/files/a").answer(&answer(200));
        assert_eq!(
            (head.body().len(), &head.headers()["content-length"]),
            (0, &HeaderValue::from(4))
        );
        for status in [204, 304] {
            let response = invocation("GET", "/").answer(&answer(status));
            assert_eq!(
                (response.status().as_u16(), response.body().len()),
                (status, 0)
            );
            assert!(!response.headers().contains_key("content-length"));
        }
    }

    #[test]
    fn streams_and_only_they_are_read_as_such() {
        let buffered = invocation("GET", "/");
        let streaming = Invocation {
            stream: true,
            ..buffered.clone()
        };
        let prelude =
            br#"{"statusCode":201,"headers":{"content-type":"text/csv"},"cookies":["a=1","b=2"]}"#;
        let head = streaming.try_answer_stream(prelude).unwrap();
        assert_eq!(head.status(), 201);
        assert_eq!(head.headers()["content-type"], "text/csv");
        assert_eq!(
            head.headers()["x-amzn-requestid"],
            streaming.request_id.as_str()
        );
        let cookies = head.headers().get_all("set-cookie");
        assert!(cookies.iter().eq(["a=1", "b=2"]));
        assert!(streaming.has_body(head.status()) && !streaming.has_body(StatusCode::NO_CONTENT));
        assert_eq!(
            streaming.try_answer(prelude).unwrap_err(),
            Malformed::Buffered
        );
        assert_eq!(
            buffered.try_answer_stream(prelude).unwrap_err(),
            Malformed::Streamed
        );
        assert!(streaming.timeout() > buffered.timeout());
        for wrong in [
            &b"{}"[..],
            b"[]",
            b"",
            br#"{"statusCode":200,"cookies":"a=1"}"#,
        ] {
            assert!(streaming.try_answer_stream(wrong).is_err());
        }
    }

    #[test]
    fn a_response_above_the_limit() {
        let invocation = invocation("GET", "/");
        let padding = " ".repeat(MAX_LAMBDA_RESPONSE);
        let payload = format!(r#"{{"statusCode":200}}{padding}"#);
        assert_eq!(invocation.answer(payload.as_bytes()).status(), 502);
        assert!(matches!(
            invocation.try_answer(payload.as_bytes()),
            Err(Malformed::TooLarge { .. })
        ));
        assert_eq!(
            invocation
                .answer(&payload.as_bytes()[..MAX_LAMBDA_RESPONSE])
                .status(),
            200
        );
    }
}
