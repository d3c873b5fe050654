//! Why a value is refused.

use std::fmt;

/// Why a value is none of its setting, and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// What is wrong, as a clause: `AWS Lambda takes 1 to 900 seconds`.
    pub reason: String,
    /// What to write instead.
    pub fix: String,
}

impl Refusal {
    pub(crate) fn new(reason: impl Into<String>, fix: impl Into<String>) -> Refusal {
        Refusal {
            reason: reason.into(),
            fix: fix.into(),
        }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}; {}", self.reason, self.fix)
    }
}

impl std::error::Error for Refusal {}
