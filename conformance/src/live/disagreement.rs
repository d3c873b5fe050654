//! What is left over: inputs on which the implementations disagree.

use std::{collections::BTreeMap, fmt, fs, io, path::Path};

use crate::{
    case::{Case, Recorded},
    compare,
};

use super::{question::Question, rules::Pair};

/// An input on which the implementations disagree.
#[derive(Clone, Debug)]
pub struct Disagreement {
    /// What it is about: the driver, the route, what differs.
    pub kind: String,
    /// The input, and what Chalice makes of it.
    pub case: Case,
    /// In what the outputs differ.
    differences: Vec<String>,
}

impl Disagreement {
    /// What is left of a question's outputs when all rules have been applied; `None` for nothing.
    pub fn of(
        name: &str,
        question: &Question,
        recorded: Recorded,
        pair: &Pair,
    ) -> Option<Disagreement> {
        let differences = compare::differences(&pair.chalice, &pair.ours);
        if differences.is_empty() {
            return None;
        }
        // Of bodies and headers only that they differ, of statuses how.
        let about = differences
            .iter()
            .map(|difference| match difference.split_once(':') {
                Some((what, _)) if what != "status" => what,
                _ => difference,
            });
        let route = question.route.as_ref();
        let kind = format!(
            "{:?} {} {}",
            question.driver,
            route.map_or("-", |route| route.path.as_str()),
            about.collect::<Vec<_>>().join(", ")
        );
        let case = Case {
            name: name.to_owned(),
            driver: question.driver,
            debug: question.debug,
            input: question.input.clone(),
            output: recorded,
        };
        Some(Disagreement {
            kind,
            case,
            differences,
        })
    }
}

/// Inputs on which the implementations disagree, by kind: how many, and one of them.
#[derive(Debug, Default)]
pub struct Disagreements(BTreeMap<String, (usize, Disagreement)>);

impl Disagreements {
    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many there are, of all kinds.
    pub fn count(&self) -> usize {
        self.0.values().map(|(count, _)| count).sum()
    }

    /// Counts one more of a kind that is known; false if it is not.
    pub fn repeats(&mut self, kind: &str) -> bool {
        match self.0.get_mut(kind) {
            Some((count, _)) => {
                *count += 1;
                true
            }
            None => false,
        }
    }

    /// Adds the first of a kind.
    pub fn add(&mut self, first: Disagreement) {
        self.0.insert(first.kind.clone(), (1, first));
    }

    /// Writes one input of each kind as a file of cases.
    ///
    /// # Errors
    ///
    /// When the file cannot be written.
    pub fn save(&self, path: &Path) -> io::Result<()> {
        let cases: Vec<&Case> = self.0.values().map(|(_, first)| &first.case).collect();
        fs::write(path, serde_json::to_vec_pretty(&cases)?)
    }
}

impl fmt::Display for Disagreements {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (kind, (count, first)) in &self.0 {
            let Disagreement {
                case, differences, ..
            } = first;
            writeln!(f, "\n{kind}: {count} times, first as {}:", case.name)?;
            writeln!(f, "    {}", case.input)?;
            for difference in differences {
                writeln!(
                    f,
                    "    Chalice, as the rules have it, != ours: {difference}"
                )?;
            }
        }
        Ok(())
    }
}
