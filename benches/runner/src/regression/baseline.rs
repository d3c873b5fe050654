//! The instruction counts that are written down, and what has got worse since.

use std::{collections::BTreeMap, fmt::Write};

use serde::{Deserialize, Serialize};

/// What is written down: `benches/regression/baseline.json`.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub(crate) struct Baseline {
    /// By which share a count may grow: 0.05 is five percent.
    pub(crate) tolerance: f64,
    /// Instructions, by the name of what was measured.
    pub(crate) instructions: BTreeMap<String, u64>,
}

/// Why the counts are not those that are written down.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Regression {
    /// Something needs more instructions.
    #[error("needs more instructions than it is allowed to")]
    Grown,
    /// The file says nothing of it.
    #[error("is not in the baseline")]
    Unknown,
    /// The file has something that is not measured any more.
    #[error("is in the baseline and is not measured")]
    NotMeasured,
}

impl Baseline {
    /// What has got worse. Counts that have shrunk are no regression.
    pub(crate) fn regressions(
        &self,
        measured: &BTreeMap<String, u64>,
    ) -> Vec<(String, Regression)> {
        let mut found = Vec::new();
        for (name, count) in measured {
            match self.instructions.get(name) {
                None => found.push((name.clone(), Regression::Unknown)),
                Some(before) if *count as f64 > *before as f64 * (1.0 + self.tolerance) => {
                    found.push((name.clone(), Regression::Grown));
                }
                Some(_) => {}
            }
        }
        let gone = self.instructions.keys();
        found.extend(
            gone.filter(|name| !measured.contains_key(*name))
                .map(|name| (name.clone(), Regression::NotMeasured)),
        );
        found
    }

    /// Both counts of everything, in a table.
    pub(crate) fn table(&self, measured: &BTreeMap<String, u64>) -> String {
        let width = measured.keys().map(String::len).max().unwrap_or(0);
        let mut text = format!(
            "{:width$}  {:>12}  {:>12}  {:>7}\n",
            "", "baseline", "now", "ratio"
        );
        for (name, count) in measured {
            let before = self.instructions.get(name).copied().unwrap_or(0);
            let ratio = *count as f64 / before as f64;
            let _ = writeln!(
                text,
                "{name:width$}  {before:>12}  {count:>12}  {ratio:>7.3}"
            );
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counts<const N: usize>(counts: [(&str, u64); N]) -> BTreeMap<String, u64> {
        counts.map(|(name, count)| (name.to_owned(), count)).into()
    }

    #[test]
    fn more_than_the_tolerance_is_a_regression() {
        let baseline = Baseline {
            tolerance: 0.05,
            instructions: counts([("a", 1000), ("b", 1000), ("c", 1000), ("gone", 1)]),
        };
        let measured = counts([("a", 1050), ("b", 1051), ("c", 10), ("new", 1)]);
        assert_eq!(
            baseline.regressions(&measured),
            [
                ("b".to_owned(), Regression::Grown),
                ("new".to_owned(), Regression::Unknown),
                ("gone".to_owned(), Regression::NotMeasured),
            ]
        );
    }
}
