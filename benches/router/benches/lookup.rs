//! Instructions per look-up of a raw path, and per start of a router.
#![allow(missing_docs, reason = "the attributes make modules without any")]

use std::hint::black_box;

use generated_apps::Set;
use gungraun::prelude::*;
use router::{Actix, Case, Few, Github, Many, Matchit, Ours, OursCase, PathTree, Peer, Wayfind};

macro_rules! ours {
    ($($hits:ident, $misses:ident, $start:ident: $app:ident, $set:ident;)*) => {$(
        #[library_benchmark]
        #[bench::run(OursCase::checked::<$app>(Set::$set()))]
        fn $hits(case: &'static OursCase) {
            case.hits::<$app>();
        }

        #[library_benchmark]
        #[bench::run(OursCase::checked::<$app>(Set::$set()))]
        fn $misses(case: &'static OursCase) {
            case.misses::<$app>();
        }

        #[library_benchmark]
        fn $start() {
            black_box($app::router());
        }
    )*};
}

ours! {
    hits_ours_few, misses_ours_few, start_ours_few: Few, few;
    hits_ours_github, misses_ours_github, start_ours_github: Github, github;
    hits_ours_many, misses_ours_many, start_ours_many: Many, many;
}

macro_rules! peers {
    ($($hits:ident, $misses:ident, $start:ident: $peer:ident, $many:expr;)*) => {$(
        #[library_benchmark]
        #[bench::few(Case::checked(Set::few()))]
        #[bench::github(Case::checked(Set::github()))]
        #[bench::many(Case::checked($many))]
        fn $hits(case: &'static Case<$peer>) {
            case.hits();
        }

        #[library_benchmark]
        #[bench::few(Case::checked(Set::few()))]
        #[bench::github(Case::checked(Set::github()))]
        #[bench::many(Case::checked($many))]
        fn $misses(case: &'static Case<$peer>) {
            case.misses();
        }

        #[library_benchmark]
        #[bench::few(Case::<$peer>::patterns(&Set::few()))]
        #[bench::github(Case::<$peer>::patterns(&Set::github()))]
        #[bench::many(Case::<$peer>::patterns(&Set::many()))]
        fn $start(patterns: Vec<String>) -> (Vec<String>, $peer) {
            let router = $peer::build(black_box(&patterns));
            (patterns, router)
        }
    )*};
}

peers! {
    hits_matchit, misses_matchit, start_matchit: Matchit, Set::many();
    hits_path_tree, misses_path_tree, start_path_tree: PathTree, Set::many();
    hits_wayfind, misses_wayfind, start_wayfind: Wayfind, Set::many();
    hits_actix, misses_actix, start_actix: Actix, Set::many().sample(50);
}

library_benchmark_group!(
    name = lookup,
    benchmarks = [
        hits_ours_few,
        hits_ours_github,
        hits_ours_many,
        misses_ours_few,
        misses_ours_github,
        misses_ours_many,
        start_ours_few,
        start_ours_github,
        start_ours_many,
        hits_matchit,
        misses_matchit,
        start_matchit,
        hits_path_tree,
        misses_path_tree,
        start_path_tree,
        hits_wayfind,
        misses_wayfind,
        start_wayfind,
        hits_actix,
        misses_actix,
        start_actix,
    ]
);

main!(library_benchmark_groups = lookup);
