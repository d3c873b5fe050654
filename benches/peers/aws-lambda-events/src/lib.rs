//! `aws_lambda_events` and a loop by hand: the function that its documentation shows, with reports of failed messages.

use std::hint::black_box;

use aws_lambda_events::sqs::{BatchItemFailure, SqsBatchResponse, SqsEvent};
use bytes::Bytes;
use invocation::{InvokeBatch, Message, exchange};
use lambda_runtime::{Error, LambdaEvent, service_fn};

async fn handle(event: LambdaEvent<SqsEvent>) -> Result<SqsBatchResponse, Error> {
    let mut response = SqsBatchResponse::default();
    for record in event.payload.records {
        let body = record.body.as_deref().unwrap_or_default();
        match serde_json::from_str::<Message>(body) {
            Ok(message) => {
                black_box(message.handle());
            }
            Err(_) => {
                let mut failure = BatchItemFailure::default();
                failure.item_identifier = record.message_id.unwrap_or_default();
                response.batch_item_failures.push(failure);
            }
        }
    }
    Ok(response)
}

/// The function, started.
pub fn invoke() -> InvokeBatch {
    let mut service = service_fn(handle);
    Box::new(move |event: Bytes, context| exchange(&mut service, &event, context))
}
