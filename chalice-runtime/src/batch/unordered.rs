//! Several records at a time.

use std::future::Future;

use futures_util::stream::{FuturesUnordered, StreamExt};

use super::{BatchRecord, BatchRules, One, RecordFailure};

pub(super) async fn run<'r, E, H, F>(
    records: &[BatchRecord<'r>],
    rules: BatchRules,
    one: One<H>,
    mut on_failure: impl FnMut(BatchRecord<'r>, &RecordFailure<E>),
) -> Result<Vec<&'r str>, RecordFailure<E>>
where
    H: Fn(usize) -> F,
    F: Future<Output = Result<(), E>>,
{
    let mut failed = Vec::new();
    let mut waiting = 0..records.len();
    let mut running = FuturesUnordered::new();
    let one = &one;
    loop {
        while running.len() < rules.concurrency
            && let Some(at) = waiting.next()
        {
            running.push(async move { (at, one.handle(at).await) });
        }
        let Some((at, handled)) = running.next().await else {
            break;
        };
        let Err(failure) = handled else { continue };
        if !rules.report_batch_item_failures {
            return Err(failure);
        }
        on_failure(records[at], &failure);
        failed.push(at);
    }
    failed.sort_unstable();
    Ok(failed
        .into_iter()
        .map(|at| records[at].identifier)
        .collect())
}
