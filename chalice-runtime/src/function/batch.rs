//! Batches whose records are handled one by one.

use std::{collections::HashSet, future::Future};

use super::{FunctionError, FunctionResponse, FunctionResult, Settings};
use crate::{BatchEvent, BatchItemFailures, EventRecord, FromRecord, log};

/// What a failed record means for those behind it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Order {
    /// Nothing: a standard queue.
    None,
    /// Everything: the source takes no report, so one failure fails the invocation.
    Unreported,
    /// Those of the same group have to wait: a FIFO queue.
    WithinGroups,
    /// All of them have to wait: a shard of a stream.
    Strict,
}

/// A batch, as its source wants it handled.
pub(super) struct Batch<'e, E: BatchEvent> {
    pub(super) event: &'e E,
    pub(super) order: Order,
    /// The group of a record, where there are groups.
    pub(super) group: fn(&E::Record) -> Option<&str>,
    pub(super) settings: Settings,
}

impl<E: BatchEvent> Batch<'_, E>
where
    E::Record: Clone + Sync,
    E: Sync,
{
    /// Calls the handler for every record, in their order.
    pub(super) async fn run<R, H, O>(self, handler: H) -> FunctionResult
    where
        R: FromRecord<E::Record> + Send,
        H: Fn(R) -> O + Send + Sync,
        O: Future<Output = Result<(), FunctionError>> + Send,
    {
        let records = self.event.records();
        let mut failed: Vec<&str> = Vec::new();
        let mut waiting: HashSet<&str> = HashSet::new();
        for (at, record) in records.iter().enumerate() {
            let group = (self.group)(record).unwrap_or_default();
            if self.order == Order::WithinGroups && waiting.contains(group) {
                failed.push(record.item_identifier());
                continue;
            }
            let Err(error) = one(record, &handler).await else {
                continue;
            };
            let is_reported =
                self.settings.report_batch_item_failures && self.order != Order::Unreported;
            if !is_reported {
                return Err(error);
            }
            log::record_error(record.item_identifier(), &error);
            match self.order {
                Order::None | Order::Unreported => failed.push(record.item_identifier()),
                Order::WithinGroups => {
                    waiting.insert(group);
                    failed.push(record.item_identifier());
                }
                Order::Strict => {
                    failed.extend(records[at..].iter().map(EventRecord::item_identifier));
                    break;
                }
            }
        }
        if self.order == Order::Unreported || !self.settings.report_batch_item_failures {
            return Ok(FunctionResponse::null());
        }
        FunctionResponse::new(&failed.into_iter().collect::<BatchItemFailures>())
    }
}

/// Calls the handler for one record; a panic is the failure of this record.
async fn one<T, R, H, O>(record: &T, handler: &H) -> Result<(), FunctionError>
where
    T: EventRecord + Clone + Sync,
    R: FromRecord<T> + Send,
    H: Fn(R) -> O + Send + Sync,
    O: Future<Output = Result<(), FunctionError>> + Send,
{
    let handled = async {
        let record = R::from_record(record.clone()).map_err(FunctionError::from)?;
        handler(record).await
    };
    match log::panic::caught(handled).await {
        Ok(result) => result,
        Err(panic) => {
            panic.log();
            Err(FunctionError::panicked(panic.message()))
        }
    }
}
