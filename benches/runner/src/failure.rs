//! What can go wrong in a run.

use std::{io, path::PathBuf, process::ExitStatus};

/// Why a part cannot be built or measured.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Failure {
    /// A program is not there.
    #[error("`{program}` could not be started: {error}; {remedy}")]
    NotStarted {
        program: String,
        error: io::Error,
        remedy: &'static str,
    },
    /// A program has failed.
    #[error("`{command}` failed ({status}){}", .stderr.as_deref().map(|it| format!(":\n{it}")).unwrap_or_default())]
    Failed {
        command: String,
        status: ExitStatus,
        stderr: Option<String>,
    },
    /// A file cannot be read or written.
    #[error("{}: {error}", .path.display())]
    File { path: PathBuf, error: io::Error },
    /// What a program said cannot be understood.
    #[error("{0}")]
    Unexpected(String),
    /// The virtual environment of the peers in Python.
    #[error(transparent)]
    Environment(#[from] verifiers::EnvironmentError),
}
