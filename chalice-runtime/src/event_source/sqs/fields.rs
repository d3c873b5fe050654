//! What a message of Amazon SQS says, read in one pass.

use std::{borrow::Cow, collections::HashMap};

use serde::Deserialize;

use super::SqsAttribute;
use crate::{
    event::{
        records::Members,
        text::{Span, Text, members},
    },
    event_source::json::Described,
};

/// What a message says, most of it where it is in the event.
pub(super) struct Fields {
    pub(super) message_id: Text,
    /// Empty once a record has it.
    pub(super) body: String,
    pub(super) receipt_handle: Option<Text>,
    pub(super) attributes: Option<Attributes>,
    pub(super) message_attributes: Option<HashMap<String, SqsAttribute>>,
    pub(super) md5_of_body: Option<Text>,
    pub(super) md5_of_message_attributes: Option<Text>,
    pub(super) event_source_arn: Option<Text>,
    pub(super) aws_region: Option<Text>,
}

/// The system attributes of a message.
pub(super) enum Attributes {
    /// They are there, and have no escapes.
    At(Span),
    /// They are these.
    Are(HashMap<String, String>),
}

impl Fields {
    /// What a message says that has the members which Amazon SQS writes, each once; `None` where it takes a closer look.
    pub(super) fn scan(record: &mut Members<'_, '_>) -> Option<Fields> {
        let (mut message_id, mut body, mut receipt_handle) = (None, None, None);
        let (mut attributes, mut message_attributes) = (None, None);
        let (mut md5_of_body, mut md5_of_message_attributes) = (None, None);
        let (mut event_source, mut event_source_arn, mut aws_region) = (None, None, None);
        while let Some(name) = record.name()? {
            let is_new = match name {
                "messageId" => message_id.replace(record.text()??).is_none(),
                "body" => body.replace(record.string()?).is_none(),
                "receiptHandle" => receipt_handle.replace(record.text()?).is_none(),
                "attributes" => {
                    let read = match record.texts()? {
                        None => None,
                        Some(Ok(span)) => Some(Attributes::At(span)),
                        Some(Err(object)) => {
                            Some(Attributes::Are(serde_json::from_str(object.get()).ok()?))
                        }
                    };
                    attributes.replace(read).is_none()
                }
                "messageAttributes" => {
                    let read = match record.value()?.get() {
                        "{}" | "null" => None,
                        object => Some(serde_json::from_str(object).ok()?),
                    };
                    message_attributes.replace(read).is_none()
                }
                "md5OfBody" => md5_of_body.replace(record.text()?).is_none(),
                "md5OfMessageAttributes" => {
                    md5_of_message_attributes.replace(record.text()?).is_none()
                }
                "eventSource" => {
                    let read = record.value()?.get();
                    let is_known = matches!(read, "\"aws:sqs\"" | "null");
                    is_known && event_source.replace(()).is_none()
                }
                "eventSourceARN" => event_source_arn.replace(record.text()?).is_none(),
                "awsRegion" => aws_region.replace(record.text()?).is_none(),
                other if other.contains('\\') => return None,
                _ => {
                    record.value()?;
                    continue;
                }
            };
            if !is_new {
                return None;
            }
        }
        Some(Fields {
            message_id: message_id?,
            body: body?,
            receipt_handle: receipt_handle.flatten(),
            attributes: attributes.flatten(),
            message_attributes: message_attributes.flatten(),
            md5_of_body: md5_of_body.flatten(),
            md5_of_message_attributes: md5_of_message_attributes.flatten(),
            event_source_arn: event_source_arn.flatten(),
            aws_region: aws_region.flatten(),
        })
    }
}

/// What a message says whose members take a closer look.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Parsed {
    message_id: String,
    body: String,
    receipt_handle: Option<String>,
    attributes: Option<HashMap<String, String>>,
    message_attributes: Option<HashMap<String, SqsAttribute>>,
    md5_of_body: Option<String>,
    md5_of_message_attributes: Option<String>,
    event_source: Option<String>,
    #[serde(rename = "eventSourceARN")]
    event_source_arn: Option<String>,
    aws_region: Option<String>,
}

impl Described for Parsed {
    fn event_source(&self) -> Option<&str> {
        self.event_source.as_deref()
    }
}

impl From<Parsed> for Fields {
    fn from(parsed: Parsed) -> Fields {
        Fields {
            message_id: Text::Is(parsed.message_id),
            body: parsed.body,
            receipt_handle: parsed.receipt_handle.map(Text::Is),
            attributes: parsed.attributes.map(Attributes::Are),
            message_attributes: parsed.message_attributes,
            md5_of_body: parsed.md5_of_body.map(Text::Is),
            md5_of_message_attributes: parsed.md5_of_message_attributes.map(Text::Is),
            event_source_arn: parsed.event_source_arn.map(Text::Is),
            aws_region: parsed.aws_region.map(Text::Is),
        }
    }
}

impl Attributes {
    /// Their names and values; `event` is where they were found.
    pub(super) fn iter<'a>(&'a self, event: &'a str) -> impl Iterator<Item = (&'a str, &'a str)> {
        let (there, are) = match self {
            Attributes::At(span) => (Some(span.json(event)), None),
            Attributes::Are(attributes) => (None, Some(attributes)),
        };
        let there = there
            .into_iter()
            .flat_map(members)
            .filter_map(|(name, value)| {
                let Cow::Borrowed(name) = name else {
                    return None;
                };
                let value = value.get().strip_prefix('"')?.strip_suffix('"')?;
                Some((name, value))
            });
        let are = are.into_iter().flatten();
        there.chain(are.map(|(name, value)| (name.as_str(), value.as_str())))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::event::records;

    fn is_read_at_once(event: &str) -> bool {
        records::read(event, Fields::scan).is_some()
    }

    #[test]
    fn what_amazon_sqs_sends_is_read_at_once() {
        assert!(is_read_at_once(include_str!("../fixtures/sqs.json")));
        assert!(is_read_at_once(r#"{"Records":[]}"#));
        let record = |members: &str| format!(r#"{{"Records":[{{{members}}}]}}"#);
        let least = r#""messageId":"a","body":"{\"b\":\"\u00e9\"}""#;
        assert!(is_read_at_once(&record(least)));
        for more in [
            r#""messageAttributes":{},"attributes":null"#,
            r#""new":{"by":["AWS"]}"#,
            r#""eventSource":null,"awsRegion":null"#,
        ] {
            assert!(
                is_read_at_once(&record(&format!("{least},{more}"))),
                "{more}"
            );
        }
        for closer in [
            r#""messageId":"b""#,
            r#""\u0061":1"#,
            r#""awsRegion":1"#,
            r#""attributes":["a"]"#,
            r#""attributes":{"a":1}"#,
            r#""messageAttributes":{"a":1}"#,
            r#""eventSource":"aws:sns""#,
            r#""receiptHandle":"\ud83d""#,
        ] {
            assert!(
                !is_read_at_once(&record(&format!("{least},{closer}"))),
                "{closer}"
            );
        }
        assert!(!is_read_at_once(&record(r#""messageId":"a""#)));
        assert!(!is_read_at_once(&record(r#""messageId":null,"body":"b""#)));
    }
}
