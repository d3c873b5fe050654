//! The development servers: one small route at 64 connections at once, by `wrk` on the loopback interface.
//!
//! All three answer `GET /hello` by the same JSON from their own functions: `cargo chalice local` and `cargo lambda
//! watch` from processes that are built by the release profile (`--release`), `chalice local` from its own process. Of
//! all other settings each has its defaults, but that `chalice local` does not look for changed sources, which
//! spares it a second process; `cargo lambda watch` has one process per function, and serves no more requests with
//! four of them (`--concurrency`), while it needs more CPU time for each. What the servers and functions print goes to
//! a file each.
//!
//! Requests per second are successful answers only, and all of them have to have the length of the right one. The
//! rounds take turns, so that what else the machine does meets all of them. The load shares the machine's cores
//! with the servers.
//!
//! What limits the first ratio on a machine of two cores: Python lets one thread of `chalice local` run at a time, but
//! that one answers without another process. Of ours, each request is a hand-over to a process and back, with three
//! writes and three reads of sockets in the server and two of each in the function; server, functions and `wrk`
//! share both cores. CPU time per answer is there to show it.

mod load;
mod server;
mod subject;

use std::time::Duration;

use self::{
    load::Load,
    server::Server,
    subject::{Subject, prepare},
};
use crate::{
    failure::Failure,
    figure::{Figure, Goal, Sample},
    part::{Part, Setting},
};

/// The row of the local gateway.
pub(crate) const PART: Part = Part {
    name: "local-gateway",
    about: "requests per second and p99 of development servers at 64 connections",
    build,
    measure,
};

/// How many rounds each server has.
const ROUNDS: usize = 7;
/// How long one round is.
const ROUND: Duration = Duration::from_secs(4);
/// How it is measured.
const MEASURED: &str = "wrk, 7 rounds of 4 s in turns, median";
/// A first round, which counts for nothing: processes start, and caches fill.
const WARM_UP: Duration = Duration::from_secs(2);
/// How long a server may need to start when it builds its function first, dependencies and all.
const BUILD_PATIENCE: Duration = Duration::from_secs(1800);
/// How long it may need when everything is built.
const START_PATIENCE: Duration = Duration::from_secs(120);

fn build(setting: &Setting) -> Result<(), Failure> {
    load::install()?;
    prepare(setting)?;
    // The servers build their functions themselves.
    for subject in Subject::ALL {
        eprintln!("building what {subject} serves");
        Server::start(setting, subject, BUILD_PATIENCE)?;
    }
    Ok(())
}

fn measure(setting: &Setting) -> Result<Vec<Figure>, Failure> {
    let mut rounds = Vec::new();
    for subject in Subject::ALL {
        let server = Server::start(setting, subject, START_PATIENCE)?;
        Load::put(setting, subject, &server, WARM_UP)?;
        rounds.push((subject, server, Vec::new()));
    }
    for _ in 0..ROUNDS {
        for (subject, server, loads) in &mut rounds {
            loads.push(Load::put(setting, *subject, server, ROUND)?);
        }
    }
    for (subject, server, _) in &mut rounds {
        server.check(*subject)?;
    }
    let of = |subject: Subject, value: fn(&Load) -> f64| {
        rounds
            .iter()
            .filter(|(of, ..)| *of == subject)
            .find_map(|(_, _, loads)| Sample::of(loads.iter().map(value).collect()))
            .ok_or_else(|| Failure::Unexpected(format!("{subject} was not measured")))
    };
    let mut figures = Vec::new();
    for (peer, goal) in [
        (Subject::PythonChalice, Goal::Above(20.0)),
        (Subject::CargoLambda, Goal::Above(1.5)),
    ] {
        figures.push(Figure {
            name: "answers at 64 connections".to_owned(),
            against: peer.to_string(),
            ours: of(Subject::CargoChalice, |load| load.per_second)?,
            peer: of(peer, |load| load.per_second)?,
            goal,
            unit: "requests/s",
            measured: MEASURED,
        });
    }
    for peer in [Subject::PythonChalice, Subject::CargoLambda] {
        figures.push(Figure {
            name: "p99 latency at 64 connections".to_owned(),
            against: peer.to_string(),
            ours: of(Subject::CargoChalice, |load| load.p99_milliseconds)?,
            peer: of(peer, |load| load.p99_milliseconds)?,
            goal: Goal::Below(1.0),
            unit: "ms",
            measured: MEASURED,
        });
    }
    for peer in [Subject::PythonChalice, Subject::CargoLambda] {
        figures.push(Figure {
            name: "CPU of server and functions at 64 connections".to_owned(),
            against: peer.to_string(),
            ours: of(Subject::CargoChalice, |load| load.cpu_microseconds)?,
            peer: of(peer, |load| load.cpu_microseconds)?,
            goal: Goal::None,
            unit: "microseconds",
            measured: "user and system time per answer, 7 rounds of 4 s in turns, median",
        });
    }
    Ok(figures)
}
