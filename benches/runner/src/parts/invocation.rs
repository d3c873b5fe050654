//! One invocation in process, from the event's bytes to those of the answer: instructions and heap allocations.
//!
//! The packages `app-invocation`, `lambda-http-rest` and `lambda-http-http` answer the same events with the same
//! work; `invocation` says where an invocation begins and ends. Each was invoked twice before, and has answered
//! rightly, so that nothing is counted that happens once per process. Ours runs with its log and its state as
//! `chalice::run` sets them up; the peers run without a log. Each peer is built for the events of one kind of API
//! alone, which is how it is fastest, while ours takes both.
//!
//! "The parse of 100 KB of JSON alone" is no invocation: it is serde_json's reading of a body without escapes into
//! the type that all handlers take, beside whole invocations of the peers. A ratio of 100 KB that are parsed cannot be
//! lower than that one.

use crate::{
    failure::Failure,
    figure::{Figure, Goal, Sample},
    gungraun::{Bench, Counts},
    part::{Part, Setting},
};

/// The part.
pub(crate) const PART: Part = Part {
    name: "invocation",
    about: "one invocation in process: instructions and allocations, against lambda_http and axum",
    build,
    measure,
};

const OURS: Bench = Bench {
    package: "app-invocation",
    name: "in_process",
};

/// The kinds of APIs: how ours calls them, how the figures do, and who is compared.
const APIS: [(&str, &str, Bench); 2] = [
    (
        "rest",
        "REST API",
        Bench {
            package: "lambda-http-rest",
            name: "in_process",
        },
    ),
    (
        "http",
        "HTTP API",
        Bench {
            package: "lambda-http-http",
            name: "in_process",
        },
    ),
];

const WORKS: [(&str, &str); 3] = [
    ("small", "small JSON"),
    ("json", "100 KB of JSON, parsed"),
    ("bytes", "100 KB as bytes"),
];

/// What everyone does with a body that is parsed, by the bench of ours.
const PARSE: (&str, &str) = ("one::parse::json", "json");

const ROUTES: [usize; 3] = [1, 130, 1_000];

/// What is counted: its name, how gungraun has it, and who counts.
type Counted = (
    &'static str,
    fn(&Counts, &str) -> Result<f64, Failure>,
    &'static str,
);

const COUNTED: [Counted; 2] = [
    ("instructions", Counts::instructions, "callgrind"),
    ("allocations", Counts::blocks, "DHAT"),
];

fn build(setting: &Setting) -> Result<(), Failure> {
    OURS.build(setting)?;
    APIS.iter().try_for_each(|(_, _, peer)| peer.build(setting))
}

fn measure(setting: &Setting) -> Result<Vec<Figure>, Failure> {
    let ours = OURS.measure(setting)?;
    let mut figures = Vec::new();
    for (api, api_name, peer) in APIS {
        let peer = peer.measure(setting)?;
        let (parse, work) = PARSE;
        for (against, of_peer) in peers(work, 1) {
            for (unit, count, measured) in COUNTED {
                figures.push(Figure {
                    name: format!("{api_name}, the parse of 100 KB of JSON alone"),
                    against: against.to_owned(),
                    ours: Sample::exact(count(&ours, parse)?),
                    peer: Sample::exact(count(&peer, &of_peer)?),
                    goal: Goal::None,
                    unit,
                    measured,
                });
            }
        }
        for (work, work_name) in WORKS {
            for routes in ROUTES {
                let of_ours = format!("one::ours::{api}_{work}_{routes}");
                for (against, of_peer) in peers(work, routes) {
                    for (unit, count, measured) in COUNTED {
                        figures.push(Figure {
                            name: format!("{api_name}, {work_name}, {routes} routes"),
                            against: against.to_owned(),
                            ours: Sample::exact(count(&ours, &of_ours)?),
                            peer: Sample::exact(count(&peer, &of_peer)?),
                            goal: Goal::Below(0.3),
                            unit,
                            measured,
                        });
                    }
                }
            }
        }
    }
    Ok(figures)
}

/// Who is compared for that work and number of routes, and the name of their bench.
fn peers(work: &str, routes: usize) -> [(&'static str, String); 2] {
    [
        (
            "lambda_http 1.3.2, no routing",
            format!("one::bare::{work}"),
        ),
        (
            "axum 0.8.9 on lambda_http",
            format!("one::axum::{work}_{routes}"),
        ),
    ]
}
