//! A raw path to its route: ours beside the routers of others.
//!
//! One look-up per route of the set (hits), and of paths near every route that none answers
//! (misses); all routers get the same routes and paths, and their answers are checked before. A
//! figure is instructions per look-up, what is captured included; ours finds the method's handler,
//! too. At the start of a program, the others build their routers; our tables are read-only data,
//! and what is left to do is to say where they are.

use generated_apps::Set;

use crate::{
    failure::Failure,
    figure::{Figure, Goal, Sample},
    gungraun::{Bench, Counts},
    part::{Part, Setting},
};

/// The part.
pub(crate) const PART: Part = Part {
    name: "lookup",
    about: "a raw path to its route, with what its placeholders match",
    build,
    measure,
};

const BENCH: Bench = Bench {
    package: "router",
    name: "lookup",
};

/// How many hits and misses actix-router gets among 1,000 routes, as the bench has it.
const SAMPLED: usize = 50;

/// Names in the bench and in the report.
const PEERS: [(&str, &str); 4] = [
    ("matchit", "matchit 0.9.2"),
    ("path_tree", "path-tree 0.8.3"),
    ("wayfind", "wayfind 1.1.2"),
    ("actix", "actix-router 0.5.4"),
];

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
        let sampled = set.clone().sample(SAMPLED);
        for (what, all, some) in [
            ("hits", set.hits.len(), sampled.hits.len()),
            ("misses", set.misses.len(), sampled.misses.len()),
        ] {
            for (peer, against) in PEERS {
                let is_sampled = peer == "actix" && size == "many";
                let asked = if is_sampled { some } else { all };
                figures.push(Figure {
                    name: format!("{what}, {routes}"),
                    against: against.to_owned(),
                    ours: per(&counts, &format!("lookup::{what}_ours_{size}::run"), all)?,
                    peer: per(&counts, &format!("lookup::{what}_{peer}::{size}"), asked)?,
                    goal: Goal::Below(0.75),
                    unit: "instructions",
                    measured: match is_sampled {
                        true => "callgrind, per look-up; the peer's of every nth path, 50 at most",
                        false => "callgrind, per look-up, mean of all paths",
                    },
                });
            }
        }
        for (peer, against) in PEERS {
            figures.push(Figure {
                name: format!("start, {routes}"),
                against: against.to_owned(),
                ours: per(&counts, &format!("lookup::start_ours_{size}"), 1)?,
                peer: per(&counts, &format!("lookup::start_{peer}::{size}"), 1)?,
                goal: Goal::None,
                unit: "instructions",
                measured: "callgrind; ours says where its tables are, the peer inserts its routes",
            });
        }
    }
    Ok(figures)
}

/// Instructions per look-up of a benchmark with `count` of them.
fn per(counts: &Counts, benchmark: &str, count: usize) -> Result<Sample, Failure> {
    Ok(Sample::exact(
        counts.instructions(benchmark)? / count as f64,
    ))
}
