//! `cargo xtask verifiers`.

use std::{path::Path, process::ExitCode};

/// What `cargo xtask verifiers --help` prints.
pub(crate) const HELP: &str = "\
Installs the programs that tests need, in Python and from npm, below the target directory, unless they are there.

Usage: cargo xtask verifiers

LocalStack is installed where there is a Python 3.13, on the PATH or by pyenv.
Python 3.10 or newer, with venv and pip, Node.js 20 or newer, with npm, PyPI and npm's registry are needed for that.
";

/// Installs the programs that tests need, unless they are there.
pub(crate) fn run() -> ExitCode {
    let environment = verifiers::environment();
    if let Err(error) = environment.prepare() {
        return failure(&error);
    }
    up_to_date(environment.folder());
    let (client, simulator) = (verifiers::openapi_client(), verifiers::iam_simulator());
    for packages in [client.packages(), simulator.packages()] {
        if let Err(error) = packages.prepare() {
            return failure(&error);
        }
        up_to_date(&packages.folder());
    }
    match verifiers::localstack_environment() {
        Some(localstack) => match localstack.prepare() {
            Ok(()) => up_to_date(localstack.folder()),
            Err(error) => return failure(&error),
        },
        None => eprintln!(
            "note: LocalStack is not installed, for which Python 3.13 with venv is needed, on the PATH or by pyenv"
        ),
    }
    ExitCode::SUCCESS
}

fn up_to_date(folder: &Path) {
    eprintln!("{} is up to date", folder.display());
}

fn failure(error: &dyn std::error::Error) -> ExitCode {
    eprintln!("error: {error}");
    ExitCode::FAILURE
}
