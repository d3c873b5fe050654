//! `cargo xtask bench --regressions`: today's instruction counts beside those that are written down.
//!
//! Only the framework is built, none of its peers: it is a step of `cargo xtask test`.

mod baseline;

use std::{collections::BTreeMap, fs, path::PathBuf};

use baseline::Baseline;

use crate::{command, failure::Failure, part::Setting, subject::Subject, valgrind};

/// By which share a count may grow before it is a regression. Counts of one toolchain repeat to
/// within a few hundredths of a percent; the C library of another machine moves those of a start.
const TOLERANCE: f64 = 0.05;

/// What to do with the counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Then {
    /// Compare them with those that are written down.
    Compare,
    /// Write them down.
    Write,
}

/// Counts, and compares or writes. Gives a table; an error says what has got worse.
pub(crate) fn run(setting: &Setting, then: Then) -> Result<String, Failure> {
    valgrind::ensure()?;
    build(setting)?;
    let measured = measure(setting)?;
    let file = setting.benches.join("regression/baseline.json");
    if then == Then::Write {
        let baseline = Baseline {
            tolerance: TOLERANCE,
            instructions: measured,
        };
        let text = serde_json::to_string_pretty(&baseline)
            .map_err(|error| Failure::Unexpected(error.to_string()))?;
        return match fs::write(&file, text + "\n") {
            Ok(()) => Ok(format!("written: {}\n", file.display())),
            Err(error) => Err(Failure::File { path: file, error }),
        };
    }
    let text = fs::read_to_string(&file).map_err(|error| Failure::File {
        path: file.clone(),
        error,
    })?;
    let baseline: Baseline = serde_json::from_str(&text).map_err(|error| {
        Failure::Unexpected(format!("{} is no baseline: {error}", file.display()))
    })?;
    let table = baseline.table(&measured);
    let regressions = baseline.regressions(&measured);
    if regressions.is_empty() {
        return Ok(table);
    }
    let lines: Vec<String> = regressions
        .iter()
        .map(|(name, regression)| format!("  {name}: {regression}"))
        .collect();
    Err(Failure::Unexpected(format!(
        "instruction counts are not those of {} (a growth of {} % is tolerated):\n{}\n\n{table}\n\
         find what costs the instructions, or, if they are worth it, write the new counts down with \
         `cargo xtask bench --regressions --write`",
        file.display(),
        baseline.tolerance * 100.0,
        lines.join("\n"),
    )))
}

/// The apps whose whole processes are counted: what they are called, and what they are.
const PROCESSES: [(&str, Subject); 2] = [
    ("an app of one route", Subject::Hello),
    ("an app of 1,000 routes", Subject::Routes),
];

fn build(setting: &Setting) -> Result<(), Failure> {
    let mut cargo = command::cargo(setting);
    command::run(cargo.args(["build", "--release", "--locked", "--package", "regression"]))?;
    for (_, subject) in PROCESSES {
        subject.build(setting)?;
    }
    Ok(())
}

fn measure(setting: &Setting) -> Result<BTreeMap<String, u64>, Failure> {
    let mut counts = BTreeMap::new();
    let look_up = program(setting, "look_up");
    counts.insert(
        "look-up: 1,000 paths, and 1,000 that no route has".to_owned(),
        per_round(&look_up, &[])?,
    );
    for (app, subject) in PROCESSES {
        let cold = subject.instructions(setting, 1)?;
        let warm = subject
            .instructions(setting, 1 + WARM)?
            .saturating_sub(cold);
        counts.insert(format!("cold start: {app}"), cold);
        counts.insert(format!("invocation: {app}"), warm / WARM as u64);
    }
    Ok(counts)
}

/// How many invocations after the first one are counted.
const WARM: usize = 100;

/// The instructions of one round of a program whose last argument is the number of rounds:
/// what four rounds need more than two, so that neither start nor end count.
fn per_round(program: &std::path::Path, arguments: &[&str]) -> Result<u64, Failure> {
    let count = |rounds| {
        let arguments: Vec<&str> = arguments.iter().copied().chain([rounds]).collect();
        valgrind::instructions(program, &arguments)
    };
    Ok(count("4")?.saturating_sub(count("2")?) / 2)
}

fn program(setting: &Setting, name: &str) -> PathBuf {
    setting.target.join("cargo/release").join(name)
}
