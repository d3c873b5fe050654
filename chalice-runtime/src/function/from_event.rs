//! What the first argument of a handler can be.

use std::future::Future;

use serde::de::DeserializeOwned;

use super::{
    Answered, AnyValue, FunctionError, FunctionEvent, FunctionResult, LambdaFunctionEvent,
};

/// The first argument of a handler whose events are of type `E`: the event, or
/// one of its records.
#[diagnostic::on_unimplemented(
    message = "the first argument of this handler cannot be a `{Self}`",
    label = "not the event, nor one of its records: the events are of type `{E}`",
    note = "the first argument of `#[lambda_function]` implements `serde::Deserialize`; the ones of event sources take \
            their event, and with batches one record of it: `SqsRecord<T>`, `KinesisRecord<T>`, `DynamoDbRecord<T>`"
)]
pub trait FromEvent<E: FunctionEvent>: Sized + Send {
    /// What a handler with this argument can return.
    #[doc(hidden)]
    type Returns;

    /// Calls the handler, once or per record.
    #[doc(hidden)]
    fn handle<H, O>(
        event: &E,
        settings: Settings,
        handler: H,
    ) -> impl Future<Output = FunctionResult> + Send
    where
        H: Fn(Self) -> O + Send + Sync,
        O: Future<Output = Result<Answered<Self::Returns>, FunctionError>> + Send;
}

/// What a handler's attribute says about its calls.
#[derive(Clone, Copy, Debug)]
pub struct Settings {
    /// How many records of one batch are handled at a time, at most.
    pub concurrency: usize,
    /// Whether the answer says which records failed; else one failure fails the invocation.
    pub report_batch_item_failures: bool,
}

impl Settings {
    /// Those of a handler whose attribute says nothing.
    pub const DEFAULT: Settings = Settings {
        concurrency: 1,
        report_batch_item_failures: true,
    };
}

/// The event itself, or the payload that it carries.
impl<P: DeserializeOwned + Send> FromEvent<LambdaFunctionEvent> for P {
    type Returns = AnyValue;

    async fn handle<H, O>(event: &LambdaFunctionEvent, _: Settings, handler: H) -> FunctionResult
    where
        H: Fn(Self) -> O + Send + Sync,
        O: Future<Output = Result<Answered<AnyValue>, FunctionError>> + Send,
    {
        handler(event.parse()?).await.map(Answered::into_response)
    }
}
