//! The processes that this program started, at its end.

/// Waits for the processes that have been killed, so that none outlives this
/// program, not even as an entry in the process table.
#[cfg(unix)]
pub(crate) fn reap() {
    use std::time::{Duration, Instant};

    use rustix::process::{WaitOptions, wait};

    /// A killed process that the system cannot end must not hold up this one.
    const PATIENCE: Duration = Duration::from_secs(2);
    let start = Instant::now();
    while start.elapsed() < PATIENCE {
        match wait(WaitOptions::NOHANG) {
            Ok(Some(_)) => {}
            Ok(None) => std::thread::sleep(Duration::from_millis(2)),
            // There is no process left.
            Err(_) => break,
        }
    }
}

/// Windows keeps no entries of processes that have ended.
#[cfg(not(unix))]
pub(crate) fn reap() {}
