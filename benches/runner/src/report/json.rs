//! `report.json`.

use serde::Serialize;

use super::Section;
use crate::figure::{Goal, Sample};

/// The whole report.
#[derive(Serialize)]
struct Report<'a> {
    figures: Vec<Record<'a>>,
    failures: Vec<Failed<'a>>,
}

/// A part without figures.
#[derive(Serialize)]
struct Failed<'a> {
    part: &'a str,
    problem: &'a str,
}

/// One figure.
#[derive(Serialize)]
struct Record<'a> {
    part: &'a str,
    name: &'a str,
    against: &'a str,
    ours: f64,
    peer: f64,
    ratio: f64,
    goal: Goal,
    met: Option<bool>,
    unit: &'a str,
    measured: &'a str,
    ours_sample: &'a Sample,
    peer_sample: &'a Sample,
    overlap: bool,
}

/// All figures as JSON: `{"figures": [..], "failures": [..]}`.
pub(crate) fn json(sections: &[Section]) -> Result<String, serde_json::Error> {
    let records = sections.iter().flat_map(|section| {
        section.figures.iter().map(|figure| Record {
            part: section.part,
            name: &figure.name,
            against: &figure.against,
            ours: figure.ours.median,
            peer: figure.peer.median,
            ratio: figure.ratio(),
            goal: figure.goal,
            met: figure.goal.is_met(figure.ratio()),
            unit: figure.unit,
            measured: figure.measured,
            ours_sample: &figure.ours,
            peer_sample: &figure.peer,
            overlap: figure.ours.count > 1 && figure.ours.overlaps(&figure.peer),
        })
    });
    let failures = sections.iter().filter_map(|section| {
        let problem = section.failure.as_deref()?;
        Some(Failed {
            part: section.part,
            problem,
        })
    });
    let report = Report {
        figures: records.collect(),
        failures: failures.collect(),
    };
    serde_json::to_string_pretty(&report)
}
