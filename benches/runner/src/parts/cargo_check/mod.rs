//! What rustc has to do for the crate of an app, which is what its author waits for at every save.
//!
//! The same app is written for each framework (`generated-apps`), and `cargo check` builds its
//! dependencies. Then the very call of rustc that cargo made for the app's crate is made
//! again and again, without cargo, in the default development profile.
//!
//! - "clean": without incremental compilation, as in a first build.
//! - "touched": with it, after the body of one handler in the middle of the app has been edited.
//! - "wall": the same calls from their start to their end; rustc has few threads to use, so that it says little more.
//! - "instructions": clean, counted by valgrind, because CPU time is noisy.
//! - "growth": user CPU per further route, from 1,000 to 3,000 routes, beside that from 100 to 1,000: 1 is linear.

mod app;
mod rustc;

use std::{thread, time::Duration};

use generated_apps::Framework;

use crate::{
    failure::Failure,
    figure::{Figure, Goal, Sample},
    part::{Part, Setting},
};
use app::App;
use rustc::{Incremental, Rustc, Time};

/// The part.
pub(crate) const PART: Part = Part {
    name: "cargo-check",
    about: "rustc for the crate of an app, its dependencies built",
    build,
    measure,
};

/// Numbers of routes, and how often each is compiled: the larger, the less noise.
const SIZES: [(usize, usize); 4] = [(10, 7), (100, 5), (1_000, 3), (3_000, 1)];

/// Numbers of routes whose instructions are counted; valgrind takes too long for more.
const COUNTED: [usize; 2] = [10, 100];

/// Ours first.
const FRAMEWORKS: [Framework; 4] = [
    Framework::Chalice,
    Framework::Functions,
    Framework::Axum,
    Framework::Rocket,
];

/// How much of the peer's time an app of 1,000 routes may take.
const AXUM_GOAL: (usize, Goal) = (1_000, Goal::AtMost(2.0));

/// How much more a route may cost in a large app than in a small one.
const GROWTH_GOAL: Goal = Goal::AtMost(1.2);

const USER: &str = "user CPU of rustc, calls in turns, median";
const WALL: &str = "wall time of rustc, calls in turns, median";
const COUNT: &str = "instructions of rustc (valgrind), without incremental compilation";

fn against(framework: Framework) -> &'static str {
    match framework {
        Framework::Chalice => "chalice",
        Framework::Functions => "functions alone",
        Framework::Axum => "axum 0.8",
        Framework::Rocket => "Rocket 0.5",
    }
}

/// How long a peer's app may take to be built and checked once, for larger ones to be measured, too.
const PATIENCE: Duration = Duration::from_secs(20);

/// Whose apps of that size were built, ours first.
fn apps(setting: &Setting, count: usize) -> Vec<App> {
    FRAMEWORKS
        .into_iter()
        .map(|framework| App { framework, count })
        .filter(|app| app.is_built(setting))
        .collect()
}

/// A peer that cannot be built in some size, or not within [`PATIENCE`] in the one before, is left out there.
fn build(setting: &Setting) -> Result<(), Failure> {
    for framework in FRAMEWORKS {
        let mut problem = None;
        for (count, _) in SIZES {
            let app = App { framework, count };
            app.forget(setting)?;
            if problem.is_none() {
                match app.build(setting) {
                    Ok(took) if took > PATIENCE && framework != FRAMEWORKS[0] => {
                        problem = Some(format!("{count} routes take {} s", took.as_secs()));
                        continue;
                    }
                    Ok(_) => continue,
                    Err(failure) if framework == FRAMEWORKS[0] => return Err(failure),
                    Err(failure) => problem = Some(failure.to_string()),
                }
            }
            if let Some(problem) = &problem {
                let against = against(framework);
                eprintln!("note: {against} is left out at {count} routes: {problem}");
            }
        }
    }
    Ok(())
}

fn measure(setting: &Setting) -> Result<Vec<Figure>, Failure> {
    let mut figures = Vec::new();
    let mut medians = Vec::new();
    for (count, repetitions) in SIZES {
        for (incremental, name) in [(Incremental::Off, "clean"), (Incremental::On, "touched")] {
            let times = times(setting, count, incremental, repetitions)?;
            let user = sampled(&times, |time| time.user)?;
            if incremental == Incremental::Off {
                medians.extend(user.first().map(|(_, ours)| (count, ours.median)));
            }
            let name = format!("{name}, {count} routes");
            figures.extend(compared(&name, &user, "s", USER, |of| goal(of, count)));
            let wall = sampled(&times, |time| time.wall)?;
            let name = format!("{name}, wall");
            figures.extend(compared(&name, &wall, "s", WALL, |_| Goal::None));
        }
    }
    figures.extend(growth(&medians));
    for count in COUNTED {
        let samples = instructions(setting, count)?;
        let name = format!("clean, {count} routes");
        figures.extend(compared(&name, &samples, "instructions", COUNT, |_| {
            Goal::None
        }));
    }
    Ok(figures)
}

/// The instructions of every app's crate. They are the same whatever runs beside, so all are counted at once.
fn instructions(setting: &Setting, count: usize) -> Result<Vec<(Framework, Sample)>, Failure> {
    let counted = |app: App| {
        let instructions = Rustc::of(setting, app, Incremental::Off)?.instructions()?;
        Ok((app.framework, Sample::exact(instructions as f64)))
    };
    thread::scope(|scope| {
        let counting: Vec<_> = apps(setting, count)
            .into_iter()
            .map(|app| scope.spawn(move || counted(app)))
            .collect();
        counting
            .into_iter()
            .map(|counting| {
                let lost = |_| Failure::Unexpected("rustc was not counted".to_owned());
                counting.join().map_err(lost)?
            })
            .collect()
    })
}

/// What every app's crate took, each in its turn.
fn times(
    setting: &Setting,
    count: usize,
    incremental: Incremental,
    repetitions: usize,
) -> Result<Vec<(Framework, Vec<Time>)>, Failure> {
    let mut compilers = Vec::new();
    for app in apps(setting, count) {
        let rustc = Rustc::of(setting, app, incremental)?;
        if incremental == Incremental::On {
            // What the edited app is compared with by rustc.
            rustc.time()?;
        }
        compilers.push((app, rustc, Vec::new()));
    }
    for edition in 1..=repetitions {
        for (app, rustc, times) in &mut compilers {
            if incremental == Incremental::On {
                app.edit(setting, edition)?;
            }
            times.push(rustc.time()?);
        }
    }
    compilers
        .into_iter()
        .map(|(app, _, times)| {
            app.write(setting)?;
            Ok((app.framework, times))
        })
        .collect()
}

/// The quartiles of one value of each call.
fn sampled(
    times: &[(Framework, Vec<Time>)],
    value: fn(&Time) -> f64,
) -> Result<Vec<(Framework, Sample)>, Failure> {
    let sample = |(framework, times): &(Framework, Vec<Time>)| {
        Sample::of(times.iter().map(value).collect())
            .map(|sample| (*framework, sample))
            .ok_or_else(|| Failure::Unexpected("nothing was measured".to_owned()))
    };
    times.iter().map(sample).collect()
}

/// What is wanted of the user CPU time beside that of a framework.
fn goal(framework: Framework, count: usize) -> Goal {
    match (framework, AXUM_GOAL) {
        (Framework::Axum, (at, goal)) if at == count => goal,
        _ => Goal::None,
    }
}

/// Ours beside each peer's.
fn compared(
    name: &str,
    samples: &[(Framework, Sample)],
    unit: &'static str,
    measured: &'static str,
    goal: impl Fn(Framework) -> Goal,
) -> Vec<Figure> {
    let Some(((_, ours), peers)) = samples.split_first() else {
        return Vec::new();
    };
    peers
        .iter()
        .map(|(framework, peer)| Figure {
            name: name.to_owned(),
            against: against(*framework).to_owned(),
            ours: ours.clone(),
            peer: peer.clone(),
            goal: goal(*framework),
            unit,
            measured,
        })
        .collect()
}

/// What a further route costs in the largest app, beside what it costs in a smaller one.
fn growth(medians: &[(usize, f64)]) -> Option<Figure> {
    let [.., small, middle, large] = medians else {
        return None;
    };
    let slope = |(from, less): (usize, f64), (to, more): (usize, f64)| {
        Sample::exact((more - less) / (to - from) as f64 * 1_000.0)
    };
    Some(Figure {
        name: format!("growth, {} to {} routes", middle.0, large.0),
        against: format!("{} to {} routes", small.0, middle.0),
        ours: slope(*middle, *large),
        peer: slope(*small, *middle),
        goal: GROWTH_GOAL,
        unit: "ms per route",
        measured: "user CPU of rustc, without incremental compilation: medians subtracted",
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn growth_of_what_is_linear_is_one() {
        let figure = growth(&[(10, 0.1), (100, 0.3), (1_000, 2.1), (3_000, 6.1)]).unwrap();
        assert!((figure.ratio() - 1.0).abs() < 1e-9, "{figure:?}");
        let figure = growth(&[(100, 1.0), (1_000, 10.0), (3_000, 90.0)]).unwrap();
        assert_eq!(figure.goal.is_met(figure.ratio()), Some(false));
    }

    #[test]
    fn axum_has_a_goal_at_a_thousand_routes_only() {
        let samples = FRAMEWORKS.map(|framework| (framework, Sample::exact(1.0)));
        let goals = |count| {
            let figures = compared("clean", &samples, "s", USER, |of| goal(of, count));
            figures
                .into_iter()
                .map(|figure| (figure.against, figure.goal))
                .filter(|(_, goal)| *goal != Goal::None)
                .collect::<Vec<_>>()
        };
        assert_eq!(goals(1_000), [("axum 0.8".to_owned(), Goal::AtMost(2.0))]);
        assert_eq!(goals(100), []);
    }
}
