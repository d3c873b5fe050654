//! Messages of Amazon SNS.

use serde::Serialize;
use serde_json::{Value, json};

use super::{MessageText, event};

/// A message of Amazon SNS; made by [`sns`].
#[derive(Clone, Debug, Serialize)]
#[must_use]
pub struct Sns(Value);

event!(Sns);

/// A message that was published to a topic. As with AWS Chalice, its subject is empty unless it
/// is given one; AWS sends `null` where a message was published without a subject.
///
/// ```
/// # use chalice_events as events;
/// use serde_json::json;
///
/// let text = events::sns("the lamp is sold out").subject("stock").topic("articles");
/// let object = events::sns(json!({ "article": "lamp" }));
/// ```
pub fn sns(message: impl Into<MessageText>) -> Sns {
    Sns(json!({ "Records": [{
        "EventSource": "aws:sns",
        "EventSubscriptionArn": "arn:subscription-arn",
        "EventVersion": "1.0",
        "Sns": {
            "Message": message.into().0,
            "MessageAttributes": { "AttributeKey": { "Type": "String", "Value": "AttributeValue" } },
            "MessageId": "abcdefgh-51e4-5ae2-9964-b296c8d65d1a",
            "Signature": "signature",
            "SignatureVersion": "1",
            "SigningCertUrl": "https://sns.us-west-2.amazonaws.com/cert.pem",
            "Subject": "",
            "Timestamp": "2018-06-26T19:41:38.695Z",
            "TopicArn": "arn:aws:sns:us-west-2:12345:TopicName",
            "Type": "Notification",
            "UnsubscribeUrl": "https://unsubscribe-url/",
        },
    }] }))
}

impl Sns {
    fn notification(mut self, change: impl FnOnce(&mut Value)) -> Sns {
        change(&mut self.0["Records"][0]["Sns"]);
        self
    }

    /// The subject.
    pub fn subject(self, subject: &str) -> Sns {
        self.notification(|sns| sns["Subject"] = subject.into())
    }

    /// The name of the topic.
    pub fn topic(self, name: &str) -> Sns {
        let arn = format!("arn:aws:sns:us-west-2:12345:{name}");
        self.notification(|sns| sns["TopicArn"] = arn.into())
    }

    /// The id of the message.
    pub fn message_id(self, id: &str) -> Sns {
        self.notification(|sns| sns["MessageId"] = id.into())
    }

    /// One more attribute, of type `String`.
    pub fn attribute(self, name: &str, value: &str) -> Sns {
        let attribute = json!({ "Type": "String", "Value": value });
        self.notification(|sns| sns["MessageAttributes"][name] = attribute)
    }

    /// Attributes in place of all others: `{ "kind": { "Type": "String", "Value": "order" } }`.
    pub fn attributes(self, attributes: Value) -> Sns {
        self.notification(|sns| sns["MessageAttributes"] = attributes)
    }
}
