//! One record after the other.

use std::{collections::HashSet, future::Future};

use super::{BatchRecord, BatchRules, One, Order, RecordFailure};

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
    let mut failed_groups = HashSet::new();
    for (at, record) in records.iter().enumerate() {
        let handled = if failed_groups.contains(&record.group) {
            Err(RecordFailure::GroupFailed)
        } else {
            one.handle(at).await
        };
        let Err(failure) = handled else { continue };
        if !rules.report_batch_item_failures {
            return Err(failure);
        }
        on_failure(*record, &failure);
        failed.push(record.identifier);
        match rules.order {
            Order::Any => {}
            Order::WithinGroups => {
                failed_groups.insert(record.group);
            }
            Order::Strict => break,
        }
    }
    Ok(failed)
}
