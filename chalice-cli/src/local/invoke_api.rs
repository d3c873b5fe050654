//! AWS Lambda's own way to invoke a function (AWS Lambda API, `Invoke`), for whoever would
//! call the deployed one: the AWS CLI, SDKs, other programs.

use std::sync::Arc;

use bytes::Bytes;
use chalice_gateway::limits::MAX_EVENT;
use http::header::{ALLOW, CONTENT_TYPE, ORIGIN};
use http::{HeaderMap, HeaderName, HeaderValue, Method, Request, Response, StatusCode};
use http_body_util::{BodyExt as _, LengthLimitError, Limited};
use hyper::body::{Body, Incoming};
use percent_encoding::percent_decode_str;
use serde_json::json;
use serde_json::value::RawValue;
use uuid::Uuid;

use super::deployment::Deployment;
use super::functions::{LocalFunction, UnknownFunction};
use super::invocation::{Invoked, invoke};

/// The beginning of the paths, and their end; between them is the function's name.
pub(super) const PREFIX: &str = "/2015-03-31/functions/";
pub(super) const SUFFIX: &str = "/invocations";

/// The largest event that Lambda accepts when nobody waits for the answer, in bytes: 1 MB.
///
/// AWS Lambda, "Lambda quotas", invocation payload, asynchronous.
const MAX_ASYNCHRONOUS_EVENT: usize = 1_048_576;

/// `X-Amz-Invocation-Type`
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum InvocationType {
    /// The caller waits for the answer.
    RequestResponse,
    /// The caller does not.
    Event,
    /// Nothing is invoked.
    DryRun,
}

impl InvocationType {
    fn of(headers: &HeaderMap) -> Result<InvocationType, Refusal> {
        let Some(value) = headers.get("x-amz-invocation-type") else {
            return Ok(InvocationType::RequestResponse);
        };
        match value.as_bytes() {
            b"RequestResponse" => Ok(InvocationType::RequestResponse),
            b"Event" => Ok(InvocationType::Event),
            b"DryRun" => Ok(InvocationType::DryRun),
            _ => Err(Refusal::InvocationType),
        }
    }

    /// The largest event, in bytes.
    fn max_event(self) -> usize {
        match self {
            InvocationType::Event => MAX_ASYNCHRONOUS_EVENT,
            InvocationType::RequestResponse | InvocationType::DryRun => MAX_EVENT,
        }
    }
}

/// Why a call invokes nothing.
#[derive(Debug, thiserror::Error)]
enum Refusal {
    /// A browser sends it for a page, which may be anybody's.
    #[error(
        "requests of web pages, which have the header Origin, do not invoke functions: any page that is open in a \
         browser on this machine could send one"
    )]
    OfAPage,
    #[error("functions are invoked by POST")]
    Method,
    #[error("X-Amz-Invocation-Type is RequestResponse, Event or DryRun")]
    InvocationType,
    #[error(transparent)]
    Unknown(#[from] UnknownFunction),
    #[error("Request must be smaller than {0} bytes for the InvokeFunction operation")]
    TooLarge(usize),
    #[error("Could not parse request body into json: {0}")]
    NoJson(serde_json::Error),
    #[error("the request ended before its body did")]
    Truncated,
}

impl Refusal {
    fn status(&self) -> StatusCode {
        match self {
            Refusal::OfAPage => StatusCode::FORBIDDEN,
            Refusal::Method => StatusCode::METHOD_NOT_ALLOWED,
            Refusal::InvocationType | Refusal::NoJson(_) | Refusal::Truncated => {
                StatusCode::BAD_REQUEST
            }
            Refusal::Unknown(_) => StatusCode::NOT_FOUND,
            Refusal::TooLarge(_) => StatusCode::PAYLOAD_TOO_LARGE,
        }
    }

    /// The type of the error, by which SDKs tell one from the other.
    fn error_type(&self) -> &'static str {
        match self {
            Refusal::OfAPage => "AccessDeniedException",
            Refusal::Method => "MethodNotAllowedException",
            Refusal::InvocationType => "InvalidParameterValueException",
            Refusal::Unknown(_) => "ResourceNotFoundException",
            Refusal::TooLarge(_) => "RequestTooLargeException",
            Refusal::NoJson(_) | Refusal::Truncated => "InvalidRequestContentException",
        }
    }

    fn to_response(&self) -> Response<Bytes> {
        let message = self.to_string();
        // Lambda's model spells the field in both ways: `Message` of what is not found.
        let body = match self {
            Refusal::Unknown(_) => json!({ "Type": "User", "Message": message }),
            _ => json!({ "Type": "User", "message": message }),
        };
        let mut response = response(self.status(), body.to_string().into());
        let error_type = HeaderValue::from_static(self.error_type());
        response
            .headers_mut()
            .insert("x-amzn-errortype", error_type);
        if matches!(self, Refusal::Method) {
            let post = HeaderValue::from_static("POST");
            response.headers_mut().insert(ALLOW, post);
        }
        response
    }
}

/// The function that a request with this path calls by name, if it calls one.
pub(super) fn called(path: &str) -> Option<String> {
    let name = path.strip_prefix(PREFIX)?.strip_suffix(SUFFIX)?;
    let name = percent_decode_str(name).decode_utf8().ok()?;
    (!name.is_empty()).then(|| name.into_owned())
}

/// Invokes the function that is called by that name.
pub(super) async fn answer(
    deployment: Arc<Deployment>,
    called: &str,
    request: Request<Incoming>,
) -> Response<Bytes> {
    match accept(&deployment, called, request).await {
        Ok((_, InvocationType::DryRun, _)) => response(StatusCode::NO_CONTENT, Bytes::new()),
        Ok((function, invocation_type, event)) => {
            let (name, pool) = (function.name.clone(), function.pool.clone());
            // On AWS, an invocation goes on when the caller hangs up, so it has a task of its own.
            let running = tokio::spawn(async move {
                let invoked = invoke(&pool, event).await;
                if let Invoked::Failed {
                    error_type,
                    error_message,
                } = &invoked
                {
                    eprintln!("error: {name}: {error_type}: {error_message}");
                }
                // Its processes live as long as the deployment.
                drop(deployment);
                invoked
            });
            if invocation_type == InvocationType::Event {
                return response(StatusCode::ACCEPTED, Bytes::new());
            }
            match running.await {
                Ok(invoked) => answered(invoked),
                Err(error) => {
                    eprintln!("error: {called}: the local invocation failed: {error}");
                    response(StatusCode::INTERNAL_SERVER_ERROR, Bytes::new())
                }
            }
        }
        Err(refusal) => refusal.to_response(),
    }
}

async fn accept<'a, B>(
    deployment: &'a Deployment,
    called: &str,
    request: Request<B>,
) -> Result<(&'a LocalFunction, InvocationType, Bytes), Refusal>
where
    B: Body<Data = Bytes>,
    B::Error: Into<Box<dyn std::error::Error + Send + Sync>>,
{
    let (head, body) = request.into_parts();
    if head.headers.contains_key(ORIGIN) {
        return Err(Refusal::OfAPage);
    }
    if head.method != Method::POST {
        return Err(Refusal::Method);
    }
    let invocation_type = InvocationType::of(&head.headers)?;
    let function = deployment.functions().find(called)?;
    let event = read(body, invocation_type.max_event()).await?;
    Ok((function, invocation_type, event))
}

/// Reads the event, which is JSON. Nothing is an empty object.
async fn read<B>(body: B, limit: usize) -> Result<Bytes, Refusal>
where
    B: Body<Data = Bytes>,
    B::Error: Into<Box<dyn std::error::Error + Send + Sync>>,
{
    if body.size_hint().lower() > limit as u64 {
        return Err(Refusal::TooLarge(limit));
    }
    let event = match Limited::new(body, limit).collect().await {
        Ok(body) => body.to_bytes(),
        Err(error) if error.is::<LengthLimitError>() => return Err(Refusal::TooLarge(limit)),
        Err(_) => return Err(Refusal::Truncated),
    };
    if event.is_empty() {
        return Ok(Bytes::from_static(b"{}"));
    }
    match serde_json::from_slice::<&RawValue>(&event) {
        Ok(_) => Ok(event),
        Err(error) => Err(Refusal::NoJson(error)),
    }
}

fn answered(invoked: Invoked) -> Response<Bytes> {
    let failed = matches!(invoked, Invoked::Failed { .. });
    let mut response = response(StatusCode::OK, invoked.payload());
    let headers = response.headers_mut();
    headers.insert(
        "x-amz-executed-version",
        HeaderValue::from_static("$LATEST"),
    );
    if failed {
        // The other value that the API knows, `Handled`, is no longer sent.
        headers.insert(
            "x-amz-function-error",
            HeaderValue::from_static("Unhandled"),
        );
    }
    response
}

fn response(status: StatusCode, body: Bytes) -> Response<Bytes> {
    let mut response = Response::new(body);
    *response.status_mut() = status;
    let headers = response.headers_mut();
    if status != StatusCode::NO_CONTENT {
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    }
    if let Ok(id) = HeaderValue::try_from(Uuid::new_v4().to_string()) {
        headers.insert(HeaderName::from_static("x-amzn-requestid"), id);
    }
    response
}

#[cfg(test)]
mod tests {
    use http_body_util::Full;

    use super::*;

    #[test]
    fn paths_of_functions() {
        for (path, name) in [
            ("/2015-03-31/functions/resize/invocations", Some("resize")),
            (
                "/2015-03-31/functions/arn%3Aaws%3Alambda%3Aus-east-1%3A1%3Afunction%3Aresize/invocations",
                Some("arn:aws:lambda:us-east-1:1:function:resize"),
            ),
            ("/2015-03-31/functions//invocations", None),
            ("/2015-03-31/functions/resize", None),
            ("/2015-03-31/functions/invocations", None),
            ("/2015-03-31/functions/%ff/invocations", None),
            ("/functions/resize/invocations", None),
            ("/", None),
        ] {
            assert_eq!(called(path).as_deref(), name, "{path}");
        }
    }

    #[test]
    fn types_of_invocations() {
        let of = |value: &'static str| {
            let mut headers = HeaderMap::new();
            headers.insert("x-amz-invocation-type", HeaderValue::from_static(value));
            InvocationType::of(&headers)
        };
        for (value, expected) in [
            ("RequestResponse", InvocationType::RequestResponse),
            ("Event", InvocationType::Event),
            ("DryRun", InvocationType::DryRun),
        ] {
            assert_eq!(of(value).unwrap(), expected);
        }
        assert_eq!(
            InvocationType::of(&HeaderMap::new()).unwrap(),
            InvocationType::RequestResponse
        );
        let response = of("event").unwrap_err().to_response();
        assert_eq!(response.status(), 400);
        assert_eq!(
            response.headers()["x-amzn-errortype"],
            "InvalidParameterValueException"
        );
    }

    #[tokio::test]
    async fn events_are_json_of_a_limited_size() {
        let read = async |body: &'static str, limit| read(Full::from(body), limit).await;
        assert_eq!(read("", 10).await.unwrap(), "{}");
        assert_eq!(read(" [1.0] ", 10).await.unwrap(), " [1.0] ");
        let refusal = read("{\"a\": 17}", 8).await.unwrap_err();
        assert_eq!(
            (refusal.status().as_u16(), refusal.error_type()),
            (413, "RequestTooLargeException")
        );
        let refusal = read("{\"a\": }", 10).await.unwrap_err();
        assert_eq!(
            refusal.to_response().body(),
            r#"{"Type":"User","message":"Could not parse request body into json: expected value at line 1 column 7"}"#
        );
    }

    #[test]
    fn failures_are_marked() {
        let invoked = Invoked::Failed {
            error_type: "E".to_owned(),
            error_message: "m".to_owned(),
        };
        let response = answered(invoked);
        assert_eq!(response.headers()["x-amz-function-error"], "Unhandled");
        assert_eq!(response.body(), r#"{"errorMessage":"m","errorType":"E"}"#);
        let response = answered(Invoked::Returned(Bytes::from_static(b"17")));
        assert!(!response.headers().contains_key("x-amz-function-error"));
        assert_eq!(
            (response.status().as_u16(), &response.body()[..]),
            (200, &b"17"[..])
        );
    }
}
