//! Tasks that are programs of their own, since they are built with the framework.

use std::{path::Path, process::ExitCode};

use crate::step;

/// Runs the program of that package with these arguments.
pub(crate) fn run(package: &str, arguments: &[&str]) -> ExitCode {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    // From here, and not from the root: paths among the arguments are relative to this folder.
    let status = step::cargo()
        .args(["run", "--quiet", "--locked", "--package", package])
        .arg("--manifest-path")
        .arg(root.join("Cargo.toml"))
        .arg("--")
        .args(arguments)
        .status();
    match status {
        Ok(status) if status.success() => ExitCode::SUCCESS,
        Ok(status) => status
            .code()
            .and_then(|code| u8::try_from(code).ok())
            .map_or(ExitCode::FAILURE, ExitCode::from),
        Err(error) => {
            eprintln!("error: Cargo could not be started: {error}");
            ExitCode::FAILURE
        }
    }
}
