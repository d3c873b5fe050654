//! The events of sources, and what of them a handler can take.

use std::future::Future;

use serde::de::DeserializeOwned;

use super::{
    Answer, Answered, BatchReport, FromEvent, FunctionError, FunctionResult, Nothing, Settings,
    batch::Batch,
    event::{function_event, json},
};
use crate::{
    CloudWatchEvent, DynamoDbEvent, DynamoDbRecord, FromRecord, KinesisEvent, KinesisRecord,
    S3Event, S3Record, ScheduledEvent, SnsEvent, SnsRecord, SqsEvent, SqsRecord, WebsocketEvent,
    batch::Order,
};

/// A handler takes the event as a whole.
macro_rules! whole {
    ($event:ty, $returns:ty) => {
        impl FromEvent<$event> for $event {
            type Returns = $returns;

            async fn handle<H, O>(event: &$event, _: Settings, handler: H) -> FunctionResult
            where
                H: Fn(Self) -> O + Send + Sync,
                O: Future<Output = Result<Answered<$returns>, FunctionError>> + Send,
            {
                handler(event.clone()).await.map(Answered::into_response)
            }
        }
    };
}

/// A handler takes one record after the other, and returns nothing.
macro_rules! records {
    ($event:ty, $record:ty, $takes_reports:expr, $order:expr, $group:expr) => {
        impl<R: FromRecord<$record> + Send> FromEvent<$event> for R {
            type Returns = Nothing;

            async fn handle<H, O>(event: &$event, settings: Settings, handler: H) -> FunctionResult
            where
                H: Fn(Self) -> O + Send + Sync,
                O: Future<Output = Result<Answered<Nothing>, FunctionError>> + Send,
            {
                let order: fn(&$event) -> Order = $order;
                let batch = Batch {
                    event,
                    order: order(event),
                    group: $group,
                    takes_reports: $takes_reports,
                    settings,
                };
                batch
                    .run(async |record| handler(record).await.map(drop))
                    .await
            }
        }
    };
}

/// How reading an event fails, as an invocation's failure.
macro_rules! source_event {
    ($event:ty, $variant:ident, $returns:ty) => {
        function_event!($event, $variant, $returns, |event, context| {
            <$event>::from_raw(json(event)?, context).map_err(FunctionError::malformed_event)
        });
    };
}

/// The same of a batch, which finds its records in the event's text.
macro_rules! batch_of_source {
    ($event:ty, $variant:ident, $returns:ty) => {
        function_event!($event, $variant, $returns, |event, context| {
            <$event>::from_text(event, context).map_err(FunctionError::malformed_event)
        });
    };
}

batch_of_source!(S3Event, S3, Nothing);
whole!(S3Event, Nothing);
records!(S3Event, S3Record, false, |_| Order::Any, |_| None);

batch_of_source!(SnsEvent, Sns, Nothing);
whole!(SnsEvent, Nothing);
records!(SnsEvent, SnsRecord, false, |_| Order::Any, |_| None);

batch_of_source!(SqsEvent, Sqs, BatchReport);
whole!(SqsEvent, BatchReport);
records!(
    SqsEvent,
    SqsRecord,
    true,
    |event| match event.records().first() {
        Some(record) if record.is_fifo() => Order::WithinGroups,
        _ => Order::Any,
    },
    SqsRecord::group_id
);

batch_of_source!(KinesisEvent, Kinesis, BatchReport);
whole!(KinesisEvent, BatchReport);
records!(KinesisEvent, KinesisRecord, true, |_| Order::Strict, |_| {
    None
});

batch_of_source!(DynamoDbEvent, DynamoDb, BatchReport);
whole!(DynamoDbEvent, BatchReport);
records!(
    DynamoDbEvent,
    DynamoDbRecord,
    true,
    |_| Order::Strict,
    |_| None
);

source_event!(CloudWatchEvent, CloudWatch, Nothing);

/// The event, its detail read as a type of the handler's.
impl<D: DeserializeOwned + Send> FromEvent<CloudWatchEvent> for CloudWatchEvent<D> {
    type Returns = Nothing;

    async fn handle<H, O>(event: &CloudWatchEvent, _: Settings, handler: H) -> FunctionResult
    where
        H: Fn(Self) -> O + Send + Sync,
        O: Future<Output = Result<Answered<Nothing>, FunctionError>> + Send,
    {
        let event = CloudWatchEvent::from_raw(event.raw().to_owned(), event.context().clone())
            .map_err(FunctionError::malformed_event)?;
        handler(event).await.map(Answered::into_response)
    }
}

source_event!(ScheduledEvent, Scheduled, Nothing);
whole!(ScheduledEvent, Nothing);

source_event!(WebsocketEvent, Websocket, Answer);
whole!(WebsocketEvent, Answer);
