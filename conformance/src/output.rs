//! What an app made of an input, in one form for both implementations.

use std::collections::BTreeMap;

use base64::{Engine, engine::general_purpose::STANDARD};
use bytes::Bytes;
use serde_json::Value;

use crate::case::{Driver, Recorded};

/// What an app made of an input.
#[derive(Clone, Debug, PartialEq)]
pub enum Output {
    /// An HTTP response.
    Answer(Answer),
    /// What an authorizer returned.
    Policy(Value),
    /// A failed invocation.
    Failure {
        /// The kind of error.
        kind: String,
        /// What happened.
        message: String,
    },
}

/// An HTTP response.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Answer {
    /// The status.
    pub status: u64,
    /// The values of each header, names in lower case.
    pub headers: BTreeMap<String, Vec<String>>,
    /// Whether the function said that its body is base64. Always off where the
    /// gateway has decoded the body.
    pub base64: bool,
    /// The body, decoded.
    pub body: Bytes,
}

/// Why a response is none that API Gateway takes.
#[derive(Debug, thiserror::Error)]
pub enum OutputError {
    /// A member is missing, or of another type.
    #[error("a response of a function has {0}")]
    Member(&'static str),
    /// The body is said to be base64.
    #[error("the body is said to be base64, and is not: {0}")]
    Base64(#[from] base64::DecodeError),
}

impl Answer {
    /// The answer that a function returned.
    ///
    /// # Errors
    ///
    /// When it is none that API Gateway takes.
    pub fn of_function(result: &Value) -> Result<Answer, OutputError> {
        let status = result["statusCode"]
            .as_u64()
            .ok_or(OutputError::Member("a number as `statusCode`"))?;
        let mut answer = Answer {
            status,
            base64: result["isBase64Encoded"] == true,
            ..Answer::default()
        };
        for (name, value) in object(result, "headers")? {
            answer.add_header(name, value);
        }
        for (name, values) in object(result, "multiValueHeaders")? {
            for value in values.as_array().into_iter().flatten() {
                answer.add_header(name, value);
            }
        }
        answer.body = match &result["body"] {
            Value::Null => Bytes::new(),
            Value::String(body) if answer.base64 => Bytes::from(STANDARD.decode(body)?),
            Value::String(body) => Bytes::from(body.clone()),
            _ => return Err(OutputError::Member("a string or null as `body`")),
        };
        Ok(answer.as_sent())
    }

    fn add_header(&mut self, name: &str, value: &Value) {
        let value = match value {
            Value::String(value) => value.clone(),
            other => other.to_string(),
        };
        let values = self.headers.entry(name.to_ascii_lowercase()).or_default();
        values.push(value);
    }

    /// The answer without what makes no difference to a client.
    #[must_use]
    pub fn as_sent(mut self) -> Answer {
        // API Gateway answers `application/json` where a function does not say.
        if self.header("content-type") == Some("application/json") {
            self.headers.remove("content-type");
        }
        // A set of methods (RFC 9110, 10.2.1): the order says nothing.
        for name in ["allow", "access-control-allow-methods"] {
            if let Some(values) = self.headers.get_mut(name) {
                let mut methods: Vec<String> = values
                    .iter()
                    .flat_map(|value| value.split(','))
                    .map(|method| method.trim().to_owned())
                    .collect();
                methods.sort_unstable();
                *values = vec![methods.join(", ")];
            }
        }
        self
    }

    /// The header's value, if it has exactly one.
    pub fn header(&self, name: &str) -> Option<&str> {
        match self.headers.get(name).map(Vec::as_slice) {
            Some([value]) => Some(value),
            _ => None,
        }
    }

    /// The body as JSON, if it is some.
    pub fn json(&self) -> Option<Value> {
        serde_json::from_slice(&self.body).ok()
    }
}

/// The members of an object that may be missing.
fn object<'a>(
    result: &'a Value,
    name: &str,
) -> Result<impl Iterator<Item = (&'a String, &'a Value)>, OutputError> {
    match result.get(name) {
        None | Some(Value::Null) => Ok(None.into_iter().flatten()),
        Some(Value::Object(members)) => Ok(Some(members).into_iter().flatten()),
        Some(_) => Err(OutputError::Member("an object of headers")),
    }
}

/// What Chalice made of an input.
///
/// # Errors
///
/// When the record is none of a response.
pub fn of_chalice(driver: Driver, recorded: &Recorded) -> Result<Output, OutputError> {
    match recorded {
        Recorded::Raised { raised, msg } => Ok(Output::Failure {
            kind: raised.clone(),
            message: msg.clone(),
        }),
        Recorded::GatewayError { gateway_error } => {
            let mut answer = Answer {
                status: gateway_error.status.into(),
                body: Bytes::from(gateway_error.body.clone()),
                ..Answer::default()
            };
            for (name, value) in &gateway_error.headers {
                answer.add_header(name, value);
            }
            // A new one for each request.
            answer.headers.remove("x-amzn-requestid");
            Ok(Output::Answer(answer.as_sent()))
        }
        Recorded::Result { result } => match driver {
            Driver::Authorizer => Ok(Output::Policy(result.clone())),
            Driver::Lambda => Answer::of_function(result).map(Output::Answer),
            Driver::Local => {
                let mut answer = Answer::of_function(result)?;
                answer.base64 = false;
                Ok(Output::Answer(answer))
            }
        },
    }
}
