//! Programs that a run starts.

use std::{
    env,
    ffi::{OsStr, OsString},
    process::{Command, Output, Stdio},
};

use crate::{failure::Failure, part::Setting};

/// How much is kept of what a program said before it failed.
const LAST_LINES: usize = 40;
const LINE_LENGTH: usize = 300;

/// Cargo, in the benches' workspace and with their target directory.
pub(crate) fn cargo(setting: &Setting) -> Command {
    let cargo = env::var_os("CARGO").unwrap_or_else(|| OsString::from("cargo"));
    program(setting, cargo)
}

/// A program that starts Cargo in the benches' workspace and with their target directory.
pub(crate) fn program(setting: &Setting, program: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(program);
    for (name, _) in env::vars_os() {
        let known = name.to_string_lossy();
        // What `cargo run` says about this package, for which others would be built anew.
        if known.starts_with("CARGO_PKG_") || known.starts_with("CARGO_MANIFEST_") {
            command.env_remove(name);
        }
    }
    command
        .current_dir(&setting.benches)
        .env("CARGO_TARGET_DIR", setting.target.join("cargo"));
    command
}

/// Runs a command to its end, its output passed on to the terminal's standard error.
pub(crate) fn run(command: &mut Command) -> Result<(), Failure> {
    eprintln!("$ {}", typed(command));
    let status = command
        .stdin(Stdio::null())
        .stdout(io_to_stderr())
        .status()
        .map_err(|error| not_started(command, error))?;
    match status.success() {
        true => Ok(()),
        false => Err(Failure::Failed {
            command: typed(command),
            status,
            stderr: None,
        }),
    }
}

/// Runs a command to its end and keeps what it says.
pub(crate) fn output(command: &mut Command) -> Result<Output, Failure> {
    let output = command
        .stdin(Stdio::null())
        .output()
        .map_err(|error| not_started(command, error))?;
    match output.status.success() {
        true => Ok(output),
        false => Err(Failure::Failed {
            command: typed(command),
            status: output.status,
            stderr: Some(last_words(&String::from_utf8_lossy(&output.stderr))),
        }),
    }
}

/// The end of what a program said, as much of it as one reads.
fn last_words(text: &str) -> String {
    let lines: Vec<&str> = text.lines().collect();
    let last = lines.iter().skip(lines.len().saturating_sub(LAST_LINES));
    let last = last.map(|line| line.chars().take(LINE_LENGTH).collect::<String>());
    last.collect::<Vec<_>>().join("\n")
}

/// The report alone is on the standard output.
fn io_to_stderr() -> Stdio {
    Stdio::from(std::io::stderr())
}

fn not_started(command: &Command, error: std::io::Error) -> Failure {
    Failure::NotStarted {
        program: command.get_program().to_string_lossy().into_owned(),
        error,
        remedy: "it has to be installed and in `PATH`",
    }
}

/// The program and its arguments.
pub(crate) fn typed(command: &Command) -> String {
    std::iter::once(command.get_program())
        .chain(command.get_args())
        .map(|word| word.to_string_lossy())
        .collect::<Vec<_>>()
        .join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn last_words_are_few() {
        assert_eq!(last_words("error: no\nat all\n"), "error: no\nat all");
        let long = "x".repeat(LINE_LENGTH + 1) + "\n";
        let kept = last_words(&long.repeat(LAST_LINES + 1));
        assert_eq!(kept.len(), LAST_LINES * (LINE_LENGTH + 1) - 1);
    }
}
