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
    let text = fs::read(path).map_err(|source| CasesError::File {
        path: path.display().to_string(),
        source,
    })?;
    parse(&text, path)
}

fn parse(text: &[u8], path: &Path) -> Result<Vec<Case>, CasesError> {
    let path = path.display().to_string();
    match serde_json::from_slice::<Vec<Case>>(text) {
        Ok(cases) if cases.is_empty() => Err(CasesError::Empty { path }),
        Ok(cases) => Ok(cases),
        Err(source) => Err(CasesError::Format { path, source }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CASE: &str = r#"[{"name":"x","driver":"lambda","input":{},"output":{"result":null}}]"#;

    #[test]
    fn what_is_no_list_of_cases() {
        let parse = |text: &str| parse(text.as_bytes(), Path::new("a.json"));
        assert_eq!(parse(CASE).unwrap().len(), 1);
        for (text, problem) in [
            (String::new(), "EOF while parsing a value"),
            ("[{".to_owned(), "EOF while parsing an object"),
            ("{}".to_owned(), "invalid type: map, expected a sequence"),
            (
                CASE.replace("lambda", "lamda"),
                "unknown variant `lamda`, expected one of `lambda`, `local`, `authorizer`",
            ),
            (CASE.replace(r#","input":{}"#, ""), "missing field `input`"),
            (
                CASE.replace("result", "reslt"),
                "an `output` is `{\"result\": ..}`, ",
            ),
        ] {
            let error = parse(&text).unwrap_err().to_string();
            let expected = format!(
                "`a.json` is no list of cases (objects with `name`, `driver`, `input`, `output`): {problem}"
            );
            assert!(error.starts_with(&expected), "{error}");
        }
        let error = parse("[]").unwrap_err().to_string();
        assert_eq!(error, "`a.json` holds no cases");
    }

    #[test]
    fn a_file_that_is_not_there() {
        let error = read(Path::new("no/such.json")).unwrap_err().to_string();
        assert_eq!(
            error,
            "the cases of `no/such.json` cannot be read: No such file or directory (os error 2)"
        );
    }
}
