//! Batches whose records are handled one by one: in which order, and what a
//! failure means for the records behind it.
//!
//! What remains of a batch is named by the records' identifiers, which AWS
//! Lambda takes as `batchItemFailures` (AWS Lambda, "Implementing partial batch
//! responses" of SQS, Kinesis and DynamoDB).

mod deadline;
mod ordered;
#[cfg(test)]
mod tests;
mod unordered;

use std::{future::Future, time::Duration};

use crate::log;

use deadline::Deadline;

/// A record, as far as its batch has to know it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct BatchRecord<'r> {
    /// What `batchItemFailures` calls the record: the message id of Amazon SQS,
    /// the sequence number of Amazon Kinesis and DynamoDB.
    pub(crate) identifier: &'r str,
    /// The message group of a FIFO queue. Records without one are a group too.
    pub(crate) group: Option<&'r str>,
}

/// What a failed record means for those behind it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Order {
    /// Nothing: standard queues, topics, buckets.
    Any,
    /// Those of its group fail without being handled, so that the group comes
    /// again in its order; other groups go on: FIFO queues.
    WithinGroups,
    /// AWS Lambda delivers everything from the failed record on again, so no
    /// other is handled, and only that one is named: streams.
    Strict,
}

/// How a batch is handled.
#[derive(Clone, Copy, Debug)]
pub(crate) struct BatchRules {
    /// What a failed record means for those behind it.
    pub(crate) order: Order,
    /// How many records are handled at a time; 0 is 1. Only [`Order::Any`] has more
    /// than one. They share a thread: it is waiting that overlaps, not computing.
    pub(crate) concurrency: usize,
    /// Whether failed records are named; else the first failure is that of the invocation.
    pub(crate) report_batch_item_failures: bool,
    /// How long the invocation may still take; `None` where nothing ends it, as
    /// in tests. Records that are not handled [`deadline::margin`] before its end have failed.
    pub(crate) remaining: Option<Duration>,
}

/// Why a record has failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum RecordFailure<E> {
    /// Its handler says so.
    Error(E),
    /// Its handler panicked, with this message; the panic is in the log already.
    Panic(String),
    /// The invocation's time is nearly over: the record was not handled, or not to its end.
    OutOfTime,
    /// A record of its group before it failed: it was not handled.
    GroupFailed,
}

/// Calls `handler` for the records, with their positions, and returns the
/// identifiers that AWS Lambda has to know as failed, in the order of the batch.
///
/// `on_failure` is told of every failed record when it fails, for the log.
///
/// # Errors
///
/// The first failure, where failures are not reported: no further record is
/// handled, and those that are being handled are left where they wait.
pub(crate) async fn run<'r, E, H, F>(
    records: &[BatchRecord<'r>],
    rules: BatchRules,
    handler: H,
    on_failure: impl FnMut(BatchRecord<'r>, &RecordFailure<E>),
) -> Result<Vec<&'r str>, RecordFailure<E>>
where
    H: Fn(usize) -> F,
    F: Future<Output = Result<(), E>>,
{
    let one = One {
        handler,
        deadline: Deadline::of(rules.remaining),
    };
    if rules.order == Order::Any && rules.concurrency > 1 {
        unordered::run(records, rules, one, on_failure).await
    } else {
        ordered::run(records, rules, one, on_failure).await
    }
}

/// The handling of one record.
struct One<H> {
    handler: H,
    deadline: Deadline,
}

impl<H> One<H> {
    /// Calls the handler for the record at that position; a panic is the failure of this record.
    async fn handle<E, F>(&self, at: usize) -> Result<(), RecordFailure<E>>
    where
        H: Fn(usize) -> F,
        F: Future<Output = Result<(), E>>,
    {
        if self.deadline.is_over() {
            return Err(RecordFailure::OutOfTime);
        }
        // The call belongs to what is caught: handlers need not be async.
        let handled = log::panic::caught(async { (self.handler)(at).await });
        match self.deadline.limit(handled).await {
            Some(Ok(Ok(()))) => Ok(()),
            Some(Ok(Err(error))) => Err(RecordFailure::Error(error)),
            Some(Err(panic)) => {
                panic.log();
                Err(RecordFailure::Panic(panic.message().to_owned()))
            }
            None => Err(RecordFailure::OutOfTime),
        }
    }
}
