//! Instructions of a whole process, by valgrind's callgrind.

use super::{Program, Run, Task, run_under};
use crate::{failure::Failure, valgrind};

/// The instructions of all threads, from the start of the process until it asks for the event after the last one.
pub(crate) fn instructions(program: &Program, task: Task<'_>) -> Result<(u64, Run), Failure> {
    let folder = tempfile::tempdir().map_err(|error| Failure::File {
        path: std::env::temp_dir(),
        error,
    })?;
    let file = folder.path().join("callgrind.out");
    let run = run_under(&valgrind::words(&file), program, task)?;
    Ok((valgrind::read(&file)?, run))
}
