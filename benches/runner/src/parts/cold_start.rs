//! Cold start: from the start of a process to its first answer over a Runtime API on loopback.
//!
//! Every round starts each program once, in another order, so that what slows the machine down slows all of them down.
//! Processor time is user plus system time of the process, its end included. Instructions are those of all
//! of its threads from the start to the second request for an event, the dynamic linker's included. The
//! functions without a router get the same event in both comparisons.

use crate::{
    failure::Failure,
    figure::{Figure, Goal, Sample},
    part::{Part, Setting},
    subject::Subject,
};

pub(crate) const PART: Part = Part {
    name: "cold-start",
    about: "process start to first answer, over a Runtime API on loopback",
    build,
    measure,
};

/// How often each program is started: a multiple of the number of orders.
const ROUNDS: usize = 84;

const SUBJECTS: [Subject; 7] = [
    Subject::Hello,
    Subject::Routes,
    Subject::CargoLambda,
    Subject::CurrentThread,
    Subject::AxumRoutes,
    Subject::PythonHello,
    Subject::PythonRoutes,
];

/// Ours, a peer, and what the processor time's ratio has to be.
const COMPARISONS: [(Subject, Subject, Goal); 7] = [
    (Subject::Hello, Subject::CargoLambda, Goal::Below(0.75)),
    (Subject::Hello, Subject::CurrentThread, Goal::AtMost(1.0)),
    (Subject::Hello, Subject::PythonHello, Goal::Below(0.1)),
    (Subject::Routes, Subject::CargoLambda, Goal::Below(0.75)),
    (Subject::Routes, Subject::CurrentThread, Goal::AtMost(1.0)),
    (Subject::Routes, Subject::AxumRoutes, Goal::None),
    (Subject::Routes, Subject::PythonRoutes, Goal::Below(0.1)),
];

/// What the starts of one program needed.
#[derive(Default)]
struct Starts {
    milliseconds: Vec<f64>,
    processor_milliseconds: Vec<f64>,
    peak_kilobytes: Vec<f64>,
    instructions: f64,
}

fn build(setting: &Setting) -> Result<(), Failure> {
    SUBJECTS
        .iter()
        .try_for_each(|subject| subject.build(setting))
}

fn measure(setting: &Setting) -> Result<Vec<Figure>, Failure> {
    let mut starts: [Starts; SUBJECTS.len()] = Default::default();
    for subject in SUBJECTS {
        // Files are read from the disk, and Python's are compiled.
        subject.run(setting, 1, 0)?;
    }
    for round in 0..ROUNDS {
        for at in order(round) {
            let (Some(subject), Some(starts)) = (SUBJECTS.get(at), starts.get_mut(at)) else {
                continue;
            };
            let run = subject.run(setting, 1, 0)?;
            let milliseconds = |time: std::time::Duration| time.as_secs_f64() * 1e3;
            starts.milliseconds.push(milliseconds(run.first_answer));
            starts
                .processor_milliseconds
                .push(milliseconds(run.processor_time));
            starts.peak_kilobytes.push(run.peak_memory as f64 / 1024.0);
        }
    }
    for (subject, starts) in SUBJECTS.iter().zip(&mut starts) {
        starts.instructions = subject.instructions(setting, 1)? as f64;
    }
    let of = |wanted: Subject| {
        let mut all = SUBJECTS.iter().zip(&starts);
        all.find(|(subject, _)| **subject == wanted)
            .map(|(_, starts)| starts)
            .ok_or_else(|| Failure::Unexpected(format!("{wanted:?} was not started")))
    };
    let mut figures = Vec::new();
    for (ours, peer, goal) in COMPARISONS {
        figures.extend(compare(ours, of(ours)?, peer, of(peer)?, goal)?);
    }
    Ok(figures)
}

/// The subjects in the order of that round. Every one comes equally often after every other: what runs
/// after Python finds the processor's caches full of Python.
fn order(round: usize) -> impl Iterator<Item = usize> {
    // The number of subjects is a prime, so every step visits all of them.
    let count = SUBJECTS.len();
    let step = round % (count - 1) + 1;
    (0..count).map(move |at| (round + at * step) % count)
}

/// The four figures of one comparison.
fn compare(
    subject: Subject,
    ours: &Starts,
    against: Subject,
    peer: &Starts,
    goal: Goal,
) -> Result<[Figure; 4], Failure> {
    let routes = match subject {
        Subject::Routes => "1,000 routes",
        _ => "1 route",
    };
    let sample = |values: &[f64]| {
        let none = || Failure::Unexpected("nothing was started".to_owned());
        Sample::of(values.to_vec()).ok_or_else(none)
    };
    let figure = |what: &str, samples: (Sample, Sample), goal, unit, measured| Figure {
        name: format!("{what}, {routes}"),
        against: against.name().to_owned(),
        ours: samples.0,
        peer: samples.1,
        goal,
        unit,
        measured,
    };
    let of = |values: fn(&Starts) -> &[f64]| -> Result<_, Failure> {
        Ok((sample(values(ours))?, sample(values(peer))?))
    };
    let exact = (
        Sample::exact(ours.instructions),
        Sample::exact(peer.instructions),
    );
    Ok([
        figure(
            "CPU",
            of(|starts| &starts.processor_milliseconds)?,
            goal,
            "ms",
            "user plus system time of the process, interleaved starts",
        ),
        figure(
            "time",
            of(|starts| &starts.milliseconds)?,
            Goal::None,
            "ms",
            "start of the process to its first answer, interleaved starts",
        ),
        figure(
            "peak memory",
            of(|starts| &starts.peak_kilobytes)?,
            Goal::None,
            "KiB",
            "VmHWM after the first answer",
        ),
        figure(
            "instructions",
            exact,
            Goal::None,
            "instructions",
            "callgrind, whole process",
        ),
    ])
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    #[test]
    fn every_round_has_all_and_everyone_comes_after_everyone() {
        let mut pairs = BTreeMap::new();
        for round in 0..ROUNDS {
            let order: Vec<usize> = order(round).collect();
            let mut sorted = order.clone();
            sorted.sort_unstable();
            assert_eq!(sorted, (0..SUBJECTS.len()).collect::<Vec<_>>());
            for pair in order.windows(2) {
                *pairs.entry(pair.to_vec()).or_insert(0) += 1;
            }
        }
        let count = SUBJECTS.len();
        assert_eq!(pairs.len(), count * (count - 1));
        assert!(
            pairs.values().all(|times| times == &pairs[&vec![0, 1]]),
            "{pairs:?}"
        );
    }
}
