//! HTTP requests, through the emulated API Gateway.

use chalice::{Application, Method, test::Client};
use serde_json::Value;
use uuid::Uuid;

use super::DriverError;
use crate::{
    case::LocalRequest,
    output::{Answer, Output},
};

pub(super) async fn drive<A: Application>(
    client: &Client<A>,
    input: &Value,
) -> Result<Output, DriverError> {
    let request: LocalRequest = serde_json::from_value(input.clone())?;
    let method = Method::from_bytes(request.method.as_bytes())
        .map_err(|error| DriverError::Http(error.to_string()))?;
    check(&request)?;
    let http = client.http();
    let mut sent = http.request(method, &request.path);
    for (name, value) in &request.headers {
        sent = sent.header(name, value.as_str().unwrap_or_default());
    }
    if let Some(body) = request.body {
        sent = sent.body(body);
    }
    let response = sent.await;
    let mut answer = Answer {
        status: response.status().as_u16().into(),
        body: response.body().clone(),
        ..Answer::default()
    };
    for (name, value) in response.headers() {
        let value = String::from_utf8_lossy(value.as_bytes()).into_owned();
        let values = answer.headers.entry(name.to_string()).or_default();
        values.push(value);
    }
    let id = answer.headers.remove("x-amzn-requestid");
    if !id.is_some_and(|id| id.len() == 1 && Uuid::parse_str(&id[0]).is_ok()) {
        return Err(DriverError::RequestId);
    }
    Ok(Output::Answer(answer.as_sent()))
}

/// Whether the test client takes the request: it panics at what no HTTP client can send.
fn check(request: &LocalRequest) -> Result<(), DriverError> {
    let wrong = |what: String| Err(DriverError::Http(what));
    let path: Result<http::uri::PathAndQuery, _> = request.path.parse();
    if !request.path.starts_with('/') || path.is_err() {
        return wrong(format!("`{}` is no path", request.path));
    }
    for (name, value) in &request.headers {
        let Some(value) = value.as_str() else {
            return wrong(format!("the header `{name}` is not a text"));
        };
        if http::HeaderName::from_bytes(name.as_bytes()).is_err()
            || http::HeaderValue::from_bytes(value.as_bytes()).is_err()
        {
            return wrong(format!("the header `{name}: {value}`"));
        }
    }
    Ok(())
}
