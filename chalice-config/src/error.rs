//! What is wrong with a configuration.

use std::{
    fmt, io,
    path::{Path, PathBuf},
};

use crate::Refusal;

/// Why there is no configuration.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ConfigError {
    /// The file cannot be read.
    #[error(
        "{} cannot be read: {reason}; {}",
        path.display(),
        remedy(reason)
    )]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// Why not.
        #[source]
        reason: io::Error,
    },
    /// The file is no JSON.
    #[error(
        "{} is not JSON: {reason}; comments and commas behind the last member are not JSON either",
        path.display()
    )]
    NotJson {
        /// The file.
        path: PathBuf,
        /// What the parser says, with line and column.
        #[source]
        reason: serde_json::Error,
    },
    /// Some settings cannot be what they are.
    #[error("{} is not a valid configuration:{}", path.display(), lines(problems))]
    Invalid {
        /// The file.
        path: PathBuf,
        /// All that is wrong, in the order of the keys.
        problems: Vec<Problem>,
    },
}

impl ConfigError {
    /// An error, if there is a problem.
    pub(crate) fn of(path: &Path, problems: Vec<Problem>) -> Result<(), ConfigError> {
        match problems.is_empty() {
            true => Ok(()),
            false => Err(ConfigError::Invalid {
                path: path.to_owned(),
                problems,
            }),
        }
    }
}

/// A setting that cannot be what it is, or has no effect.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Problem {
    /// Where it stands: `stages.dev.lambda_timeout`; empty for the whole file.
    pub key: String,
    /// Its value, abridged, or `missing`; of what may hold a secret, such as an environment variable, its kind.
    pub value: String,
    /// What is wrong, and what to write instead.
    pub refusal: Refusal,
}

impl Problem {
    /// Something is not there that has to be.
    pub(crate) fn missing(key: impl Into<String>, refusal: Refusal) -> Problem {
        Problem {
            key: key.into(),
            value: "missing".to_owned(),
            refusal,
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.key.as_str() {
            "" => f.write_str("the file")?,
            key => write!(f, "`{key}`")?,
        }
        write!(f, " is {}: {}", self.value, self.refusal)
    }
}

/// What helps where the file cannot be read.
fn remedy(reason: &io::Error) -> &'static str {
    match reason.kind() {
        io::ErrorKind::NotFound => {
            "it belongs beside the app's Cargo.toml, and `cargo chalice new-project` writes one"
        }
        io::ErrorKind::InvalidData => "save it in UTF-8, the encoding of JSON",
        _ => "it has to be a file that this user may read",
    }
}

fn lines(problems: &[Problem]) -> String {
    problems
        .iter()
        .map(|problem| format!("\n  {problem}"))
        .collect()
}
