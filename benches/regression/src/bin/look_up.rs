//! `look_up <ROUNDS>`: every route of the app of 1,000 routes by a path of it, and as many paths that no route has.

use std::{env, hint::black_box, process::ExitCode};

use chalice::{__private::core::router::Captures, prelude::*};

include!(concat!(env!("OUT_DIR"), "/routes.rs"));

/// A path of each route.
const PATHS: [&str; 1000] = include!(concat!(env!("OUT_DIR"), "/paths.rs"));

fn main() -> ExitCode {
    let Some(rounds) = env::args().nth(1).and_then(|it| it.parse::<usize>().ok()) else {
        eprintln!("usage: look_up <ROUNDS>");
        return ExitCode::from(2);
    };
    let router = <APP as chalice::Application>::router();
    let mut missing: Vec<String> = PATHS.map(str::to_owned).into();
    for path in &mut missing {
        path.push_str("/more");
    }
    for _ in 0..rounds {
        for (path, missing) in PATHS.iter().zip(&missing) {
            let mut captures = Captures::NONE;
            let found = router.find(black_box(path), &mut captures).is_some();
            black_box(captures);
            let mut captures = Captures::NONE;
            let lost = router.find(black_box(missing), &mut captures).is_none();
            if !(found && lost) {
                eprintln!("{path} or {missing} is answered wrongly");
                return ExitCode::FAILURE;
            }
        }
    }
    ExitCode::SUCCESS
}
