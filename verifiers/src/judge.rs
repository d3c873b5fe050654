//! Scripts that judge JSON documents.

use std::{
    io::{self, Write},
    process::{Command, Stdio},
};

use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::Environment;

/// A script that takes a document per line, and writes a line of mistakes for each.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Judge {
    pub(crate) name: &'static str,
    pub(crate) script: &'static str,
}

/// Why a document has not been judged.
#[derive(Debug, thiserror::Error)]
pub enum JudgeError {
    /// The judge has not been installed.
    #[error(
        "{judge} is not installed in `{folder}` as `verifiers/requirements.txt` wants it: run `cargo xtask verifiers`"
    )]
    NotInstalled {
        /// Its name.
        judge: &'static str,
        /// The virtual environment.
        folder: String,
    },
    /// It cannot be run.
    #[error("{judge} cannot be run: {reason}")]
    Run {
        /// Its name.
        judge: &'static str,
        /// Why.
        reason: io::Error,
    },
    /// It could not judge the document.
    #[error("{judge} failed: {reason}")]
    Failed {
        /// Its name.
        judge: &'static str,
        /// What it said.
        reason: String,
    },
}

impl Judge {
    /// Of each document all mistakes.
    pub(crate) fn mistakes(self, documents: &[Value]) -> Result<Vec<Vec<String>>, JudgeError> {
        self.mistakes_in(&crate::environment(), documents)
    }

    fn mistakes_in(
        self,
        environment: &Environment,
        documents: &[Value],
    ) -> Result<Vec<Vec<String>>, JudgeError> {
        let judge = self.name;
        let lines: String = documents.iter().map(|it| format!("{it}\n")).collect();
        let mistakes = self.lines(environment, &lines)?;
        match mistakes.len() == documents.len() {
            true => Ok(mistakes),
            false => Err(JudgeError::Failed {
                judge,
                reason: format!(
                    "{} documents, and {} verdicts",
                    documents.len(),
                    mistakes.len()
                ),
            }),
        }
    }

    /// What the script writes when it reads that, a value per line.
    pub(crate) fn lines<T: DeserializeOwned>(
        self,
        environment: &Environment,
        input: &str,
    ) -> Result<Vec<T>, JudgeError> {
        let judge = self.name;
        if !environment.is_ready() {
            let folder = environment.folder().display().to_string();
            return Err(JudgeError::NotInstalled { judge, folder });
        }
        let mut command = Command::new(environment.python());
        command.args(["-I", "-c", self.script]);
        lines(judge, &mut command, input)
    }
}

/// What a program writes when it reads that, a value per line.
pub(crate) fn lines<T: DeserializeOwned>(
    judge: &'static str,
    command: &mut Command,
    input: &str,
) -> Result<Vec<T>, JudgeError> {
    let run = |reason| JudgeError::Run { judge, reason };
    let input = input.to_owned();
    let mut process = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(run)?;
    // By a thread of its own: whoever writes while nobody reads waits for ever.
    let stdin = process.stdin.take();
    let writer = std::thread::spawn(move || match stdin {
        Some(mut stdin) => stdin.write_all(input.as_bytes()),
        None => Ok(()),
    });
    let output = process.wait_with_output().map_err(run)?;
    let failed = |reason| JudgeError::Failed { judge, reason };
    if !output.status.success() {
        let reason = String::from_utf8_lossy(&output.stderr).trim().to_owned();
        return Err(failed(reason));
    }
    match writer.join() {
        Ok(written) => written.map_err(run)?,
        Err(_) => return Err(failed("its input was not written".to_owned())),
    }
    let lines = String::from_utf8_lossy(&output.stdout);
    let values: Result<Vec<T>, _> = lines.lines().map(serde_json::from_str).collect();
    values.map_err(|error| failed(error.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_installed_is_an_error() {
        let judge = Judge {
            name: "nobody",
            script: "",
        };
        let missing = Environment::new("no-such-venv", "nobody==1.0");
        let error = judge.mistakes_in(&missing, &[]).unwrap_err().to_string();
        assert!(error.ends_with("run `cargo xtask verifiers`"), "{error}");
    }

    #[test]
    fn who_says_nothing_has_not_judged() {
        let judge = Judge {
            name: "nobody",
            script: "",
        };
        let error = judge.mistakes(&[Value::Null]).unwrap_err().to_string();
        assert_eq!(error, "nobody failed: 1 documents, and 0 verdicts");
    }
}
