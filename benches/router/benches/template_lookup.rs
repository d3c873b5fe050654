//! Instructions per look-up of a resource template and a method, as a gateway gives them.
#![allow(missing_docs, reason = "the attributes make modules without any")]

use generated_apps::Set;
use gungraun::prelude::*;
use router::{ByBoth, ByTemplate, Few, Github, Many, MatchitTable, OursCase, TableCase};

#[library_benchmark]
#[bench::run(OursCase::checked::<Few>(Set::few()))]
fn ours_few(case: &'static OursCase) {
    case.templates::<Few>();
}

#[library_benchmark]
#[bench::run(OursCase::checked::<Github>(Set::github()))]
fn ours_github(case: &'static OursCase) {
    case.templates::<Github>();
}

#[library_benchmark]
#[bench::run(OursCase::checked::<Many>(Set::many()))]
fn ours_many(case: &'static OursCase) {
    case.templates::<Many>();
}

macro_rules! peers {
    ($($name:ident: $table:ty;)*) => {$(
        #[library_benchmark]
        #[bench::few(TableCase::checked(Set::few()))]
        #[bench::github(TableCase::checked(Set::github()))]
        #[bench::many(TableCase::checked(Set::many()))]
        fn $name(case: &'static TableCase<$table>) {
            case.all();
        }
    )*};
}

peers! {
    by_both: ByBoth;
    by_template: ByTemplate;
    matchit: MatchitTable;
}

library_benchmark_group!(
    name = template,
    benchmarks = [
        ours_few,
        ours_github,
        ours_many,
        by_both,
        by_template,
        matchit
    ]
);

main!(library_benchmark_groups = template);
