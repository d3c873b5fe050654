//! The event as the developer gives it: in a file or on the standard input.

use std::io::{IsTerminal as _, Read as _};
use std::path::Path;

use bytes::Bytes;
use chalice_gateway::limits::MAX_EVENT;
use serde_json::value::RawValue;

/// What a function gets when nothing is said, as AWS Lambda has it.
const EMPTY: &str = "{}";

/// Why there is no event.
#[derive(Debug, thiserror::Error)]
pub(super) enum PayloadError {
    /// The file cannot be read.
    #[error("cannot read the payload from {from}: {source}")]
    Unreadable {
        /// Where it is.
        from: String,
        /// Why not.
        source: std::io::Error,
    },
    /// Not JSON.
    #[error("the payload from {from} is no JSON, and AWS Lambda takes nothing else: {source}")]
    NoJson {
        /// Where it is.
        from: String,
        /// What is wrong, and where; none of the payload.
        source: serde_json::Error,
    },
    /// More than Lambda takes.
    #[error(
        "the payload from {from} has {length} bytes, and AWS Lambda takes 6 MB ({MAX_EVENT} bytes) at most"
    )]
    TooLarge {
        /// Where it is.
        from: String,
        /// How much it is.
        length: usize,
    },
}

/// Reads the payload from the file, from the standard input for `-` and, if no file is given,
/// from there if it is no terminal.
pub(super) fn read(file: Option<&Path>) -> Result<Bytes, PayloadError> {
    let from = match file {
        Some(path) if path != Path::new("-") => path.display().to_string(),
        _ => "the standard input".to_owned(),
    };
    let mut bytes = Vec::new();
    let result = match file {
        Some(path) if path != Path::new("-") => std::fs::read(path).map(|content| bytes = content),
        None if std::io::stdin().is_terminal() => Ok(()),
        _ => std::io::stdin().read_to_end(&mut bytes).map(drop),
    };
    match result {
        Ok(()) => check(bytes, from),
        Err(source) => Err(PayloadError::Unreadable { from, source }),
    }
}

/// Makes sure that it is JSON. Nothing is an empty object.
fn check(bytes: Vec<u8>, from: String) -> Result<Bytes, PayloadError> {
    if bytes.trim_ascii().is_empty() {
        return Ok(Bytes::from_static(EMPTY.as_bytes()));
    }
    if bytes.len() > MAX_EVENT {
        let length = bytes.len();
        return Err(PayloadError::TooLarge { from, length });
    }
    match serde_json::from_slice::<&RawValue>(&bytes) {
        Ok(_) => Ok(bytes.into()),
        Err(source) => Err(PayloadError::NoJson { from, source }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn checked(text: &str) -> Result<Bytes, String> {
        check(text.into(), "a.json".to_owned()).map_err(|error| error.to_string())
    }

    #[test]
    fn json_stays_as_it_is() {
        for text in ["17", "\"a\"", "null", " { \"a\" : 1.10 }\n", "[]"] {
            assert_eq!(checked(text).unwrap(), text);
        }
        assert_eq!(checked(" \n").unwrap(), "{}");
    }

    #[test]
    fn what_is_no_json_is_told_by_its_place() {
        let error = checked("{\n  \"secret\" 1}").unwrap_err();
        assert_eq!(
            error,
            "the payload from a.json is no JSON, and AWS Lambda takes nothing else: expected `:` at line 2 column 12"
        );
        checked("{} {}").unwrap_err();
        let error = check(vec![b'"', 0xff, b'"'], String::new()).unwrap_err();
        assert!(matches!(error, PayloadError::NoJson { .. }));
    }

    #[test]
    fn more_than_lambda_takes() {
        let text = |length: usize| format!("\"{}\"", "x".repeat(length - 2));
        checked(&text(MAX_EVENT)).unwrap();
        let error = checked(&text(MAX_EVENT + 1)).unwrap_err();
        assert!(error.contains("6291457 bytes"), "{error}");
    }

    #[test]
    fn a_file_that_is_not_there() {
        let error = read(Some(Path::new("/nowhere/a.json"))).unwrap_err();
        let error = error.to_string();
        assert!(
            error.starts_with("cannot read the payload from /nowhere/a.json: "),
            "{error}"
        );
    }
}
