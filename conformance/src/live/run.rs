//! A live run.

use std::{collections::BTreeMap, fmt};

use crate::{
    case::Case,
    compare,
    driver::{DriverError, Subject},
    output::{self, OutputError},
};

use super::{
    disagreement::Disagreements,
    generate::Generator,
    python::{Python, PythonError},
    rules::{Pair, RULES, apply_all},
};

/// What became of a live run.
#[derive(Debug)]
pub struct LiveReport {
    /// From which the same requests come again.
    pub seed: u64,
    /// How many requests there were.
    pub requests: usize,
    /// How often each rule had something to say.
    pub rules: BTreeMap<&'static str, usize>,
    /// How many requests no rule had to explain.
    pub alike: usize,
    /// What nothing explains.
    pub disagreements: Disagreements,
}

/// Why a live run ended.
#[derive(Debug, thiserror::Error)]
pub enum LiveError {
    /// Chalice does not answer.
    #[error(transparent)]
    Python(#[from] PythonError),
    /// An input is none.
    #[error("request {number} of seed {seed}: {source}")]
    Driver {
        /// The seed.
        seed: u64,
        /// The request's number.
        number: usize,
        /// What is wrong.
        source: DriverError,
    },
    /// Chalice has answered something that is no answer.
    #[error("request {number} of seed {seed}: Chalice's output: {source}")]
    Output {
        /// The seed.
        seed: u64,
        /// The request's number.
        number: usize,
        /// What is wrong.
        source: OutputError,
    },
    /// The recorded cases are not those of this Chalice.
    #[error("Chalice makes something else of the case `{0}` than was recorded")]
    Recorded(String),
}

/// Checks that the app in Python does what was recorded of it.
///
/// # Errors
///
/// When it does not.
pub fn replay(python: &mut Python, cases: &[Case]) -> Result<(), LiveError> {
    for case in cases {
        let again = python.ask(case.driver, case.debug, &case.input)?;
        let read = |recorded| {
            output::of_chalice(case.driver, recorded)
                .map_err(|_| LiveError::Recorded(case.name.clone()))
        };
        if !compare::differences(&read(&case.output)?, &read(&again)?).is_empty() {
            return Err(LiveError::Recorded(case.name.clone()));
        }
    }
    Ok(())
}

/// Asks both implementations the same questions.
///
/// # Errors
///
/// When one of them does not answer.
pub async fn run(
    subject: &Subject,
    python: &mut Python,
    seed: u64,
    requests: usize,
) -> Result<LiveReport, LiveError> {
    let mut generator = Generator::new(seed);
    let mut report = LiveReport {
        seed,
        requests,
        rules: RULES.iter().map(|rule| (rule.name, 0)).collect(),
        alike: 0,
        disagreements: Disagreements::default(),
    };
    for number in 0..requests {
        let question = generator.question();
        let recorded = python.ask(question.driver, question.debug, &question.input)?;
        let ours = subject
            .drive(question.driver, question.debug, &question.input)
            .await
            .map_err(|source| LiveError::Driver {
                seed,
                number,
                source,
            })?;
        let chalice =
            output::of_chalice(question.driver, &recorded).map_err(|source| LiveError::Output {
                seed,
                number,
                source,
            })?;
        let mut pair = Pair { chalice, ours };
        let applied = apply_all(&question, &mut pair);
        for rule in &applied {
            *report.rules.entry(rule).or_default() += 1;
        }
        if !compare::differences(&pair.chalice, &pair.ours).is_empty() {
            let name = format!("seed-{seed}-request-{number}");
            report.disagreements.add(name, &question, recorded, &pair);
        } else if applied.is_empty() {
            report.alike += 1;
        }
    }
    Ok(report)
}

impl fmt::Display for LiveReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "seed {}, {} requests", self.seed, self.requests)?;
        writeln!(f, "{:>8}  answered alike", self.alike)?;
        for (rule, count) in &self.rules {
            match count {
                0 => writeln!(f, "{:>8}  {rule}: never applied", 0)?,
                _ => writeln!(f, "{count:>8}  {rule}")?,
            }
        }
        write!(f, "{}", self.disagreements)?;
        let disagree = self.disagreements.count();
        writeln!(f, "{} passed, {disagree} failed", self.requests - disagree)
    }
}
