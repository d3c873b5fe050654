//! Instructions and allocations of one invocation of our apps.

#![allow(missing_docs, reason = "macros of gungraun write items without")]

use gungraun::{Dhat, LibraryBenchmarkConfig, prelude::*};
use invocation::{Batch, Case, Done, Gateway, Work};

#[library_benchmark]
#[bench::rest_small_1(Case::checked(app_invocation::invoke(1), Gateway::RestApi, Work::Small))]
#[bench::rest_json_1(Case::checked(app_invocation::invoke(1), Gateway::RestApi, Work::Json))]
#[bench::rest_bytes_1(Case::checked(app_invocation::invoke(1), Gateway::RestApi, Work::Bytes))]
#[bench::rest_small_130(Case::checked(app_invocation::invoke(130), Gateway::RestApi, Work::Small))]
#[bench::rest_json_130(Case::checked(app_invocation::invoke(130), Gateway::RestApi, Work::Json))]
#[bench::rest_bytes_130(Case::checked(app_invocation::invoke(130), Gateway::RestApi, Work::Bytes))]
#[bench::rest_small_1000(Case::checked(
    app_invocation::invoke(1000),
    Gateway::RestApi,
    Work::Small
))]
#[bench::rest_json_1000(Case::checked(app_invocation::invoke(1000), Gateway::RestApi, Work::Json))]
#[bench::rest_bytes_1000(Case::checked(
    app_invocation::invoke(1000),
    Gateway::RestApi,
    Work::Bytes
))]
#[bench::http_small_1(Case::checked(app_invocation::invoke(1), Gateway::HttpApi, Work::Small))]
#[bench::http_json_1(Case::checked(app_invocation::invoke(1), Gateway::HttpApi, Work::Json))]
#[bench::http_bytes_1(Case::checked(app_invocation::invoke(1), Gateway::HttpApi, Work::Bytes))]
#[bench::http_small_130(Case::checked(app_invocation::invoke(130), Gateway::HttpApi, Work::Small))]
#[bench::http_json_130(Case::checked(app_invocation::invoke(130), Gateway::HttpApi, Work::Json))]
#[bench::http_bytes_130(Case::checked(app_invocation::invoke(130), Gateway::HttpApi, Work::Bytes))]
#[bench::http_small_1000(Case::checked(
    app_invocation::invoke(1000),
    Gateway::HttpApi,
    Work::Small
))]
#[bench::http_json_1000(Case::checked(app_invocation::invoke(1000), Gateway::HttpApi, Work::Json))]
#[bench::http_bytes_1000(Case::checked(
    app_invocation::invoke(1000),
    Gateway::HttpApi,
    Work::Bytes
))]
fn ours(case: Case) -> Done {
    case.run()
}

// What a handler that takes the 100 KB as its type cannot do without, whoever calls it.
#[library_benchmark]
#[bench::json(Work::Json.body().expect("this work has a body"))]
fn parse(body: String) -> Batch {
    match serde_json::from_str(&body) {
        Ok(batch) => batch,
        Err(error) => panic!("{error}"),
    }
}

library_benchmark_group!(name = one, benchmarks = [ours, parse]);

main!(
    config = LibraryBenchmarkConfig::default().tool(Dhat::default()),
    library_benchmark_groups = one
);
