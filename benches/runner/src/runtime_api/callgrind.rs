//! Instructions of a whole process, by valgrind's callgrind.

use std::fs;

use super::{Program, Run, Task, run_under};
use crate::failure::Failure;

/// The instructions of all threads, from the start of the process until it asks for the event after the last one.
pub(crate) fn instructions(program: &Program, task: Task<'_>) -> Result<(u64, Run), Failure> {
    let folder = tempfile::tempdir().map_err(|error| Failure::File {
        path: std::env::temp_dir(),
        error,
    })?;
    let file = folder.path().join("callgrind.out");
    let wrapper = [
        "valgrind".to_owned(),
        "--quiet".to_owned(),
        "--tool=callgrind".to_owned(),
        format!("--callgrind-out-file={}", file.display()),
    ];
    let run = run_under(&wrapper, program, task)?;
    let text = fs::read_to_string(&file).map_err(|error| Failure::File {
        path: file.clone(),
        error,
    })?;
    let total = total(&text).ok_or_else(|| {
        Failure::Unexpected(format!(
            "callgrind has counted nothing of `{}`",
            program.executable.display()
        ))
    })?;
    Ok((total, run))
}

/// The sum over all functions (valgrind's manual, "Callgrind Format Specification").
fn total(text: &str) -> Option<u64> {
    let mut lines = text.lines();
    let sum = lines.find_map(|line| line.strip_prefix("totals: "))?;
    sum.trim().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_total_is_read() {
        let text = "version: 1\nevents: Ir\nsummary: 12\n\nfn=main\n1 10\n\ntotals: 1234\n";
        assert_eq!(total(text), Some(1234));
        assert_eq!(total("version: 1\nevents: Ir\n"), None);
    }
}
