//! `cargo xtask verifiers`.

use std::process::ExitCode;

/// What `cargo xtask verifiers --help` prints.
pub(crate) const HELP: &str = "\
Installs the programs in Python that tests need, below the target directory, unless they are there.

Usage: cargo xtask verifiers

Python 3.10 or newer, with venv and pip, and PyPI are needed for that.
";

/// Installs the programs that tests need, unless they are there.
pub(crate) fn run() -> ExitCode {
    let environment = verifiers::environment();
    match environment.prepare() {
        Ok(()) => {
            eprintln!("{} is up to date", environment.folder().display());
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}
