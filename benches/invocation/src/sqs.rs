//! Batches of messages of an Amazon SQS queue.

use std::fmt::Write;

use bytes::Bytes;
use lambda_runtime::Context;
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::{case::Done, context, exchange::Exchanged};

/// What a message says in JSON.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Message {
    /// Which order.
    pub order: u64,
    /// Who ordered.
    pub customer: String,
    /// What was ordered.
    pub articles: Vec<String>,
    /// What it costs.
    pub total_cents: u64,
}

impl Message {
    /// What a handler does with it: a sum, so that every field has been read.
    pub fn handle(&self) -> u64 {
        let articles: usize = self.articles.iter().map(String::len).sum();
        self.order + self.total_cents + (self.customer.len() + articles) as u64
    }
}

/// The event of that many messages, as AWS Lambda sends it.
pub fn sqs_event(messages: usize) -> Bytes {
    let mut text = String::from(r#"{"Records":["#);
    for number in 0..messages {
        if number > 0 {
            text.push(',');
        }
        let body = json!(
            json!(Message {
                order: number as u64,
                customer: format!("Customer {number}"),
                articles: vec!["pencil".to_owned(), "paper, A4, 80 g".to_owned()],
                total_cents: 1_299,
            })
            .to_string()
        );
        let _ = write!(
            text,
            r#"{{"messageId":"059f36b4-87a3-44ab-83d2-{number:012}","receiptHandle":"AQEBwJnKyrHigUMZj6rYigCgxlaS3SLy0aBexampleReceiptHandleOfAMessage{number:06}","body":{body},"attributes":{{"ApproximateReceiveCount":"1","SentTimestamp":"1545082649183","SenderId":"AIDAIENQZJOLO23YVJ4VO","ApproximateFirstReceiveTimestamp":"1545082649185"}},"messageAttributes":{{}},"md5OfBody":"e4e68fb7bd0e697a0ae8f1bb342846b3","eventSource":"aws:sqs","eventSourceARN":"arn:aws:sqs:eu-central-1:123456789012:orders","awsRegion":"eu-central-1"}}"#
        );
    }
    text.push_str("]}");
    Bytes::from(text)
}

/// What a right answer to a batch is: no message has failed.
pub const NO_FAILURES: &[u8] = br#"{"batchItemFailures":[]}"#;

/// A function that has started: it takes a batch and answers.
pub type InvokeBatch = Box<dyn FnMut(Bytes, Context) -> Exchanged>;

/// A function that has been invoked before, with its next event.
#[expect(
    missing_debug_implementations,
    reason = "a closure has nothing to show"
)]
pub struct BatchCase {
    invoke: InvokeBatch,
    event: Bytes,
    context: Context,
}

impl BatchCase {
    /// A function that has handled such a batch before.
    ///
    /// # Panics
    ///
    /// When there is no function, or it does not handle the batch.
    pub fn checked(invoke: Option<InvokeBatch>, messages: usize) -> BatchCase {
        let mut invoke = invoke.unwrap_or_else(|| panic!("no such function"));
        let event = sqs_event(messages);
        for _ in 0..2 {
            let answer = invoke(event.clone(), context());
            assert_eq!(answer.as_deref(), Ok(NO_FAILURES));
        }
        BatchCase {
            invoke,
            event: Bytes::copy_from_slice(&event),
            context: context(),
        }
    }

    /// What is measured.
    pub fn run(self) -> Done {
        let BatchCase {
            mut invoke,
            event,
            context,
        } = self;
        let answer = invoke(event, context);
        Done::new(answer, invoke)
    }
}
