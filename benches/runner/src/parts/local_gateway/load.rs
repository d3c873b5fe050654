//! The load: `oha` at 64 connections.

use std::{collections::HashMap, fs, path::PathBuf, process::Command, time::Duration};

use serde::Deserialize;

use super::{
    server::Server,
    subject::{ANSWER, Subject},
};
use crate::{command, failure::Failure, part::Setting};

const VERSION: &str = "1.16.0";
const CONNECTIONS: &str = "64";

/// Installs `oha`, unless it is there.
pub(super) fn install(setting: &Setting) -> Result<(), Failure> {
    let installed = Command::new(program(setting)).arg("--version").output();
    let wanted = format!("oha {VERSION}");
    if installed.is_ok_and(|it| String::from_utf8_lossy(&it.stdout).trim() == wanted) {
        return Ok(());
    }
    command::run(
        command::cargo(setting)
            .args(["install", "--locked", "--no-default-features", "--force"])
            .arg("--root")
            .arg(tools(setting))
            .arg(format!("oha@{VERSION}")),
    )
}

fn tools(setting: &Setting) -> PathBuf {
    setting.target.join("tools")
}

fn program(setting: &Setting) -> PathBuf {
    tools(setting).join("bin/oha")
}

/// What a round of load said.
#[derive(Clone, Copy, Debug)]
pub(super) struct Load {
    /// Right answers per second.
    pub(super) per_second: f64,
    /// How long the slowest hundredth of them took at least.
    pub(super) p99_milliseconds: f64,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Report {
    summary: Summary,
    latency_percentiles: Percentiles,
    status_code_distribution: HashMap<String, u64>,
    error_distribution: HashMap<String, u64>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Summary {
    /// Seconds.
    total: f64,
    /// The bytes of all bodies.
    total_data: u64,
}

#[derive(Deserialize)]
struct Percentiles {
    /// Seconds; nothing without an answer.
    p99: Option<f64>,
}

impl Load {
    /// Puts a server under load for that time.
    pub(super) fn put(
        setting: &Setting,
        subject: Subject,
        server: &Server,
        time: Duration,
    ) -> Result<Load, Failure> {
        let report = setting.target.join("local-gateway/load.json");
        command::output(
            Command::new(program(setting))
                .args(["--no-tui", "--output-format", "json", "--output"])
                .arg(&report)
                .args(["-c", CONNECTIONS, "-z"])
                .arg(format!("{}s", time.as_secs()))
                // Else requests that are under way at the end count as errors.
                .arg("--wait-ongoing-requests-after-deadline")
                .arg(server.url(subject.path())),
        )?;
        let text = fs::read(&report).map_err(|error| Failure::File {
            path: report.clone(),
            error,
        })?;
        let report: Report = serde_json::from_slice(&text).map_err(|error| {
            Failure::Unexpected(format!("the report of oha cannot be read: {error}"))
        })?;
        report.read(subject)
    }
}

impl Report {
    fn read(&self, subject: Subject) -> Result<Load, Failure> {
        let of_status = |status: &str| self.status_code_distribution.get(status);
        let right = of_status("200").copied().unwrap_or_default();
        let wrong = self.status_code_distribution.values().sum::<u64>() - right;
        let errors: u64 = self.error_distribution.values().sum();
        if wrong > 0 || errors > 0 {
            let problem = format!(
                "{subject}: {right} right answers, but also {:?} and {:?}",
                self.status_code_distribution, self.error_distribution
            );
            // A peer's failures are the peer's: what it does answer counts.
            if subject == Subject::CargoChalice || right == 0 {
                return Err(Failure::Unexpected(problem));
            }
            eprintln!("{problem}");
        }
        if wrong == 0 && self.summary.total_data != right * ANSWER.len() as u64 {
            return Err(Failure::Unexpected(format!(
                "{subject}: {right} answers have {} bytes, and not {} each",
                self.summary.total_data,
                ANSWER.len()
            )));
        }
        let p99 = self.latency_percentiles.p99.unwrap_or(f64::INFINITY);
        Ok(Load {
            per_second: right as f64 / self.summary.total,
            p99_milliseconds: p99 * 1000.0,
        })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn report(bytes: u64, statuses: Value, errors: Value) -> Report {
        let report = json!({
            "summary": {"successRate": 1.0, "total": 2.0, "requestsPerSec": 50.0, "totalData": bytes},
            "latencyPercentiles": {"p50": 0.001, "p99": 0.004, "p99.9": null},
            "statusCodeDistribution": statuses,
            "errorDistribution": errors,
        });
        serde_json::from_value(report).unwrap()
    }

    #[test]
    fn right_answers_per_second() {
        let bytes = 100 * ANSWER.len() as u64;
        let load = report(bytes, json!({"200": 100}), json!({}));
        let load = load.read(Subject::CargoChalice).unwrap();
        assert_eq!((load.per_second, load.p99_milliseconds), (50.0, 4.0));
    }

    #[test]
    fn wrong_answers_do_not_count() {
        let longer = report(1800, json!({"200": 100}), json!({}));
        longer.read(Subject::PythonChalice).unwrap_err();
        let mixed = || report(1, json!({"200": 60, "502": 30}), json!({"timeout": 10}));
        mixed().read(Subject::CargoChalice).unwrap_err();
        assert_eq!(mixed().read(Subject::CargoLambda).unwrap().per_second, 30.0);
        let nothing = report(0, json!({}), json!({"refused": 1}));
        nothing.read(Subject::CargoLambda).unwrap_err();
    }
}
