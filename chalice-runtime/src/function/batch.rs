//! Batches whose records are handled one by one: from a record to the handler's
//! argument, and from failures to the answer.

use std::{future::Future, time::Duration};

use super::{FunctionError, FunctionResponse, FunctionResult, Settings};
use crate::{
    BatchEvent, BatchItemFailures, EventRecord, FromRecord, LambdaContext,
    batch::{self, BatchRecord, BatchRules, Order, RecordFailure},
    log,
};

/// A batch, as its source wants it handled.
pub(super) struct Batch<'e, E: BatchEvent> {
    pub(super) event: &'e E,
    pub(super) order: Order,
    /// The group of a record, where there are groups.
    pub(super) group: fn(&E::Record) -> Option<&str>,
    /// Whether the source takes a report of failed records.
    pub(super) takes_report: bool,
    pub(super) settings: Settings,
}

impl<E: BatchEvent> Batch<'_, E>
where
    E::Record: Clone + Sync,
    E: Sync,
{
    /// Calls the handler for every record, as far as the order of the source allows.
    pub(super) async fn run<R, H, O>(self, handler: H) -> FunctionResult
    where
        R: FromRecord<E::Record> + Send,
        H: Fn(R) -> O + Send + Sync,
        O: Future<Output = Result<(), FunctionError>> + Send,
    {
        let records = self.event.records();
        let identified: Vec<BatchRecord<'_>> = records
            .iter()
            .map(|record| BatchRecord {
                identifier: record.item_identifier(),
                group: (self.group)(record),
            })
            .collect();
        let rules = BatchRules {
            order: self.order,
            concurrency: self.settings.concurrency,
            report_batch_item_failures: self.takes_report
                && self.settings.report_batch_item_failures,
            remaining: remaining(self.event.context()),
        };
        let (records, handler) = (&records, &handler);
        let one = |at: usize| async move {
            let record = R::from_record(records[at].clone()).map_err(FunctionError::from)?;
            handler(record).await
        };
        let failed = batch::run(&identified, rules, one, |record, failure| match failure {
            RecordFailure::Error(error) => log::record_error(record.identifier, error),
            other => log::record_error(record.identifier, &error_of(other)),
        })
        .await
        .map_err(|failure| match failure {
            RecordFailure::Error(error) => error,
            other => error_of(&other),
        })?;
        if rules.report_batch_item_failures {
            FunctionResponse::new(&failed.into_iter().collect::<BatchItemFailures>())
        } else {
            Ok(FunctionResponse::null())
        }
    }
}

/// How long the invocation may still take, if AWS Lambda or something like it ends it.
fn remaining(context: &LambdaContext) -> Option<Duration> {
    let ends = context.deadline > 0 && !context.is_of_test_client();
    ends.then(|| context.remaining_time())
}

/// A failure that the handler did not return, as an error.
fn error_of<E>(failure: &RecordFailure<E>) -> FunctionError {
    match failure {
        RecordFailure::Panic(message) => FunctionError::panicked(message),
        RecordFailure::GroupFailed => FunctionError::new(
            "Chalice.GroupFailed",
            "a record of the same message group before it failed, so that it has to come again behind that one",
        ),
        RecordFailure::Error(_) | RecordFailure::OutOfTime => FunctionError::new(
            "Chalice.OutOfTime",
            "the invocation's time was over before the record was handled: raise the function's timeout, or lower \
             `batch_size`",
        ),
    }
}

#[cfg(test)]
mod tests {
    use std::time::SystemTime;

    use super::*;

    #[test]
    fn what_ends_an_invocation() {
        let of = |deadline: u64| {
            let mut context = lambda_runtime::Context::default();
            context.deadline = deadline;
            LambdaContext::from(context)
        };
        assert_eq!(remaining(&of(0)), None, "nothing that has a deadline");
        assert_eq!(remaining(&of(1)), Some(Duration::ZERO));
        let soon = SystemTime::now() + Duration::from_secs(60);
        let soon = soon.duration_since(SystemTime::UNIX_EPOCH).unwrap();
        let left = remaining(&of(soon.as_millis() as u64)).unwrap();
        assert!(left > Duration::from_secs(50) && left <= Duration::from_secs(60));
        #[cfg(feature = "test")]
        assert_eq!(remaining(&of(1).for_test_client()), None);
    }

    #[test]
    fn failures_that_no_handler_returned() {
        let of = |failure: RecordFailure<()>| error_of(&failure).error_type().to_owned();
        assert_eq!(of(RecordFailure::Panic("a".to_owned())), "Chalice.Panic");
        assert_eq!(of(RecordFailure::OutOfTime), "Chalice.OutOfTime");
        assert_eq!(of(RecordFailure::GroupFailed), "Chalice.GroupFailed");
    }
}
