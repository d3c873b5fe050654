//! One invocation in process, in time, against frameworks for Python.
//!
//! Each process invokes its app in batches and prints what one invocation of each batch took; a process gives the
//! median of its batches. Ours and theirs take turns, so that whatever else the machine does hits both. Each
//! process has answered rightly before. In Python, an invocation is `json.loads`, the handler and `json.dumps`, as in
//! AWS's own runtime.

use std::{fs, path::PathBuf, process::Command};

use serde_json::Value;
use verifiers::Environment;

use crate::{
    command,
    failure::Failure,
    figure::{Figure, Goal, Sample},
    part::{Part, Setting},
};

/// The part.
pub(crate) const PART: Part = Part {
    name: "invocation-time",
    about: "one invocation in process, in time, against Chalice and Powertools for Python",
    build,
    measure,
};

/// How many processes of each run.
const TURNS: usize = 7;

/// A framework for Python.
struct Peer {
    /// The name of its folder.
    folder: &'static str,
    against: &'static str,
    requirements: &'static str,
    /// The kinds of APIs that it is compared for: how our program calls them, and how the figures do.
    apis: &'static [(&'static str, &'static str)],
}

const REST: (&str, &str) = ("rest", "REST API");
const HTTP: (&str, &str) = ("http", "HTTP API");

const PEERS: [Peer; 2] = [
    Peer {
        folder: "chalice",
        against: "Chalice 1.34.0 for Python",
        requirements: include_str!("../../../python/chalice/requirements.txt"),
        // Chalice has REST APIs only.
        apis: &[REST],
    },
    Peer {
        folder: "powertools",
        against: "Powertools 3.37.0 for Python",
        requirements: include_str!("../../../python/powertools/requirements.txt"),
        apis: &[REST, HTTP],
    },
];

impl Peer {
    fn environment(&self) -> Environment {
        Environment::new(&format!("bench-venv-{}", self.folder), self.requirements)
    }

    fn python(&self, setting: &Setting) -> Command {
        let folder = setting.benches.join("python");
        let mut python = Command::new(self.environment().python());
        python
            .env("PYTHONPATH", folder.join(self.folder))
            .env("PYTHONDONTWRITEBYTECODE", "1")
            .arg(folder.join("measure.py"))
            .arg(self.folder);
        python
    }
}

fn ours(setting: &Setting) -> Command {
    Command::new(setting.target.join("cargo/release/app-invocation"))
}

fn build(setting: &Setting) -> Result<(), Failure> {
    command::run(command::cargo(setting).args([
        "build",
        "--release",
        "--package",
        "app-invocation",
    ]))?;
    for peer in &PEERS {
        peer.environment().prepare()?;
    }
    Ok(())
}

fn measure(setting: &Setting) -> Result<Vec<Figure>, Failure> {
    let mut figures = Vec::new();
    for peer in &PEERS {
        for (api, api_name) in peer.apis {
            let event = event(setting, api)?;
            for routes in ["1", "130", "1000"] {
                check(setting, peer, routes, &event)?;
                let (mut of_ours, mut of_peer) = (Vec::new(), Vec::new());
                for _ in 0..TURNS {
                    let mut command = ours(setting);
                    of_ours.push(median(command.args([routes, api, "small", "21", "2000"]))?);
                    let mut command = peer.python(setting);
                    command.arg(routes).arg(&event).args(["11", "100"]);
                    of_peer.push(median(&mut command)?);
                }
                let none = || Failure::Unexpected("no process was run".to_owned());
                figures.push(Figure {
                    name: format!("{api_name}, small JSON, {routes} routes"),
                    against: peer.against.to_owned(),
                    ours: Sample::of(of_ours).ok_or_else(none)?,
                    peer: Sample::of(of_peer).ok_or_else(none)?,
                    goal: Goal::Below(0.1),
                    unit: "microseconds",
                    measured: "processes in turn, the median of each one's batches",
                });
            }
        }
    }
    Ok(figures)
}

/// A file with the event.
fn event(setting: &Setting, api: &str) -> Result<PathBuf, Failure> {
    let output = command::output(ours(setting).args(["event", api]))?;
    let path = setting.target.join(format!("event-{api}.json"));
    match fs::write(&path, output.stdout) {
        Ok(()) => Ok(path),
        Err(error) => Err(Failure::File { path, error }),
    }
}

/// Whether the peer answers as ours does, which has been checked by itself.
fn check(setting: &Setting, peer: &Peer, routes: &str, event: &PathBuf) -> Result<(), Failure> {
    let mut command = peer.python(setting);
    let output = command::output(command.arg(routes).arg(event).args(["1", "1"]))?;
    let answer: Value = serde_json::from_slice(&output.stdout).map_err(|error| {
        Failure::Unexpected(format!("{} answers no JSON: {error}", peer.against))
    })?;
    let body: Option<Value> = answer["body"]
        .as_str()
        .and_then(|body| serde_json::from_str(body).ok());
    let expected = serde_json::json!({
        "id": 4711, "customer": "Ada Lovelace", "total_cents": 129_900, "paid": true,
    });
    if answer["statusCode"] == 200 && body == Some(expected) {
        return Ok(());
    }
    Err(Failure::Unexpected(format!(
        "{} answers {answer}",
        peer.against
    )))
}

/// The median of what a process says its batches took, in microseconds.
fn median(command: &mut Command) -> Result<f64, Failure> {
    let output = command::output(command)?;
    let nanoseconds: Vec<f64> = serde_json::from_slice(&output.stdout).map_err(|error| {
        Failure::Unexpected(format!(
            "`{}` printed no list of times: {error}",
            command::typed(command)
        ))
    })?;
    let sample = Sample::of(nanoseconds).ok_or_else(|| {
        Failure::Unexpected(format!("`{}` measured nothing", command::typed(command)))
    })?;
    Ok(sample.median / 1_000.0)
}
