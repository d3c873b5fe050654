//! Of how many operations it is known what they take.

use std::{collections::BTreeMap, fmt};

use crate::{Basis, Catalog};

/// Figures about all operations of the AWS SDK for Rust; its `Display` is a report of several lines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Coverage {
    /// The number of operations by how their actions are known.
    pub operations: BTreeMap<Basis, usize>,
    /// The services with operations of which it is not known, most of them first.
    pub unknown: Vec<UnknownOperations>,
}

/// The operations of a service of which it is not known what they take.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownOperations {
    /// The crate: `aws-sdk-s3`.
    pub crate_name: String,
    /// Their names, sorted.
    pub operations: Vec<&'static str>,
    /// How many operations the service has.
    pub of: usize,
}

impl Coverage {
    pub(crate) fn of(catalog: &Catalog) -> Coverage {
        let mut operations = BTreeMap::new();
        let mut unknown = Vec::new();
        for service in catalog.services() {
            for operation in service.operations() {
                *operations.entry(operation.basis()).or_insert(0) += 1;
            }
            let missing: Vec<&str> = service
                .operations()
                .filter(|it| it.basis() == Basis::Unknown)
                .map(|it| it.name())
                .collect();
            if !missing.is_empty() {
                unknown.push(UnknownOperations {
                    crate_name: service.crate_name().to_owned(),
                    of: service.operations().count(),
                    operations: missing,
                });
            }
        }
        unknown.sort_by_key(|it| std::cmp::Reverse(it.operations.len()));
        Coverage {
            operations,
            unknown,
        }
    }

    /// The number of all operations.
    pub fn total(&self) -> usize {
        self.operations.values().sum()
    }

    /// The number of operations with that basis.
    pub fn count(&self, basis: Basis) -> usize {
        self.operations.get(&basis).copied().unwrap_or_default()
    }
}

impl fmt::Display for Coverage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let total = self.total();
        writeln!(f, "{total:>6} operations")?;
        for (basis, words) in [
            (Basis::SameName, "have an action of the same name"),
            (Basis::HttpMethod, "have a method of HTTP as their action"),
            (Basis::Table, "are in the table"),
            (Basis::TableByRequest, "are in the table, by request"),
            (Basis::NoPermission, "take no permission"),
            (Basis::Unknown, "are unknown"),
        ] {
            let count = self.count(basis);
            let share = 100.0 * count as f64 / total.max(1) as f64;
            writeln!(f, "{count:>6} {words} ({share:.1} %)")?;
        }
        for it in &self.unknown {
            let count = it.operations.len();
            writeln!(
                f,
                "{}: {count} of {}: {}",
                it.crate_name,
                it.of,
                it.operations.join(" ")
            )?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_report_adds_up() {
        let coverage = Catalog::get().coverage();
        let unknown: usize = coverage.unknown.iter().map(|it| it.operations.len()).sum();
        assert_eq!(unknown, coverage.count(Basis::Unknown));
        let report = coverage.to_string();
        assert!(
            report.starts_with(&format!("{:>6} operations\n", coverage.total())),
            "{report}"
        );
        assert_eq!(report.lines().count(), 7 + coverage.unknown.len());
    }
}
