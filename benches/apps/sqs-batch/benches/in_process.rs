//! Instructions and allocations of one batch with our handlers.

#![allow(missing_docs, reason = "macros of gungraun write items without")]

use gungraun::{Dhat, LibraryBenchmarkConfig, prelude::*};
use invocation::{BatchCase, Done};

#[library_benchmark]
#[bench::message_10(BatchCase::checked(app_sqs_batch::invoke("message"), 10))]
#[bench::message_1000(BatchCase::checked(app_sqs_batch::invoke("message"), 1_000))]
#[bench::batch_10(BatchCase::checked(app_sqs_batch::invoke("batch"), 10))]
#[bench::batch_1000(BatchCase::checked(app_sqs_batch::invoke("batch"), 1_000))]
fn ours(case: BatchCase) -> Done {
    case.run()
}

library_benchmark_group!(name = sqs_batch, benchmarks = [ours]);

main!(
    config = LibraryBenchmarkConfig::default().tool(Dhat::default()),
    library_benchmark_groups = sqs_batch
);
