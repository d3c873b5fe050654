//! What a gateway has matched, a resource template and a method, to the handler.
//!
//! One look-up per route of the set; the answers are checked before. The standard library's map is
//! taken as it needs fewer instructions: from template and method, or from template to a place for
//! each method.

use generated_apps::Set;

use crate::{
    failure::Failure,
    figure::{Figure, Goal, Sample},
    gungraun::Bench,
    part::{Part, Setting},
};

/// The part.
pub(crate) const PART: Part = Part {
    name: "template-lookup",
    about: "a resource template and a method, which the gateway has matched, to the handler",
    build,
    measure,
};

const BENCH: Bench = Bench {
    package: "router",
    name: "template_lookup",
};

fn build(setting: &Setting) -> Result<(), Failure> {
    BENCH.build(setting)
}

fn measure(setting: &Setting) -> Result<Vec<Figure>, Failure> {
    let counts = BENCH.measure(setting)?;
    let sets = [
        ("few", "10 routes", Set::few()),
        ("github", "130 routes (GitHub's API)", Set::github()),
        ("many", "1,000 routes", Set::many()),
    ];
    let mut figures = Vec::new();
    for (size, routes, set) in sets {
        let per = |benchmark: &str| {
            let instructions = counts.instructions(&format!("template::{benchmark}"))?;
            Ok::<f64, Failure>(instructions / set.routes.len() as f64)
        };
        let ours = per(&format!("ours_{size}::run"))?;
        let map = per(&format!("by_both::{size}"))?.min(per(&format!("by_template::{size}"))?);
        let matchit = per(&format!("matchit::{size}"))?;
        for (against, peer) in [("std HashMap", map), ("matchit 0.9.2", matchit)] {
            figures.push(Figure {
                name: routes.to_owned(),
                against: against.to_owned(),
                ours: Sample::exact(ours),
                peer: Sample::exact(peer),
                goal: Goal::Below(0.5),
                unit: "instructions",
                measured: "callgrind, per look-up, mean of all templates",
            });
        }
    }
    Ok(figures)
}
