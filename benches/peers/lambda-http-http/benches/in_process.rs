//! Instructions and allocations of one invocation, by lambda_http alone and by axum behind it.

#![allow(missing_docs, reason = "macros of gungraun write items without")]

use gungraun::{Dhat, LibraryBenchmarkConfig, prelude::*};
use invocation::{Case, Done, Gateway, Work};

#[library_benchmark]
#[bench::small(Case::checked(
    Some(lambda_http_http::bare(Work::Small)),
    Gateway::HttpApi,
    Work::Small
))]
#[bench::json(Case::checked(
    Some(lambda_http_http::bare(Work::Json)),
    Gateway::HttpApi,
    Work::Json
))]
#[bench::bytes(Case::checked(
    Some(lambda_http_http::bare(Work::Bytes)),
    Gateway::HttpApi,
    Work::Bytes
))]
fn bare(case: Case) -> Done {
    case.run()
}

#[library_benchmark]
#[bench::small_1(Case::checked(lambda_http_http::axum(1), Gateway::HttpApi, Work::Small))]
#[bench::json_1(Case::checked(lambda_http_http::axum(1), Gateway::HttpApi, Work::Json))]
#[bench::bytes_1(Case::checked(lambda_http_http::axum(1), Gateway::HttpApi, Work::Bytes))]
#[bench::small_130(Case::checked(lambda_http_http::axum(130), Gateway::HttpApi, Work::Small))]
#[bench::json_130(Case::checked(lambda_http_http::axum(130), Gateway::HttpApi, Work::Json))]
#[bench::bytes_130(Case::checked(lambda_http_http::axum(130), Gateway::HttpApi, Work::Bytes))]
#[bench::small_1000(Case::checked(lambda_http_http::axum(1000), Gateway::HttpApi, Work::Small))]
#[bench::json_1000(Case::checked(lambda_http_http::axum(1000), Gateway::HttpApi, Work::Json))]
#[bench::bytes_1000(Case::checked(lambda_http_http::axum(1000), Gateway::HttpApi, Work::Bytes))]
fn axum(case: Case) -> Done {
    case.run()
}

library_benchmark_group!(name = one, benchmarks = [bare, axum]);

main!(
    config = LibraryBenchmarkConfig::default()
        .tool(Dhat::default())
        // Else lambda_http puts the stage before the path, and a router needs it in each of its paths.
        .env("AWS_LAMBDA_HTTP_IGNORE_STAGE_IN_PATH", "true"),
    library_benchmark_groups = one
);
