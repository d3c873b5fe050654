//! The app in Python: a virtual environment with Chalice, and a process that answers inputs.

use std::{
    io::{self, BufRead, BufReader, Write},
    path::{Path, PathBuf},
    process::{Child, ChildStdin, ChildStdout, Command, Stdio},
};

use serde_json::{Value, json};

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
    /// There is no place to install Chalice into.
    #[error(
        "the live run needs Python 3.10 or newer with venv and pip, and no virtual environment can be made in \
         `{folder}`: {reason}"
    )]
    Environment {
        /// Where it was to be.
        folder: String,
        /// Why.
        reason: String,
    },
    /// PyPI cannot be reached, or does not have that release for this Python.
    #[error(
        "{CHALICE} cannot be installed from PyPI, for which the first live run needs the network and Python 3.10 or \
         newer: {0}"
    )]
    Install(String),
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
    /// Installs Chalice into `environment`, unless it is there, and starts the app of `folder`.
    ///
    /// # Errors
    ///
    /// When there is no Python, no way to PyPI, or the app does not start.
    pub fn start(environment: &Path, folder: &Path) -> Result<Python, PythonError> {
        let python = environment.join("bin").join("python");
        let marker = environment.join(CHALICE);
        // Without an interpreter when the system has another one since.
        if !marker.exists() || !python.exists() {
            eprintln!("installing {CHALICE} into {}", environment.display());
            let failed = |reason| PythonError::Environment {
                folder: environment.display().to_string(),
                reason,
            };
            let mut create = Command::new("python3");
            create.args(["-m", "venv", "--clear"]).arg(environment);
            finish(&mut create).map_err(failed)?;
            let mut install = Command::new(&python);
            install.args(["-m", "pip", "install", "--quiet"]);
            install.args(["--disable-pip-version-check", CHALICE]);
            finish(&mut install).map_err(PythonError::Install)?;
            std::fs::write(&marker, "").map_err(|error| failed(error.to_string()))?;
        }
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

/// Runs a command to its good end; the reason of another end is the last thing that it said.
fn finish(command: &mut Command) -> Result<(), String> {
    let output = command.stdin(Stdio::null()).output().map_err(|error| {
        let program = command.get_program().display();
        format!("`{program}` cannot be started ({error})")
    })?;
    if output.status.success() {
        return Ok(());
    }
    let last = [&output.stderr, &output.stdout].into_iter().find_map(|it| {
        let text = String::from_utf8_lossy(it);
        let line = text.lines().rfind(|line| !line.trim().is_empty())?.trim();
        Some(line.strip_prefix("ERROR: ").unwrap_or(line).to_owned())
    });
    Err(last.unwrap_or_else(|| output.status.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_line_is_the_reason() {
        let finished = |script: &str| finish(Command::new("sh").args(["-c", script]));
        let reason = |script: &str| finished(script).unwrap_err();
        assert_eq!(finished("echo no matter >&2"), Ok(()));
        assert_eq!(
            reason("echo WARNING: slow >&2; echo ERROR: no network >&2; exit 1"),
            "no network"
        );
        assert_eq!(
            reason("echo apt install python3-venv; echo; exit 1"),
            "apt install python3-venv"
        );
        assert_eq!(reason("exit 3"), "exit status: 3");
        let missing = finish(&mut Command::new("/no/such/python3")).unwrap_err();
        assert_eq!(
            missing,
            "`/no/such/python3` cannot be started (No such file or directory (os error 2))"
        );
    }

    #[test]
    fn what_is_missing_is_one_sentence() {
        let error = PythonError::Install("No matching distribution found".to_owned());
        assert_eq!(
            error.to_string(),
            "chalice==1.34.0 cannot be installed from PyPI, for which the first live run needs the network and Python \
             3.10 or newer: No matching distribution found"
        );
    }
}
