//! Instructions and allocations of one batch with `aws_lambda_events`.

#![allow(missing_docs, reason = "macros of gungraun write items without")]

use gungraun::{Dhat, LibraryBenchmarkConfig, prelude::*};
use invocation::{BatchCase, Done};

#[library_benchmark]
#[bench::n10(BatchCase::checked(Some(peer_aws_lambda_events::invoke()), 10))]
#[bench::n1000(BatchCase::checked(Some(peer_aws_lambda_events::invoke()), 1_000))]
fn by_hand(case: BatchCase) -> Done {
    case.run()
}

library_benchmark_group!(name = sqs_batch, benchmarks = [by_hand]);

main!(
    config = LibraryBenchmarkConfig::default().tool(Dhat::default()),
    library_benchmark_groups = sqs_batch
);
