//! Messages of Amazon SQS.

use serde::Serialize;
use serde_json::{Value, json};

use super::{MessageText, event, records};

/// A batch of messages of a queue; made by [`sqs`].
#[derive(Clone, Debug, Serialize)]
#[must_use]
pub struct Sqs(Value);

event!(Sqs);

/// One message of a batch: a text, JSON, or what [`SqsMessage::new`] makes of them.
#[derive(Clone, Debug)]
#[must_use]
pub struct SqsMessage {
    body: String,
    message_id: Option<String>,
    attributes: Vec<(&'static str, String)>,
    message_attributes: Value,
}

/// A batch of messages. They have the ids `message-id`, `message-id-2` and so on.
///
/// ```
/// # use chalice_events::{self as events, SqsMessage};
/// use serde_json::json;
///
/// let texts = events::sqs(["a", "b"]).queue("orders");
/// let objects = events::sqs([json!({ "article": "lamp" })]);
/// let groups = events::sqs([
///     SqsMessage::new("a").group_id("customer-17"),
///     SqsMessage::new("b").group_id("customer-18").receive_count(3),
/// ])
/// .queue("orders.fifo");
/// ```
pub fn sqs<M: Into<SqsMessage>>(messages: impl IntoIterator<Item = M>) -> Sqs {
    let records: Vec<Value> = messages
        .into_iter()
        .enumerate()
        .map(|(at, message)| message.into().record(at))
        .collect();
    Sqs(json!({ "Records": records })).queue("queue-name")
}

impl Sqs {
    /// The name of the queue, `queue-name` if it is left out; that of a FIFO queue ends in `.fifo`.
    pub fn queue(mut self, name: &str) -> Sqs {
        for record in records(&mut self.0) {
            record["eventSourceARN"] = format!("arn:aws:sqs:us-west-2:12345:{name}").into();
        }
        self
    }
}

impl SqsMessage {
    /// A message of that body.
    pub fn new(body: impl Into<MessageText>) -> SqsMessage {
        SqsMessage {
            body: body.into().0,
            message_id: None,
            attributes: Vec::new(),
            message_attributes: json!({}),
        }
    }

    /// The id of the message, as `batchItemFailures` names it.
    pub fn message_id(mut self, id: impl Into<String>) -> SqsMessage {
        self.message_id = Some(id.into());
        self
    }

    /// The message's group: its place is behind the others of the group.
    pub fn group_id(mut self, id: impl Into<String>) -> SqsMessage {
        self.attributes.push(("MessageGroupId", id.into()));
        self
    }

    /// How many times the message has been received, this time included.
    pub fn receive_count(mut self, count: u32) -> SqsMessage {
        let attribute = ("ApproximateReceiveCount", count.to_string());
        self.attributes.push(attribute);
        self
    }

    /// One more attribute that the message was sent with, of type `String`.
    pub fn attribute(mut self, name: &str, value: &str) -> SqsMessage {
        self.message_attributes[name] = json!({
            "stringValue": value,
            "stringListValues": [],
            "binaryListValues": [],
            "dataType": "String",
        });
        self
    }

    fn record(self, at: usize) -> Value {
        let number = at + 1;
        let message_id = self.message_id.unwrap_or_else(|| match number {
            1 => "message-id".to_owned(),
            _ => format!("message-id-{number}"),
        });
        let mut attributes = json!({
            "ApproximateFirstReceiveTimestamp": "1530576251596",
            "ApproximateReceiveCount": "1",
            "SenderId": "sender-id",
            "SentTimestamp": "1530576251595",
        });
        for (name, value) in self.attributes {
            attributes[name] = value.into();
        }
        json!({
            "attributes": attributes,
            "awsRegion": "us-west-2",
            "body": self.body,
            "eventSource": "aws:sqs",
            "md5OfBody": "754ac2f7a12df38320e0c5eafd060145",
            "messageAttributes": self.message_attributes,
            "messageId": message_id,
            "receiptHandle": "receipt-handle",
        })
    }
}

impl<T: Into<MessageText>> From<T> for SqsMessage {
    fn from(body: T) -> SqsMessage {
        SqsMessage::new(body)
    }
}
