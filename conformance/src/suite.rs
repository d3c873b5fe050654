//! Cases of a file, one after the other, and what became of them.

use std::{fmt, path::PathBuf};

use crate::{
    case::Case,
    compare,
    differences::{Differences, Listed},
    driver::Subject,
    live::{
        question::Question,
        routes::routes,
        rules::{Pair, apply_all},
    },
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
    /// How many of them differ as listed by name.
    pub listed: usize,
    /// Those of them that no name lists, and that differ as rules say: with the rules' names.
    pub explained: Vec<(String, Vec<&'static str>)>,
    /// The others: their names, and what is wrong with them.
    pub failed: Vec<(String, Vec<String>)>,
}

/// What became of a case.
#[derive(Debug, PartialEq)]
enum Verdict {
    Agrees,
    Listed,
    Explained(Vec<&'static str>),
    Fails(Vec<String>),
}

impl Report {
    /// Counts a case.
    fn add(&mut self, case: &Case, verdict: Verdict) {
        let name = case.name.clone();
        match verdict {
            Verdict::Agrees => {}
            Verdict::Listed => self.listed += 1,
            Verdict::Explained(rules) => self.explained.push((name, rules)),
            Verdict::Fails(problems) => return self.failed.push((name, problems)),
        }
        self.passed += 1;
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
        for (name, rules) in &self.explained {
            writeln!(f, "{name}: differs by {}", rules.join(", "))?;
        }
        writeln!(
            f,
            "Of those that passed, {} differ as differences.toml lists by name, {} by kind.",
            self.listed,
            self.explained.len()
        )?;
        writeln!(f, "{} passed, {} failed", self.passed, self.failed.len())
    }
}

/// Runs cases.
pub async fn run(subject: &Subject, cases: &[Case], differences: &Differences) -> Report {
    let routes = routes();
    let mut report = Report::default();
    for case in cases {
        let listed = differences.of_case(&case.name);
        let verdict = match outputs(subject, case).await {
            Ok(pair) => {
                let input = case.input.clone();
                let question = Question::new(case.driver, case.debug, input, &routes);
                judge(&question, pair, listed)
            }
            Err(problem) => Verdict::Fails(vec![problem]),
        };
        report.add(case, verdict);
    }
    report
}

/// What both make of a case's input.
async fn outputs(subject: &Subject, case: &Case) -> Result<Pair, String> {
    let ours = subject.drive(case.driver, case.debug, &case.input).await;
    Ok(Pair {
        ours: ours.map_err(|error| error.to_string())?,
        chalice: output::of_chalice(case.driver, &case.output)
            .map_err(|error| format!("the case's output: {error}"))?,
    })
}

fn judge(question: &Question, mut pair: Pair, listed: Option<&Listed>) -> Verdict {
    let from_chalice = compare::differences(&pair.chalice, &pair.ours);
    match listed {
        Some(_) if from_chalice.is_empty() => Verdict::Fails(vec![
            "it agrees with Chalice, but differences.toml lists it: remove the entry".to_owned(),
        ]),
        Some(listed) => as_listed(&pair.ours, listed),
        None if from_chalice.is_empty() => Verdict::Agrees,
        None => {
            let rules = apply_all(question, &mut pair);
            if compare::differences(&pair.chalice, &pair.ours).is_empty() {
                return Verdict::Explained(rules);
            }
            let lines = from_chalice.into_iter();
            Verdict::Fails(lines.map(|it| format!("Chalice != ours: {it}")).collect())
        }
    }
}

/// Whether our output is the listed one.
fn as_listed(found: &Output, listed: &Listed) -> Verdict {
    let ours = match listed.ours.output() {
        Ok(ours) => ours,
        Err(error) => {
            return Verdict::Fails(vec![format!("the entry of differences.toml: {error}")]);
        }
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
    match problems.is_empty() {
        true => Verdict::Listed,
        false => Verdict::Fails(problems),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::{case::Driver, differences::Ours, output::Answer};

    fn answer(status: u16) -> Output {
        Output::Answer(Answer::of_function(&json!({ "statusCode": status })).unwrap())
    }

    fn judged(path: &str, chalice: Output, ours: Output, listed: Option<Ours>) -> Verdict {
        let input = json!({ "requestContext": { "httpMethod": "PUT", "resourcePath": path } });
        let question = Question::new(Driver::Lambda, false, input, &routes());
        let listed = listed.map(|ours| Listed {
            name: "a".to_owned(),
            reason: "r".to_owned(),
            ours,
        });
        judge(&question, Pair { chalice, ours }, listed.as_ref())
    }

    fn fails(problem: &str) -> Verdict {
        Verdict::Fails(vec![problem.to_owned()])
    }

    #[test]
    fn a_listed_case_has_to_be_what_is_listed() {
        let judged = |ours| {
            let listed = Ours::Answer {
                status: 404,
                headers: Default::default(),
                body: String::new(),
                base64: false,
            };
            judged("/", answer(405), ours, Some(listed))
        };
        assert_eq!(judged(answer(404)), Verdict::Listed);
        assert_eq!(
            judged(answer(403)),
            fails("differences.toml != ours: status: 404 != 403")
        );
        assert_eq!(
            judged(answer(405)),
            fails("it agrees with Chalice, but differences.toml lists it: remove the entry")
        );
    }

    #[test]
    fn other_cases_agree_or_differ_by_a_rule() {
        assert_eq!(judged("/", answer(200), answer(200), None), Verdict::Agrees);
        assert_eq!(
            judged("/", answer(405), answer(404), None),
            fails("Chalice != ours: status: 405 != 404")
        );
        let not_found = json!({
            "statusCode": 404, "body": r#"{"Code":"NotFoundError","Message":"Not Found"}"#,
        });
        let not_found = Output::Answer(Answer::of_function(&not_found).unwrap());
        assert_eq!(
            judged("/nope", answer(405), not_found, None),
            Verdict::Explained(vec!["unknown-path"])
        );
    }

    #[test]
    fn a_failure_has_to_be_of_the_listed_kind() {
        let judged = |kind: &str| {
            let failure = Output::Failure {
                kind: kind.to_owned(),
                message: "m".to_owned(),
            };
            judged(
                "/",
                answer(200),
                failure,
                Some(Ours::Failure("A".to_owned())),
            )
        };
        assert_eq!(judged("A"), Verdict::Listed);
        assert_eq!(judged("B"), fails("differences.toml != ours: failure B: m"));
    }
}
