//! The events of sources, and what of them a handler can take.

use std::future::Future;

use super::{
    BatchReport, FromEvent, FunctionError, FunctionResult, IntoFunctionResponse, Nothing, Settings,
    batch::{Batch, Order},
    event::function_event,
};
use crate::{
    DynamoDbEvent, DynamoDbRecord, FromRecord, KinesisEvent, KinesisRecord, S3Event, S3Record,
    SnsEvent, SnsRecord, SqsEvent, SqsRecord,
};

/// A handler takes the event as a whole.
macro_rules! whole {
    ($event:ty, $returns:ty) => {
        impl FromEvent<$event> for $event {
            type Returns = $returns;

            async fn handle<H, O, T>(event: &$event, _: Settings, handler: H) -> FunctionResult
            where
                H: Fn(Self) -> O + Send + Sync,
                O: Future<Output = Result<T, FunctionError>> + Send,
                T: IntoFunctionResponse<$returns> + Send,
            {
                handler(event.clone()).await?.into_function_response()
            }
        }
    };
}

/// A handler takes one record after the other, and returns nothing.
macro_rules! records {
    ($event:ty, $record:ty, $order:expr, $group:expr) => {
        impl<R: FromRecord<$record> + Send> FromEvent<$event> for R {
            type Returns = Nothing;

            async fn handle<H, O, T>(
                event: &$event,
                settings: Settings,
                handler: H,
            ) -> FunctionResult
            where
                H: Fn(Self) -> O + Send + Sync,
                O: Future<Output = Result<T, FunctionError>> + Send,
                T: IntoFunctionResponse<Nothing> + Send,
            {
                let order: fn(&$event) -> Order = $order;
                let batch = Batch {
                    event,
                    order: order(event),
                    group: $group,
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
        function_event!($event, $variant, $returns, |raw, context| {
            <$event>::from_raw(raw, context).map_err(FunctionError::malformed_event)
        });
    };
}

source_event!(S3Event, S3, Nothing);
whole!(S3Event, Nothing);
records!(S3Event, S3Record, |_| Order::Unreported, |_| None);

source_event!(SnsEvent, Sns, Nothing);
whole!(SnsEvent, Nothing);
records!(SnsEvent, SnsRecord, |_| Order::Unreported, |_| None);

source_event!(SqsEvent, Sqs, BatchReport);
whole!(SqsEvent, BatchReport);
records!(
    SqsEvent,
    SqsRecord,
    |event| match event.records().first() {
        Some(record) if record.is_fifo() => Order::WithinGroups,
        _ => Order::None,
    },
    SqsRecord::group_id
);

source_event!(KinesisEvent, Kinesis, BatchReport);
whole!(KinesisEvent, BatchReport);
records!(KinesisEvent, KinesisRecord, |_| Order::Strict, |_| None);

source_event!(DynamoDbEvent, DynamoDb, BatchReport);
whole!(DynamoDbEvent, BatchReport);
records!(DynamoDbEvent, DynamoDbRecord, |_| Order::Strict, |_| None);
