//! What goes wrong with locks.

use std::io;

use super::{Holder, StoreError};

/// Why a stage is not locked for this deployment.
#[derive(Debug, thiserror::Error)]
pub enum LockError {
    /// Another deployment has the lock.
    #[error("{} ({location}). {hint}", held_by(.stage, .holder.as_deref()))]
    Held {
        /// The stage.
        stage: String,
        /// Where the lock is.
        location: String,
        /// Who has it, if that can be read.
        holder: Option<Box<Holder>>,
        /// What to do.
        hint: String,
    },
    /// It was held, and is not any more.
    #[error(
        "the lock of stage `{stage}` is lost ({location}): {reason}. This deployment stops here, since another one \
         may be running; run the command again, and it continues"
    )]
    Lost {
        /// The stage.
        stage: String,
        /// Where the lock is.
        location: String,
        /// How.
        reason: String,
    },
    /// A local lock is the operating system's, and ends with its process.
    #[error(
        "the lock of stage `{stage}` ({location}) is held by a process that is running: the lock is free when that \
         process has ended"
    )]
    Running {
        /// The stage.
        stage: String,
        /// Where the lock is.
        location: String,
    },
    /// The file cannot be used.
    #[error("{path} cannot be locked: {reason}")]
    File {
        /// The file or folder.
        path: String,
        /// Why.
        reason: io::Error,
    },
    /// The object cannot be read or written.
    #[error(transparent)]
    Store(Box<StoreError>),
}

fn held_by(stage: &str, holder: Option<&Holder>) -> String {
    match holder {
        Some(holder) => format!("stage `{stage}` is being deployed by {holder}"),
        None => format!("stage `{stage}` is being deployed by somebody else"),
    }
}
