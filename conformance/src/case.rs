//! The format of cases: what goes in, and what Chalice makes of it.

use std::{fs, io, path::Path};

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// One input, and Chalice's output.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Case {
    /// Unique within a file.
    pub name: String,
    /// How the input gets to the app.
    pub driver: Driver,
    /// Whether the app is in debug mode.
    #[serde(default)]
    pub debug: bool,
    /// An event (`lambda`, `authorizer`), or an HTTP request (`local`).
    pub input: Value,
    /// What Chalice makes of it.
    pub output: Recorded,
}

/// How an input gets to the app.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Driver {
    /// The event of a REST API, to the function that answers the routes.
    Lambda,
    /// An HTTP request, to the local gateway.
    Local,
    /// An event of type `TOKEN`, to the authorizer.
    Authorizer,
}

/// What Chalice made of an input.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(
    untagged,
    expecting = "an `output` is `{\"result\": ..}`, `{\"gateway_error\": {\"status\": .., \"headers\": .., \"body\": ..}}` or \
                 `{\"raised\": .., \"msg\": ..}`, and this is none of them"
)]
pub enum Recorded {
    /// What the function returned.
    Result {
        /// A response, or an authorizer's policy.
        result: Value,
    },
    /// What the local gateway answered by itself.
    GatewayError {
        /// The answer.
        gateway_error: GatewayError,
    },
    /// The function raised an exception: a failed invocation.
    Raised {
        /// The exception's class.
        raised: String,
        /// Its text.
        msg: String,
    },
}

/// An answer of Chalice's local gateway.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct GatewayError {
    /// The status.
    pub status: u16,
    /// The headers.
    pub headers: serde_json::Map<String, Value>,
    /// The body.
    pub body: String,
}

/// A request to the local gateway.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct LocalRequest {
    /// The method.
    pub method: String,
    /// The path, with the query string.
    pub path: String,
    /// The headers.
    pub headers: serde_json::Map<String, Value>,
    /// The body, as text.
    pub body: Option<String>,
}

/// Why there are no cases.
#[derive(Debug, thiserror::Error)]
pub enum CasesError {
    /// The file cannot be read.
    #[error("the cases of `{path}` cannot be read: {source}")]
    File {
        /// The file.
        path: String,
        /// Why.
        source: io::Error,
    },
    /// The file holds something else.
    #[error(
        "`{path}` is no list of cases (objects with `name`, `driver`, `input`, `output`): {source}"
    )]
    Format {
        /// The file.
        path: String,
        /// What is wrong.
        source: serde_json::Error,
    },
    /// The file is an empty list.
    #[error("`{path}` holds no cases")]
    Empty {
        /// The file.
        path: String,
    },
}

/// The cases of a file.
///
/// # Errors
///
/// When there is no such file, or it is none of cases, or holds none.
pub fn read(path: &Path) -> Result<Vec<Case>, CasesError> {
    let name = || path.display().to_string();
    let text = fs::read(path).map_err(|source| CasesError::File {
        path: name(),
        source,
    })?;
    let cases: Vec<Case> = serde_json::from_slice(&text).map_err(|source| CasesError::Format {
        path: name(),
        source,
    })?;
    match cases.is_empty() {
        true => Err(CasesError::Empty { path: name() }),
        false => Ok(cases),
    }
}
