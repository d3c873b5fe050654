//! Events of sources other than HTTP, as AWS would send them.
//!
//! Each function makes an event that can be sent as it is; methods say more about it. All of
//! them implement `Serialize`, and become a [`Value`] by `into`:
//!
//! ```
//! # use chalice_events as events;
//! use serde_json::{Value, json};
//!
//! let event: Value = events::s3("mybucket", "images/a.jpg").into();
//! assert_eq!(event["Records"][0]["s3"]["object"]["key"], "images/a.jpg");
//!
//! let event: Value = events::sqs([json!({ "article": "lamp" })]).queue("orders").into();
//! assert_eq!(event["Records"][0]["body"], r#"{"article":"lamp"}"#);
//! ```
//!
//! What is left unsaid is as AWS Chalice's test client has it: region `us-west-2`,
//! times in 2018. Unlike there, the records of a batch have identifiers of their own,
//! so that a test can see which one of them has failed.

mod cloudwatch;
mod dynamodb;
mod kinesis;
mod s3;
mod schedule;
mod sns;
mod sqs;
mod text;
mod websocket;

use serde_json::Value;

pub use cloudwatch::{CloudWatch, cloudwatch};
pub use dynamodb::{DynamoDb, DynamoDbChange, dynamodb};
pub use kinesis::{Kinesis, KinesisData, kinesis};
pub use s3::{S3, s3};
pub use schedule::schedule;
pub use sns::{Sns, sns};
pub use sqs::{Sqs, SqsMessage, sqs};
pub use text::MessageText;
pub use websocket::{
    Websocket, websocket_binary_message, websocket_connect, websocket_disconnect, websocket_message,
};

/// What every event here is: JSON that grows.
macro_rules! event {
    ($Event:ident) => {
        impl From<$Event> for ::serde_json::Value {
            fn from(event: $Event) -> ::serde_json::Value {
                event.0
            }
        }

        impl ::std::fmt::Display for $Event {
            /// The event as JSON.
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                self.0.fmt(f)
            }
        }
    };
}
use event;

/// Every record of a batch.
fn records(event: &mut Value) -> impl Iterator<Item = &mut Value> {
    event["Records"].as_array_mut().into_iter().flatten()
}

#[cfg(test)]
mod tests;
