//! Valgrind, whose tool callgrind counts instructions.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
};

use crate::{command, debian_package::DebianPackage, failure::Failure};

/// Makes sure that Valgrind is there.
pub(crate) fn ensure() -> Result<(), Failure> {
    let valgrind = DebianPackage {
        name: "valgrind",
        purpose: "counts the instructions",
    };
    valgrind.ensure()
}

/// The instructions of a run of a program, from its start to its end, in all of its threads.
pub(crate) fn instructions(program: &Path, arguments: &[&str]) -> Result<u64, Failure> {
    let folder = tempfile::tempdir().map_err(|error| Failure::File {
        path: env::temp_dir(),
        error,
    })?;
    let file = folder.path().join("callgrind.out");
    let [valgrind, options @ ..] = words(&file);
    let mut command = Command::new(valgrind);
    command::output(command.args(options).arg(program).args(arguments))?;
    read(&file)
}

/// What stands before a program's own words for callgrind to count in that file.
pub(crate) fn words(file: &Path) -> [String; 4] {
    [
        "valgrind".to_owned(),
        "--tool=callgrind".to_owned(),
        "--quiet".to_owned(),
        format!("--callgrind-out-file={}", file.display()),
    ]
}

/// The instructions that callgrind has counted, from the file that it writes.
pub(crate) fn read(file: &Path) -> Result<u64, Failure> {
    let text = fs::read_to_string(file).map_err(|error| Failure::File {
        path: PathBuf::from(file),
        error,
    })?;
    total(&text)
        .ok_or_else(|| Failure::Unexpected(format!("{} has no line `summary:`", file.display())))
}

/// The number behind `summary:` or, in files of runs with several parts, `totals:`.
fn total(text: &str) -> Option<u64> {
    let number = |prefix: &str| {
        let mut lines = text.lines().filter_map(|line| line.strip_prefix(prefix));
        lines.next_back()?.trim().parse().ok()
    };
    number("totals:").or_else(|| number("summary:"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_total_is_read() {
        let text = "version: 1\nevents: Ir\nsummary: 12\n\nfn=(1) main\n1 2\n\ntotals: 1234\n";
        assert_eq!(total(text), Some(1234));
        assert_eq!(total("summary: 12\n"), Some(12));
        assert_eq!(total("events: Ir\n"), None);
    }
}
