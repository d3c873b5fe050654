//! Batches whose records are handled one by one: from an event to the handler,
//! and from what failed to the answer.

use std::future::Future;

use super::{FunctionError, FunctionResponse, FunctionResult, Settings};
use crate::{
    BatchEvent, BatchItemFailures, EventRecord, FromRecord,
    batch::{self, BatchRecord, BatchRules, Order, RecordFailure},
    log,
};

/// A batch, as its source wants it handled.
pub(super) struct Batch<'e, E: BatchEvent> {
    pub(super) event: &'e E,
    pub(super) order: Order,
    /// The group of a record, where there are groups.
    pub(super) group: fn(&E::Record) -> Option<&str>,
    /// Whether the source takes reports of failed records at all.
    pub(super) takes_reports: bool,
    pub(super) settings: Settings,
}

impl<E: BatchEvent> Batch<'_, E>
where
    E::Record: Clone + Sync,
    E: Sync,
{
    /// Calls the handler for every record.
    pub(super) async fn run<R, H, O>(self, handler: H) -> FunctionResult
    where
        R: FromRecord<E::Record> + Send,
        H: Fn(R) -> O + Send + Sync,
        O: Future<Output = Result<(), FunctionError>> + Send,
    {
        let records = self.event.records();
        let known: Vec<BatchRecord<'_>> = records
            .iter()
            .map(|record| BatchRecord {
                identifier: record.item_identifier(),
                group: match self.order {
                    Order::WithinGroups => (self.group)(record),
                    Order::Any | Order::Strict => None,
                },
            })
            .collect();
        let context = self.event.context();
        let reports = self.takes_reports && self.settings.report_batch_item_failures;
        let rules = BatchRules {
            order: self.order,
            concurrency: self.settings.concurrency,
            report_batch_item_failures: reports,
            // A context that was made by hand may have no deadline.
            remaining: (context.deadline > 0).then(|| context.remaining_time()),
        };
        let one = async |at: usize| handler(R::from_kept(&records[at])?).await;
        let failed = batch::run(&known, rules, one, |record, failure| {
            log::record_failure(record.identifier, failure);
        })
        .await
        .map_err(error_of)?;
        if !reports {
            return Ok(FunctionResponse::null());
        }
        FunctionResponse::new(&failed.into_iter().collect::<BatchItemFailures>())
    }
}

/// What a failed record is as a failed invocation.
fn error_of(failure: RecordFailure<FunctionError>) -> FunctionError {
    match failure {
        RecordFailure::Error(error) => error,
        RecordFailure::Panic(message) => FunctionError::panicked("the handler", &message),
        RecordFailure::OutOfTime | RecordFailure::GroupFailed => FunctionError::new(
            "Chalice.OutOfTime",
            "the invocation's time was nearly over before all records were handled: a longer timeout of the function, \
             or a smaller batch, gives them time",
        ),
    }
}
