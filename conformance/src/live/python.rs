//! The app in Python: a virtual environment with Chalice, and a process that answers inputs.

use std::{
    io::{self, BufRead, BufReader, Write},
    path::{Path, PathBuf},
    process::{Child, ChildStdin, ChildStdout, Command, Stdio},
};

use serde_json::{Value, json};
use verifiers::{Environment, EnvironmentError};

use crate::case::{Driver, Recorded};

/// The release that everything is compared to.
pub const CHALICE: &str = "chalice==1.34.0";

/// A process that answers inputs by the app in Python.
#[derive(Debug)]
pub struct Python {
    process: Child,
    questions: ChildStdin,
    answers: BufReader<ChildStdout>,
}

/// Why Chalice does not answer.
#[derive(Debug, thiserror::Error)]
pub enum PythonError {
    /// A program cannot be started.
    #[error(
        "`{program}` cannot be started ({source}); the live run needs Python 3.10 or newer with venv and pip"
    )]
    Start {
        /// The program.
        program: String,
        /// Why.
        source: io::Error,
    },
    /// Chalice is not installed, and cannot be.
    #[error("the live run needs {CHALICE}: {0}")]
    Environment(#[from] EnvironmentError),
    /// The process has gone.
    #[error("the app in Python does not answer any more: {0}")]
    Gone(#[from] io::Error),
    /// It says something else.
    #[error("the app in Python answered {line:?}, which is no output: {source}")]
    Answer {
        /// What it said.
        line: String,
        /// Why that is none.
        source: serde_json::Error,
    },
}

impl Python {
    /// Installs Chalice, unless it is there, and starts the app of `folder`.
    ///
    /// # Errors
    ///
    /// When there is no Python, no way to PyPI, or the app does not start.
    pub fn start(folder: &Path) -> Result<Python, PythonError> {
        let environment = Environment::new("conformance-venv", CHALICE);
        environment.prepare()?;
        let python = environment.python();
        let script: PathBuf = folder.join("live.py");
        // Chalice warns about every request that an authorizer of another kind admits.
        let mut command = Command::new(&python);
        command.args(["-W", "ignore"]).arg(script);
        let mut process = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|source| PythonError::Start {
                program: python.display().to_string(),
                source,
            })?;
        let gone = || io::Error::other("it has no pipes");
        Ok(Python {
            questions: process.stdin.take().ok_or_else(gone)?,
            answers: BufReader::new(process.stdout.take().ok_or_else(gone)?),
            process,
        })
    }

    /// What the app in Python makes of an input.
    ///
    /// # Errors
    ///
    /// When the process has ended, or prints something else.
    pub fn ask(
        &mut self,
        driver: Driver,
        debug: bool,
        input: &Value,
    ) -> Result<Recorded, PythonError> {
        let question = json!({ "driver": driver, "debug": debug, "input": input });
        writeln!(self.questions, "{question}")?;
        self.questions.flush()?;
        let mut line = String::new();
        if self.answers.read_line(&mut line)? == 0 {
            return Err(io::Error::from(io::ErrorKind::UnexpectedEof).into());
        }
        serde_json::from_str(&line).map_err(|source| PythonError::Answer { line, source })
    }
}

impl Drop for Python {
    fn drop(&mut self) {
        // Nobody is left who could use an error.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_missing_is_one_sentence() {
        let error = PythonError::from(EnvironmentError::Install {
            folder: "target/conformance-venv".to_owned(),
            reason: "No matching distribution found".to_owned(),
        });
        assert_eq!(
            error.to_string(),
            "the live run needs chalice==1.34.0: `target/conformance-venv` cannot be filled from PyPI, for which the \
             network and Python 3.10 or newer are needed: No matching distribution found"
        );
    }
}
