//! A trial of the function of templates that sets notifications of buckets, against moto.

use serde_json::Value;

use crate::judge::{Judge, JudgeError};

const TRIAL: Judge = Judge {
    name: "the trial of notifications of buckets",
    script: include_str!("../bucket_notifications_trial.py"),
};

/// Runs the function, whose source this is, for a bucket that has a notification of others: two
/// stacks add their own, one changes its own and takes them away; then one for a bucket that is
/// not there. For each step its answer, the ids of the notifications, and whether the
/// bucket still notifies a topic of others.
///
/// # Errors
///
/// When moto is not installed, which `cargo xtask verifiers` does, or the function cannot be run.
pub fn bucket_notifications_trial(source: &str) -> Result<Vec<Value>, JudgeError> {
    TRIAL.lines(&crate::environment(), source)
}
