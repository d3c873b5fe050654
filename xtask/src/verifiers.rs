//! `cargo xtask verifiers`.

use std::process::ExitCode;

/// What `cargo xtask verifiers --help` prints.
pub(crate) const HELP: &str = "\
Installs the programs that tests need, in Python and from npm, below the target directory, unless they are there.

Usage: cargo xtask verifiers

Python 3.10 or newer, with venv and pip, Node.js 20 or newer, with npm, PyPI and npm's registry are needed for that.
";

/// Installs the programs that tests need, unless they are there.
pub(crate) fn run() -> ExitCode {
    let environment = verifiers::environment();
    if let Err(error) = environment.prepare() {
        return failure(&error);
    }
    let client = verifiers::openapi_client();
    if let Err(error) = client.prepare() {
        return failure(&error);
    }
    for folder in [environment.folder(), client.folder()] {
        eprintln!("{} is up to date", folder.display());
    }
    ExitCode::SUCCESS
}

fn failure(error: &dyn std::error::Error) -> ExitCode {
    eprintln!("error: {error}");
    ExitCode::FAILURE
}
