//! What runs around the handlers of S3 events and of queues.

use chalice::prelude::*;

use crate::journal::Journal;

/// Refuses events of other buckets, which Amazon S3 does not send, but whoever else may
/// invoke the function can: the invocation fails, and the handler never sees the event.
#[middleware(s3)]
pub(crate) async fn own_bucket(event: S3Event, next: Next<'_, S3Event>) -> FunctionResult {
    if event
        .records()
        .iter()
        .any(|record| record.bucket() != "mybucket")
    {
        return Err(HttpError::forbidden("an event of another bucket").into());
    }
    next.run(event).await
}

/// Counts the messages of each batch, and sees what is answered: also where the
/// handler takes one message at a time, this runs once per batch.
#[middleware(sqs)]
pub(crate) async fn counted(
    event: SqsEvent,
    next: Next<'_, SqsEvent>,
    journal: State<Journal>,
) -> FunctionResult {
    let count = event.records().len();
    let answer = next.run(event).await?;
    let failures = answer.parse::<Value>()?["batchItemFailures"]
        .as_array()
        .map_or(0, Vec::len);
    journal.note(format!("{failures} of {count} messages failed"));
    Ok(answer)
}
