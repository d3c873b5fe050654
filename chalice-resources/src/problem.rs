//! Why a stage cannot have its resources.

use std::fmt;

/// Something that AWS would refuse.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Problem {
    /// What it is about, such as ``the function `resize` ``.
    pub subject: String,
    /// What is wrong, why, and what to do about it.
    pub refusal: String,
}

impl Problem {
    pub(crate) fn new(subject: impl Into<String>, refusal: impl Into<String>) -> Problem {
        Problem {
            subject: subject.into(),
            refusal: refusal.into(),
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.subject, self.refusal)
    }
}

/// All that AWS would refuse of a stage.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the stage `{stage}` cannot be deployed:{}", lines(problems))]
pub struct Problems {
    /// The name of the app's stage.
    pub stage: String,
    /// What is wrong; never empty.
    pub problems: Vec<Problem>,
}

impl Problems {
    pub(crate) fn of(stage: &str, problems: Vec<Problem>) -> Result<(), Problems> {
        match problems.is_empty() {
            true => Ok(()),
            false => Err(Problems {
                stage: stage.to_owned(),
                problems,
            }),
        }
    }
}

fn lines(problems: &[Problem]) -> String {
    problems
        .iter()
        .map(|problem| format!("\n  {problem}"))
        .collect()
}
