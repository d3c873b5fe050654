//! `--check FILE`: the app's API against a document that clients rely on.

use std::{
    fs,
    path::{Path, PathBuf},
};

use chalice_openapi::{Impact, NotADocument, changes};
use serde_json::Value;

use crate::{Error, standard_output};

/// A document that was written before.
#[derive(Debug)]
pub(super) struct Committed {
    path: PathBuf,
    document: Value,
}

/// Why there is nothing to compare with, or clients would break.
#[derive(Debug, thiserror::Error)]
enum CheckError {
    /// The file cannot be read.
    #[error(
        "cannot read {}, which `--check` compares with: {reason}; write it with `cargo chalice generate-models > {}`",
        .path.display(), .path.display()
    )]
    Unreadable {
        path: PathBuf,
        reason: std::io::Error,
    },
    /// It is not JSON.
    #[error("{} is not JSON, which `--check` compares with: {reason}", .path.display())]
    NotJson {
        path: PathBuf,
        reason: serde_json::Error,
    },
    /// It is JSON of something else.
    #[error("`--check` cannot compare with {}: {reason}", .path.display())]
    NotADocument { path: PathBuf, reason: NotADocument },
    /// Changes that clients do not survive.
    #[error(
        "of {all} changes, {breaking} may break clients that were written for {}: give what is new other paths, or write \
         the file anew once no such client is left",
        .path.display()
    )]
    Breaking {
        path: PathBuf,
        breaking: usize,
        all: usize,
    },
}

impl Committed {
    /// Reads the document.
    pub(super) fn read(path: &Path) -> Result<Committed, Error> {
        let path = path.to_owned();
        let text = match fs::read_to_string(&path) {
            Ok(text) => text,
            Err(reason) => return Err(CheckError::Unreadable { path, reason }.into()),
        };
        match serde_json::from_str(&text) {
            Ok(document) => Ok(Committed { path, document }),
            Err(reason) => Err(CheckError::NotJson { path, reason }.into()),
        }
    }

    /// Prints what has changed; an error if any of it breaks clients.
    pub(super) fn check(self, document: &Value) -> Result<(), Error> {
        let path = self.path;
        let changes = match changes(&self.document, document) {
            Ok(changes) => changes,
            Err(reason) => return Err(CheckError::NotADocument { path, reason }.into()),
        };
        let lines: String = changes.iter().map(|change| format!("{change}\n")).collect();
        standard_output::print(&lines)?;
        let breaking = changes
            .iter()
            .filter(|change| change.impact == Impact::Breaking)
            .count();
        if breaking > 0 {
            let all = changes.len();
            return Err(CheckError::Breaking {
                path,
                breaking,
                all,
            }
            .into());
        }
        match changes.len() {
            0 => eprintln!("nothing has changed for clients since {}", path.display()),
            _ => eprintln!("clients that were written for {} go on", path.display()),
        }
        Ok(())
    }
}
