//! The compiler of TypeScript that is installed with the generator of clients, and Node.js.

use std::{path::Path, process::Command};

use crate::{OpenapiClient, OpenapiClientError};

impl OpenapiClient {
    /// Runs the compiler of TypeScript in a folder.
    ///
    /// # Errors
    ///
    /// When it is not installed, which `cargo xtask verifiers` changes, or with all that it has against the sources.
    pub fn tsc(&self, folder: &Path, arguments: &[&str]) -> Result<(), OpenapiClientError> {
        self.packages().check()?;
        let packages = self.packages().folder();
        let program = packages.join("node_modules").join(".bin").join("tsc");
        run("tsc", Command::new(program).args(arguments), folder).map(drop)
    }

    /// Runs a program in JavaScript in a folder; the result is what it prints.
    ///
    /// # Errors
    ///
    /// When there is no Node.js, or with what the program says when it fails.
    pub fn node(&self, folder: &Path, arguments: &[&str]) -> Result<String, OpenapiClientError> {
        run("node", Command::new("node").args(arguments), folder)
    }
}

fn run(
    step: &'static str,
    command: &mut Command,
    folder: &Path,
) -> Result<String, OpenapiClientError> {
    let output = command.current_dir(folder).output()?;
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    match output.status.success() {
        true => Ok(said),
        false => Err(OpenapiClientError::Failed {
            step,
            // The compiler says it on the one, programs on the other.
            reason: said + &String::from_utf8_lossy(&output.stderr),
        }),
    }
}
