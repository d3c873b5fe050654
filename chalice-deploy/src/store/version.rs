//! Versions of a stored state.

use crate::DeployedState;

/// Which state is stored, so that nobody overwrites what they have not read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Version {
    /// There is none.
    Absent,
    /// The one of that ETag (S3), or of that hash (files).
    Of(String),
}

/// A state that has been read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Loaded {
    /// The state: empty when none is stored.
    pub state: DeployedState,
    /// Which state is stored.
    pub version: Version,
}
