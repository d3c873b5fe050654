//! The load: `wrk` at 64 connections.

use std::{fs, process::Command, time::Duration};

use serde::Deserialize;

use super::{server::Server, subject::Subject};
use crate::{command, debian_package::DebianPackage, failure::Failure, part::Setting};

const WRK: DebianPackage = DebianPackage {
    name: "wrk",
    purpose: "is what puts the servers under load",
};

/// One thread: it shares the machine with the servers, and is much faster than they are.
const OPTIONS: [&str; 5] = [
    "--threads=1",
    "--connections=64",
    "--timeout=30s",
    "--latency",
    "--script",
];

/// What wrk runs at its end.
const SCRIPT: &str = include_str!("report.lua");

/// Installs `wrk`, unless it is there.
pub(super) fn install() -> Result<(), Failure> {
    WRK.ensure()
}

/// What a round of load said.
#[derive(Clone, Copy, Debug)]
pub(super) struct Load {
    /// Right answers per second.
    pub(super) per_second: f64,
    /// How long the slowest hundredth of them took at least.
    pub(super) p99_milliseconds: f64,
    /// What the server and its functions took for each of them.
    pub(super) cpu_microseconds: f64,
}

/// What the script prints.
#[derive(Debug, Deserialize)]
struct Report {
    /// How long the round was.
    microseconds: u64,
    /// Answers.
    requests: u64,
    /// The bytes of all answers, heads included.
    bytes: u64,
    /// Microseconds.
    p99: u64,
    /// Answers whose status is an error.
    wrong: u64,
    /// Connections that failed, and answers that did not come in time.
    errors: u64,
}

impl Load {
    /// Puts a server under load for that time.
    pub(super) fn put(
        setting: &Setting,
        subject: Subject,
        server: &Server,
        time: Duration,
    ) -> Result<Load, Failure> {
        let script = setting.target.join("local-gateway/report.lua");
        fs::write(&script, SCRIPT).map_err(|error| Failure::File {
            path: script.clone(),
            error,
        })?;
        let before = server.cpu_seconds();
        let output = command::output(
            Command::new(WRK.name)
                .args(OPTIONS)
                .arg(&script)
                .arg(format!("--duration={}s", time.as_secs()))
                .arg(server.url(subject.path())),
        )?;
        let cpu_seconds = server.cpu_seconds() - before;
        let text = String::from_utf8_lossy(&output.stdout);
        let last = text.lines().next_back().unwrap_or_default();
        let report: Report = serde_json::from_str(last).map_err(|error| {
            Failure::Unexpected(format!("the report of wrk cannot be read: {error}\n{text}"))
        })?;
        report.read(subject, server.answer_length(), cpu_seconds)
    }
}

impl Report {
    /// `length` is that of a right answer with its head.
    fn read(&self, subject: Subject, length: u64, cpu_seconds: f64) -> Result<Load, Failure> {
        let right = self.requests.saturating_sub(self.wrong);
        if self.wrong > 0 || self.errors > 0 {
            let problem = format!(
                "{subject}: {right} right answers, {} errors as answers, {} without an answer",
                self.wrong, self.errors
            );
            // A peer's failures are the peer's: what it does answer counts.
            if subject == Subject::CargoChalice || right == 0 {
                return Err(Failure::Unexpected(problem));
            }
            eprintln!("{problem}");
        }
        // At the end, a connection may be in the middle of an answer, and a request's id may have other lengths.
        let expected = right * length;
        if self.wrong == 0 && self.bytes.abs_diff(expected) > expected / 20 {
            return Err(Failure::Unexpected(format!(
                "{subject}: {right} answers have {} bytes, and not {length} each",
                self.bytes
            )));
        }
        Ok(Load {
            per_second: right as f64 * 1e6 / self.microseconds.max(1) as f64,
            p99_milliseconds: self.p99 as f64 / 1000.0,
            cpu_microseconds: cpu_seconds * 1e6 / right.max(1) as f64,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report(bytes: u64, wrong: u64, errors: u64) -> Report {
        let text = format!(
            r#"{{"microseconds":2000000,"requests":100,"bytes":{bytes},"p99":4000,"wrong":{wrong},"errors":{errors}}}"#
        );
        serde_json::from_str(&text).unwrap()
    }

    #[test]
    fn right_answers_per_second() {
        let load = report(20_040, 0, 0).read(Subject::CargoChalice, 200, 0.01);
        let load = load.unwrap();
        assert_eq!((load.per_second, load.p99_milliseconds), (50.0, 4.0));
        assert!((load.cpu_microseconds - 100.0).abs() < 1e-9);
    }

    #[test]
    fn wrong_answers_do_not_count() {
        let longer = report(25_000, 0, 0);
        longer.read(Subject::PythonChalice, 200, 0.0).unwrap_err();
        let mixed = || report(20_000, 40, 10);
        mixed().read(Subject::CargoChalice, 200, 0.0).unwrap_err();
        let load = mixed().read(Subject::CargoLambda, 200, 0.0).unwrap();
        assert_eq!(load.per_second, 30.0);
        let nothing = report(0, 100, 0);
        nothing.read(Subject::CargoLambda, 200, 0.0).unwrap_err();
    }
}
