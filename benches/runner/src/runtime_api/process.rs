//! What a process needs: from the kernel, in Linux' `/proc` (man pages proc(5), getrusage(2)).

use std::{fs, sync::OnceLock, time::Duration};

use nix::{
    sys::{
        resource::{UsageWho, getrusage},
        signal::{Signal, kill},
        time::TimeVal,
    },
    unistd::Pid,
};

use crate::failure::Failure;

/// A process that is started after those who ask about it.
#[derive(Debug, Default)]
pub(super) struct Process(OnceLock<u32>);

impl Process {
    /// Says which process it is.
    pub(super) fn is(&self, id: u32) {
        self.0.get_or_init(|| id);
    }

    fn id(&self) -> u32 {
        *self.0.wait()
    }

    /// The time that all of its threads have run so far.
    pub(super) fn processor_time(&self) -> Result<Duration, String> {
        let folder = format!("/proc/{}/task", self.id());
        let unreadable = |error| format!("has no threads in `{folder}`: {error}");
        let mut nanoseconds = 0;
        for thread in fs::read_dir(&folder).map_err(unreadable)? {
            let file = thread.map_err(unreadable)?.path().join("schedstat");
            let text = fs::read_to_string(file).map_err(unreadable)?;
            let time = text
                .split(' ')
                .next()
                .and_then(|time| time.parse::<u64>().ok());
            nanoseconds += time.ok_or_else(|| format!("has the times `{text}`"))?;
        }
        Ok(Duration::from_nanos(nanoseconds))
    }

    /// The most memory that was resident so far, in bytes: not that of `getrusage`, which
    /// begins with what the parent has.
    pub(super) fn peak_memory(&self) -> Result<u64, Failure> {
        let path = format!("/proc/{}/status", self.id());
        let text = fs::read_to_string(&path).map_err(|error| Failure::File {
            path: path.clone().into(),
            error,
        })?;
        let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let kilobytes = line.and_then(|line| line.trim().strip_suffix(" kB")?.parse::<u64>().ok());
        kilobytes
            .map(|it| it * 1024)
            .ok_or_else(|| Failure::Unexpected(format!("`{path}` has no line VmHWM")))
    }

    /// Asks the process to end.
    pub(super) fn terminate(&self) {
        // It may have ended by itself, which the end of its run tells.
        let _ = kill(Pid::from_raw(self.id().cast_signed()), Signal::SIGTERM);
    }
}

/// User and system time of all children that have ended.
pub(super) fn children_processor_time() -> Result<Duration, Failure> {
    let usage = getrusage(UsageWho::RUSAGE_CHILDREN)
        .map_err(|error| Failure::Unexpected(format!("getrusage failed: {error}")))?;
    Ok(duration(usage.user_time()) + duration(usage.system_time()))
}

fn duration(time: TimeVal) -> Duration {
    let seconds = u64::try_from(time.tv_sec()).unwrap_or_default();
    let microseconds = u64::try_from(time.tv_usec()).unwrap_or_default();
    Duration::from_secs(seconds) + Duration::from_micros(microseconds)
}
