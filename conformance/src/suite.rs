//! Cases of a file, one after the other, and what became of them.

use std::{fmt, path::PathBuf};

use crate::{
    case::Case,
    compare,
    differences::{Differences, Listed},
    driver::Subject,
    output::{self, Output},
};

/// The folder of this crate, where the cases and the list of differences are.
pub fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// What became of a file of cases.
#[derive(Debug, Default)]
pub struct Report {
    /// How many cases agree, or differ as listed.
    pub passed: usize,
    /// How many of them differ as listed.
    pub listed: usize,
    /// The others: their names, and what is wrong with them.
    pub failed: Vec<(String, Vec<String>)>,
}

impl Report {
    /// Counts a case.
    pub fn add(&mut self, case: &Case, listed: bool, problems: Vec<String>) {
        if problems.is_empty() {
            self.passed += 1;
            self.listed += usize::from(listed);
        } else {
            self.failed.push((case.name.clone(), problems));
        }
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (name, problems) in &self.failed {
            writeln!(f, "{name}")?;
            for problem in problems {
                writeln!(f, "    {problem}")?;
            }
        }
        writeln!(
            f,
            "{} of the cases that passed differ from Chalice as listed in differences.toml.",
            self.listed
        )?;
        writeln!(f, "{} passed, {} failed", self.passed, self.failed.len())
    }
}

/// Runs cases.
pub async fn run(subject: &Subject, cases: &[Case], differences: &Differences) -> Report {
    let mut report = Report::default();
    for case in cases {
        let listed = differences.of_case(&case.name);
        let problems = problems(subject, case, listed).await;
        report.add(case, listed.is_some(), problems);
    }
    report
}

/// What is wrong with a case, one line each.
async fn problems(subject: &Subject, case: &Case, listed: Option<&Listed>) -> Vec<String> {
    let found = match subject.drive(case.driver, case.debug, &case.input).await {
        Ok(found) => found,
        Err(error) => return vec![error.to_string()],
    };
    let chalice = match output::of_chalice(case.driver, &case.output) {
        Ok(chalice) => chalice,
        Err(error) => return vec![format!("the case's output: {error}")],
    };
    judge(&chalice, &found, listed)
}

fn judge(chalice: &Output, found: &Output, listed: Option<&Listed>) -> Vec<String> {
    let from_chalice = compare::differences(chalice, found);
    let Some(listed) = listed else {
        return from_chalice
            .into_iter()
            .map(|difference| format!("Chalice != ours: {difference}"))
            .collect();
    };
    if from_chalice.is_empty() {
        return vec![
            "it agrees with Chalice, but differences.toml lists it: remove the entry".to_owned(),
        ];
    }
    let ours = match listed.ours.output() {
        Ok(ours) => ours,
        Err(error) => return vec![format!("the entry of differences.toml: {error}")],
    };
    let mut problems: Vec<String> = compare::differences(&ours, found)
        .into_iter()
        .map(|difference| format!("differences.toml != ours: {difference}"))
        .collect();
    if !listed.ours.fails_as(found) {
        problems.push(format!(
            "differences.toml != ours: {}",
            compare::short(found)
        ));
    }
    problems
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::{differences::Ours, output::Answer};

    fn answer(status: u16) -> Output {
        Output::Answer(Answer::of_function(&json!({ "statusCode": status })).unwrap())
    }

    fn listed(ours: Ours) -> Listed {
        Listed {
            name: "a".to_owned(),
            reason: "r".to_owned(),
            ours,
        }
    }

    #[test]
    fn a_listed_case_has_to_be_what_is_listed() {
        let entry = listed(Ours::Answer {
            status: 404,
            headers: Default::default(),
            body: String::new(),
            base64: false,
        });
        let entry = Some(&entry);
        assert!(judge(&answer(405), &answer(404), entry).is_empty());
        assert_eq!(
            judge(&answer(405), &answer(403), entry),
            ["differences.toml != ours: status: 404 != 403"]
        );
        assert_eq!(
            judge(&answer(405), &answer(405), entry),
            ["it agrees with Chalice, but differences.toml lists it: remove the entry"]
        );
        assert_eq!(
            judge(&answer(405), &answer(404), None),
            ["Chalice != ours: status: 405 != 404"]
        );
    }

    #[test]
    fn a_failure_has_to_be_of_the_listed_kind() {
        let entry = listed(Ours::Failure("A".to_owned()));
        let failure = |kind: &str| Output::Failure {
            kind: kind.to_owned(),
            message: "m".to_owned(),
        };
        assert!(judge(&answer(200), &failure("A"), Some(&entry)).is_empty());
        assert_eq!(
            judge(&answer(200), &failure("B"), Some(&entry)),
            ["differences.toml != ours: failure B: m"]
        );
    }
}
