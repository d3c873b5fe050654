//! What is left over: inputs on which the implementations disagree.

use std::{collections::BTreeMap, fmt, fs, io, path::Path};

use crate::{
    case::{Case, Recorded},
    compare,
};

use super::{question::Question, rules::Pair};

/// Inputs on which the implementations disagree, by kind.
#[derive(Debug, Default)]
pub struct Disagreements {
    kinds: BTreeMap<String, Kind>,
}

/// Disagreements about the same thing: the driver, the route, what differs.
#[derive(Debug)]
struct Kind {
    count: usize,
    /// The smallest of them.
    case: Case,
    differences: Vec<String>,
}

impl Disagreements {
    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.kinds.is_empty()
    }

    /// How many there are, of all kinds.
    pub fn count(&self) -> usize {
        self.kinds.values().map(|kind| kind.count).sum()
    }

    /// Adds one.
    pub fn add(&mut self, name: String, question: &Question, recorded: Recorded, pair: &Pair) {
        let differences = compare::differences(&pair.chalice, &pair.ours);
        let about: Vec<&str> = differences
            .iter()
            .map(|difference| match difference.split_once(':') {
                Some((what, rest)) if what == "status" => {
                    &difference[..what.len() + 1 + rest.len()]
                }
                Some((what, _)) => what,
                None => difference,
            })
            .collect();
        let kind = format!(
            "{:?} {} {}",
            question.driver,
            question
                .route
                .as_ref()
                .map_or("-", |route| route.path.as_str()),
            about.join(", ")
        );
        let case = Case {
            name,
            driver: question.driver,
            debug: question.debug,
            input: question.input.clone(),
            output: recorded,
        };
        let size = |case: &Case| case.input.to_string().len();
        match self.kinds.get_mut(&kind) {
            None => {
                let count = 1;
                self.kinds.insert(
                    kind,
                    Kind {
                        count,
                        case,
                        differences,
                    },
                );
            }
            Some(known) => {
                known.count += 1;
                if size(&case) < size(&known.case) {
                    (known.case, known.differences) = (case, differences);
                }
            }
        }
    }

    /// Writes the smallest input of each kind as a file of cases.
    ///
    /// # Errors
    ///
    /// When the file cannot be written.
    pub fn save(&self, path: &Path) -> io::Result<()> {
        let cases: Vec<&Case> = self.kinds.values().map(|kind| &kind.case).collect();
        fs::write(path, serde_json::to_vec_pretty(&cases)?)
    }
}

impl fmt::Display for Disagreements {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (name, kind) in &self.kinds {
            writeln!(
                f,
                "\n{name}: {} times, smallest {}:",
                kind.count, kind.case.name
            )?;
            writeln!(f, "    {}", kind.case.input)?;
            for difference in &kind.differences {
                writeln!(
                    f,
                    "    Chalice, as the rules have it, != ours: {difference}"
                )?;
            }
        }
        Ok(())
    }
}
