//! A live run.

use std::{collections::BTreeMap, fmt};

use crate::{
    case::Case,
    compare,
    driver::{DriverError, Subject},
    output::{self, OutputError},
};

use super::{
    disagreement::{Disagreement, Disagreements},
    generate::Generator,
    python::{Python, PythonError},
    question::Question,
    routes::routes,
    rules::{Pair, RULES, apply_all},
    smaller,
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
    #[error("{name}: {source}")]
    Driver {
        /// The seed and the number of the request.
        name: String,
        /// What is wrong.
        source: DriverError,
    },
    /// Chalice has answered something that is no answer.
    #[error("{name}: Chalice's output: {source}")]
    Output {
        /// The seed and the number of the request.
        name: String,
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
        let name = format!("seed-{seed}-request-{number}");
        let question = generator.question();
        let (applied, disagreement) = ask(subject, python, &name, &question).await?;
        for rule in &applied {
            *report.rules.entry(rule).or_default() += 1;
        }
        match disagreement {
            Some(first) if !report.disagreements.repeats(&first.kind) => {
                let least = least(subject, python, first).await?;
                report.disagreements.add(least);
            }
            None if applied.is_empty() => report.alike += 1,
            _ => {}
        }
    }
    Ok(report)
}

/// The rules that apply to a question's outputs, and what is left of them.
async fn ask(
    subject: &Subject,
    python: &mut Python,
    name: &str,
    question: &Question,
) -> Result<(Vec<&'static str>, Option<Disagreement>), LiveError> {
    let name_of = || name.to_owned();
    let recorded = python.ask(question.driver, question.debug, &question.input)?;
    let ours = subject
        .drive(question.driver, question.debug, &question.input)
        .await
        .map_err(|source| LiveError::Driver {
            name: name_of(),
            source,
        })?;
    let chalice =
        output::of_chalice(question.driver, &recorded).map_err(|source| LiveError::Output {
            name: name_of(),
            source,
        })?;
    let mut pair = Pair { chalice, ours };
    let applied = apply_all(question, &mut pair);
    let disagreement = Disagreement::of(name, question, recorded, &pair);
    Ok((applied, disagreement))
}

/// A disagreement of the same kind about as little as possible.
async fn least(
    subject: &Subject,
    python: &mut Python,
    first: Disagreement,
) -> Result<Disagreement, LiveError> {
    let routes = routes();
    let mut least = first;
    'smaller: loop {
        for input in smaller::inputs(&least.case.input) {
            let Case { driver, debug, .. } = least.case;
            let question = Question::new(driver, debug, input, &routes);
            let (_, found) = ask(subject, python, &least.case.name, &question).await?;
            if let Some(found) = found.filter(|found| found.kind == least.kind) {
                least = found;
                continue 'smaller;
            }
        }
        return Ok(least);
    }
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
