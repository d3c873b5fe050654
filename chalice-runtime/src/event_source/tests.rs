//! Events as AWS documents them, and events that no service sends.

mod chalice;
mod cloudwatch;
mod dynamodb;
mod kinesis;
mod mutated;
mod s3;
mod secrets;
mod sns;
mod sqs;
mod websocket;

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde::Deserialize;
use serde_json::{Value, value::RawValue};

use super::SourceEvent;
use crate::LambdaContext;

#[derive(Debug, Deserialize, PartialEq)]
struct Order {
    article: String,
    count: u8,
}

fn lamps() -> Order {
    Order {
        article: "lamp".to_owned(),
        count: 2,
    }
}

/// The event of that type in the JSON.
fn event<E: SourceEvent>(json: &str) -> E {
    let raw = RawValue::from_string(json.to_owned()).unwrap();
    let mut context = lambda_runtime::Context::default();
    context.request_id = "8e5a3b1c".to_owned();
    let event = E::from_raw(raw, context.into()).unwrap();
    assert_eq!(event.raw().get(), json.trim());
    assert_eq!(event.context().request_id, "8e5a3b1c");
    event
}

/// Why the JSON is no event of that type.
fn refusal<E: SourceEvent>(json: &Value) -> String {
    let raw = RawValue::from_string(json.to_string()).unwrap();
    match E::from_raw(raw, LambdaContext::default()) {
        Ok(_) => panic!("the event is taken: {json}"),
        Err(error) => {
            assert_eq!(error.event_source(), E::SOURCE);
            assert!(error.to_string().contains(error.reason()));
            error.reason().to_owned()
        }
    }
}

fn at(milliseconds: u64) -> Option<SystemTime> {
    Some(UNIX_EPOCH + Duration::from_millis(milliseconds))
}
