//! One more invocation over a Runtime API on loopback, of a process that has had some.
//!
//! Instructions are those of all threads of the process: the difference of two runs under callgrind, divided
//! by the difference of their invocations. Processor time is what the process's threads have run between the
//! end of the first invocations and that of the last, in interleaved runs.

use crate::{
    failure::Failure,
    figure::{Figure, Goal, Sample},
    part::{Part, Setting},
    subject::Subject,
};

pub(crate) const PART: Part = Part {
    name: "warm-invocation",
    about: "one more invocation over a Runtime API on loopback, the whole process",
    build,
    measure,
};

/// How often each program is run for its processor time.
const ROUNDS: usize = 11;
/// The invocations before those of which the processor time is taken, and these.
const WARM_UP: usize = 200;
const INVOCATIONS: usize = 1000;
/// The invocations of the two runs under callgrind.
const FEW: usize = 20;
const MANY: usize = 220;

const OURS: Subject = Subject::Hello;
const PEERS: [(Subject, Goal); 3] = [
    (Subject::CargoLambda, Goal::Below(0.4)),
    (Subject::CurrentThread, Goal::None),
    (Subject::PythonHello, Goal::None),
];

fn build(setting: &Setting) -> Result<(), Failure> {
    OURS.build(setting)?;
    PEERS.iter().try_for_each(|(peer, _)| peer.build(setting))
}

fn measure(setting: &Setting) -> Result<Vec<Figure>, Failure> {
    let mut ours = Vec::new();
    let mut peers: [Vec<f64>; PEERS.len()] = Default::default();
    for _ in 0..ROUNDS {
        ours.push(microseconds(setting, OURS)?);
        for ((peer, _), times) in PEERS.iter().zip(&mut peers) {
            times.push(microseconds(setting, *peer)?);
        }
    }
    let none = || Failure::Unexpected("nothing was invoked".to_owned());
    let ours_instructions = instructions(setting, OURS)?;
    let ours = Sample::of(ours).ok_or_else(none)?;
    let mut figures = Vec::new();
    for ((peer, goal), times) in PEERS.into_iter().zip(peers) {
        figures.push(Figure {
            name: "instructions per invocation".to_owned(),
            against: peer.name().to_owned(),
            ours: Sample::exact(ours_instructions),
            peer: Sample::exact(instructions(setting, peer)?),
            goal,
            unit: "instructions",
            measured: "callgrind, whole process, difference of two runs",
        });
        figures.push(Figure {
            name: "CPU per invocation".to_owned(),
            against: peer.name().to_owned(),
            ours: ours.clone(),
            peer: Sample::of(times).ok_or_else(none)?,
            goal,
            unit: "us",
            measured: "time that all threads have run, interleaved runs",
        });
    }
    Ok(figures)
}

/// The processor time of one invocation.
fn microseconds(setting: &Setting, subject: Subject) -> Result<f64, Failure> {
    let run = subject.run(setting, WARM_UP + INVOCATIONS, WARM_UP)?;
    Ok(run.warm_processor_time.as_secs_f64() * 1e6 / INVOCATIONS as f64)
}

/// The instructions of one invocation.
fn instructions(setting: &Setting, subject: Subject) -> Result<f64, Failure> {
    let few = subject.instructions(setting, FEW)?;
    let many = subject.instructions(setting, MANY)?;
    Ok((many as f64 - few as f64) / (MANY - FEW) as f64)
}
