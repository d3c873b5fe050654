//! Library benchmarks that count: instructions by callgrind, allocations by DHAT.
//!
//! gungraun runs each benchmark function under valgrind and leaves out what prepares its
//! arguments. Its own words go to the standard error, its summaries are read here.

use std::{collections::BTreeMap, fs, path::PathBuf, process::Command};

use serde::Deserialize;

use crate::{command, failure::Failure, part::Setting, valgrind};

/// A `[[bench]]` of a package of this workspace, with `harness = false`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Bench {
    /// The package.
    pub(crate) package: &'static str,
    /// The bench's name.
    pub(crate) name: &'static str,
}

/// What one benchmark function needed.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Count {
    /// Instructions, where callgrind ran.
    instructions: Option<u64>,
    /// Allocations, where DHAT ran.
    blocks: Option<u64>,
}

/// The counts of a bench by `group::function`, or `group::function::id` where a function has
/// several cases.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Counts(BTreeMap<String, Count>);

impl Counts {
    /// Instructions, as callgrind counts them.
    pub(crate) fn instructions(&self, benchmark: &str) -> Result<f64, Failure> {
        self.get(benchmark, "instructions", |count| count.instructions)
    }

    /// Heap allocations, as DHAT counts them.
    pub(crate) fn blocks(&self, benchmark: &str) -> Result<f64, Failure> {
        self.get(benchmark, "allocations", |count| count.blocks)
    }

    fn get(
        &self,
        benchmark: &str,
        what: &str,
        pick: fn(&Count) -> Option<u64>,
    ) -> Result<f64, Failure> {
        let count = self.0.get(benchmark).and_then(pick);
        count.map(|count| count as f64).ok_or_else(|| {
            let known: Vec<&str> = self.0.keys().map(String::as_str).collect();
            Failure::Unexpected(format!(
                "gungraun counted no {what} of `{benchmark}`; it ran: {}",
                known.join(", ")
            ))
        })
    }
}

impl Bench {
    /// Installs what runs the bench, and builds it.
    pub(crate) fn build(self, setting: &Setting) -> Result<(), Failure> {
        valgrind::ensure()?;
        let version = runner_version(setting)?;
        let tools = setting.target.join("tools");
        let installed = format!("gungraun-runner v{version}:");
        let list = command::output(
            command::cargo(setting)
                .args(["install", "--list", "--root"])
                .arg(&tools),
        )?;
        let list = String::from_utf8_lossy(&list.stdout).into_owned();
        if !list.lines().any(|line| line == installed) {
            command::run(
                command::cargo(setting)
                    .args(["install", "--locked", "--root"])
                    .arg(&tools)
                    .arg(format!("gungraun-runner@{version}")),
            )?;
        }
        command::run(self.cargo(setting).arg("--no-run"))
    }

    /// Runs the bench.
    pub(crate) fn measure(self, setting: &Setting) -> Result<Counts, Failure> {
        let mut cargo = self.cargo(setting);
        let output = command::output(cargo.args([
            "--",
            "--output-format=json",
            // Counts are the same whatever runs beside them.
            "--parallel=auto",
            // Caches are not compared, and take longer than all else.
            "--callgrind-args=--cache-sim=no",
        ]))?;
        counts(&String::from_utf8_lossy(&output.stdout)).map_err(|error| {
            Failure::Unexpected(format!(
                "what `{}` says is no summary of gungraun: {error}",
                command::typed(&cargo)
            ))
        })
    }

    fn cargo(self, setting: &Setting) -> Command {
        let mut cargo = command::cargo(setting);
        cargo
            .args(["bench", "--package", self.package, "--bench", self.name])
            // Both when the bench is built, which keeps the path, and when it runs.
            .env(
                "GUNGRAUN_RUNNER",
                setting.target.join("tools/bin/gungraun-runner"),
            )
            .env("GUNGRAUN_HOME", setting.target.join("gungraun"));
        cargo
    }
}

/// The version that the benches are linked with: the runner has to have the same.
fn runner_version(setting: &Setting) -> Result<String, Failure> {
    let path: PathBuf = setting.benches.join("Cargo.lock");
    let lock = match fs::read_to_string(&path) {
        Ok(lock) => lock,
        Err(error) => return Err(Failure::File { path, error }),
    };
    let mut lines = lock.lines();
    lines
        .by_ref()
        .find(|line| *line == "name = \"gungraun-runner\"")
        .and_then(|_| lines.next())
        .and_then(|line| line.strip_prefix("version = \"")?.strip_suffix('"'))
        .map(str::to_owned)
        .ok_or_else(|| Failure::Unexpected(format!("{} has no gungraun-runner", path.display())))
}

/// A line of gungraun's JSON output: one benchmark function with one set of arguments.
#[derive(Deserialize)]
struct Summary {
    group: String,
    function_name: String,
    id: Option<String>,
    profiles: Vec<Profile>,
}

#[derive(Deserialize)]
struct Profile {
    data: Data,
}

#[derive(Deserialize)]
struct Data {
    total: Total,
}

#[derive(Deserialize)]
struct Total {
    metrics: BTreeMap<String, Metric>,
}

#[derive(Deserialize)]
struct Metric {
    values: Values,
}

#[derive(Deserialize)]
struct Values {
    /// Of this run; beside it may be those of the run before.
    new: serde_json::Value,
}

fn counts(lines: &str) -> Result<Counts, serde_json::Error> {
    let mut counts = Counts::default();
    for line in lines.lines().filter(|line| line.starts_with('{')) {
        let summary: Summary = serde_json::from_str(line)?;
        let Summary {
            group,
            function_name,
            ..
        } = &summary;
        let name = match &summary.id {
            Some(id) => format!("{group}::{function_name}::{id}"),
            None => format!("{group}::{function_name}"),
        };
        let count = counts.0.entry(name).or_default();
        for profile in &summary.profiles {
            let metric = |name: &str| {
                let metric = profile.data.total.metrics.get(name)?;
                metric.values.new.as_u64()
            };
            count.instructions = count.instructions.or(metric("Ir"));
            count.blocks = count.blocks.or(metric("TotalBlocks"));
        }
    }
    Ok(counts)
}

#[cfg(test)]
mod tests {
    use super::*;

    const LINES: &str = r#"
{"group":"hits","function_name":"ours","id":"n10","profiles":[{"tool":"Callgrind","data":{"parts":[],"total":{"regressions":[],"metrics":{"Ir":{"values":{"new":310,"old":311},"change":null}}}}},{"tool":"DHAT","data":{"parts":[],"total":{"regressions":[],"metrics":{"TotalBlocks":{"values":{"new":2}},"TotalBytes":{"values":{"new":96}}}}}}]}
{"group":"hits","function_name":"theirs","id":null,"profiles":[{"tool":"Callgrind","data":{"parts":[],"total":{"regressions":[],"metrics":{"Ir":{"values":{"new":1000}}}}}}]}
"#;

    #[test]
    fn counts_by_group_function_and_id() {
        let counts = counts(LINES).unwrap();
        assert_eq!(counts.instructions("hits::ours::n10").unwrap(), 310.0);
        assert_eq!(counts.blocks("hits::ours::n10").unwrap(), 2.0);
        assert_eq!(counts.instructions("hits::theirs").unwrap(), 1000.0);
    }

    #[test]
    fn what_was_not_counted_is_said_with_what_was() {
        let counts = counts(LINES).unwrap();
        assert_eq!(
            counts.blocks("hits::theirs").unwrap_err().to_string(),
            "gungraun counted no allocations of `hits::theirs`; it ran: hits::ours::n10, hits::theirs"
        );
    }
}
