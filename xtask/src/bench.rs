//! `cargo xtask bench`.

use std::{path::Path, process::ExitCode};

use crate::step;

/// Starts the benches' own program, which belongs to a workspace of its own.
pub(crate) fn run(arguments: &[&str]) -> ExitCode {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut command = step::cargo();
    command
        .args(["run", "--quiet", "--locked", "--manifest-path"])
        .arg(root.join("benches/Cargo.toml"))
        .args(["--package", "runner", "--target-dir"])
        .arg(verifiers::target_directory().join("bench/cargo"))
        .arg("--")
        .args(arguments);
    match command.status() {
        Ok(status) if status.success() => ExitCode::SUCCESS,
        // It has said why.
        Ok(status) => ExitCode::from(u8::try_from(status.code().unwrap_or(1)).unwrap_or(1)),
        Err(error) => {
            eprintln!(
                "error: `{}` could not be started: {error}",
                step::typed(&command)
            );
            ExitCode::FAILURE
        }
    }
}
