//! Who has a lock.

use std::{fmt, time::SystemTime};

use aws_sdk_s3::primitives::{DateTime, DateTimeFormat};
use serde::{Deserialize, Serialize};

/// Who has a lock, as the lock says it to others.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Holder {
    /// Which deployment: no other has the same.
    pub id: String,
    /// The user, as the operating system or the build server calls them.
    pub user: String,
    /// The machine.
    pub host: String,
    /// The process on that machine.
    pub pid: u32,
    /// What it does: `deploy`, `delete`.
    pub command: String,
    /// Since when, by that machine's clock: `2026-11-22T04:05:06Z` (RFC 3339).
    pub started: String,
}

impl Holder {
    /// This process, which runs that command: `deploy`.
    pub fn of_this_process(command: &str) -> Holder {
        let variable = |names: &[&str]| {
            let mut values = names.iter().filter_map(|name| std::env::var(name).ok());
            values.find(|value| !value.is_empty())
        };
        let now = DateTime::from_secs(DateTime::from(SystemTime::now()).secs());
        Holder {
            id: uuid::Uuid::new_v4().to_string(),
            user: variable(&["USER", "LOGNAME", "USERNAME"])
                .unwrap_or_else(|| "unknown".to_owned()),
            host: host()
                .or_else(|| variable(&["COMPUTERNAME", "HOSTNAME"]))
                .unwrap_or_else(|| "unknown".to_owned()),
            pid: std::process::id(),
            command: command.to_owned(),
            started: now.fmt(DateTimeFormat::DateTime).unwrap_or_default(),
        }
    }
}

#[cfg(unix)]
fn host() -> Option<String> {
    let name = rustix::system::uname();
    let name = name.nodename().to_string_lossy().into_owned();
    Some(name).filter(|name| !name.is_empty())
}

#[cfg(not(unix))]
fn host() -> Option<String> {
    None
}

impl fmt::Display for Holder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Holder {
            user,
            host,
            pid,
            command,
            started,
            ..
        } = self;
        write!(
            f,
            "{user} on {host} (`{command}`, process {pid}, since {started})"
        )
    }
}
