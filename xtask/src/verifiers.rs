//! `cargo xtask verifiers`.

use std::process::ExitCode;

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
