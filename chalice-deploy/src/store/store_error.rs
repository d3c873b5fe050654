//! What goes wrong with a stored state.

use std::io;

use crate::{AwsError, StateError};

/// Why a state cannot be read or written.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// What is stored is no state.
    #[error(
        "{location} is not the deployed state of stage `{stage}`: {reason}. It is left as it is: restore the last good \
         version of it (from version control, a backup, or the bucket's versions). If it is deleted, the next \
         deployment no longer knows what is there"
    )]
    Broken {
        /// Where it is.
        location: String,
        /// The stage.
        stage: String,
        /// What is wrong.
        reason: StateError,
    },
    /// Somebody else has written.
    #[error(
        "{location} has been changed since this deployment has read it: another one is running, or has been; nothing \
         is written. Run the command again"
    )]
    Changed {
        /// Where it is.
        location: String,
    },
    /// What is given as the name of an app or a stage is none.
    #[error(
        "`{name}` is no name of an app or a stage: these have 1 to 60 letters, digits, `-` and `_`"
    )]
    Name {
        /// What is given, shortened.
        name: String,
    },
    /// A change that the state does not take.
    #[error(transparent)]
    State(#[from] StateError),
    /// A file cannot be read or written.
    #[error("{path} cannot be {action}: {reason}")]
    File {
        /// The file or folder.
        path: String,
        /// What was to be done: `read`, `written`.
        action: &'static str,
        /// Why.
        reason: io::Error,
    },
    /// There is no such bucket.
    #[error(
        "there is no bucket `{bucket}`, which `state_bucket` names: create it (`aws s3 mb s3://{bucket}`; versions are \
         worth switching on), or correct the name"
    )]
    NoBucket {
        /// The bucket.
        bucket: String,
    },
    /// The bucket is in another region, and that one does not answer either.
    #[error(
        "the bucket `{bucket}`, which `state_bucket` names, is in another region than `{region}`: {hint}"
    )]
    WrongRegion {
        /// The bucket.
        bucket: String,
        /// The region that was asked.
        region: String,
        /// What to do.
        hint: String,
    },
    /// Amazon S3 refuses, or cannot be reached.
    #[error("{location}: {reason}")]
    Aws {
        /// Which object.
        location: String,
        /// Why.
        reason: AwsError,
    },
    /// The lock is lost.
    #[error(transparent)]
    Lock(#[from] super::LockError),
}
