//! Amazon Resource Names (ARNs) of the resources that send events.
//!
//! Source: AWS Identity and Access Management, "Amazon Resource Names", and the
//! "Resource types" of each service in the Service Authorization Reference.

mod error;
#[cfg(test)]
mod tests;

use std::fmt;

use super::resource_name::{self, Ordering};

pub use error::{ArnError, ArnProblem};

/// The partitions of AWS, and how the names of their regions begin; a region
/// that begins with none of these is in the first.
const PARTITIONS: [(&str, &str); 8] = [
    ("aws", ""),
    ("aws-cn", "cn-"),
    ("aws-us-gov", "us-gov-"),
    ("aws-iso", "us-iso-"),
    ("aws-iso-b", "us-isob-"),
    ("aws-iso-e", "eu-isoe-"),
    ("aws-iso-f", "us-isof-"),
    ("aws-eusc", "eusc-"),
];

/// The parts of an ARN: `arn:<partition>:<service>:<region>:<account>:<resource>`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Arn<'a> {
    /// `aws`, or another partition such as `aws-cn`.
    pub partition: &'a str,
    /// The service's namespace, such as `sqs`.
    pub service: &'a str,
    /// The region; empty for resources that have none.
    pub region: &'a str,
    /// The account's 12 digits; empty for resources that name none.
    pub account: &'a str,
    /// The resource, in the service's own notation.
    pub resource: &'a str,
}

impl<'a> Arn<'a> {
    /// The parts of `text`.
    ///
    /// # Errors
    ///
    /// When it is no ARN, or when its partition, region or account is none.
    pub fn parse(text: &'a str) -> Result<Arn<'a>, ArnError> {
        let mut parts = text.splitn(6, ':');
        let mut part = || parts.next().unwrap_or_default();
        if part() != "arn" {
            return Err(ArnError::NotAnArn {
                text: text.to_owned(),
            });
        }
        let arn = Arn {
            partition: part(),
            service: part(),
            region: part(),
            account: part(),
            resource: part(),
        };
        let fail = |problem| {
            Err(ArnError::Part {
                arn: text.to_owned(),
                problem,
            })
        };
        if arn.service.is_empty() || arn.resource.is_empty() {
            return fail(ArnProblem::Parts);
        }
        if !PARTITIONS.iter().any(|(name, _)| *name == arn.partition) {
            return fail(ArnProblem::Partition(arn.partition.to_owned()));
        }
        if !arn.region.is_empty() {
            if !is_region(arn.region) {
                return fail(ArnProblem::Region(arn.region.to_owned()));
            }
            let partition = PARTITIONS[1..]
                .iter()
                .find(|(_, start)| arn.region.starts_with(start))
                .map_or("aws", |(name, _)| *name);
            if partition != arn.partition {
                return fail(ArnProblem::OtherPartition {
                    region: arn.region.to_owned(),
                    partition,
                });
            }
        }
        let is_account =
            arn.account.len() == 12 && arn.account.bytes().all(|byte| byte.is_ascii_digit());
        if !(arn.account.is_empty() || is_account) {
            return fail(ArnProblem::Account(arn.account.to_owned()));
        }
        Ok(arn)
    }
}

impl fmt::Display for Arn<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "arn:{}:{}:{}:{}:{}",
            self.partition, self.service, self.region, self.account, self.resource
        )
    }
}

/// Whether `text` has the form of a region's name, such as `us-gov-west-1`.
fn is_region(text: &str) -> bool {
    let mut parts = text.rsplit('-');
    let number = parts.next().unwrap_or_default();
    let words: Vec<&str> = parts.collect();
    !number.is_empty()
        && number.bytes().all(|byte| byte.is_ascii_digit())
        && words.len() >= 2
        && words
            .iter()
            .all(|word| word.len() >= 2 && word.bytes().all(|byte| byte.is_ascii_lowercase()))
}

/// The queue whose ARN this is, by name.
///
/// # Errors
///
/// When it is not the ARN of a queue.
pub fn queue(text: &str) -> Result<(&str, Ordering), ArnError> {
    let arn = expect(text, Expected::Queue)?;
    let ordering = resource_name::queue(arn.resource).map_err(ArnError::Name)?;
    Ok((arn.resource, ordering))
}

/// The topic whose ARN this is, by name.
///
/// # Errors
///
/// When it is not the ARN of a topic that delivers to functions.
pub fn topic(text: &str) -> Result<&str, ArnError> {
    let arn = expect(text, Expected::Topic)?;
    if let Some((topic, _)) = arn.resource.split_once(':') {
        let topic = Arn {
            resource: topic,
            ..arn
        };
        return Err(ArnError::Subscription {
            arn: text.to_owned(),
            topic: topic.to_string(),
        });
    }
    resource_name::topic(arn.resource).map_err(ArnError::Name)?;
    Ok(arn.resource)
}

/// The Kinesis data stream whose ARN, or whose consumer's ARN, this is, by name.
///
/// # Errors
///
/// When it is not the ARN of a data stream or of a consumer of one.
pub fn kinesis_stream(text: &str) -> Result<&str, ArnError> {
    let arn = expect(text, Expected::KinesisStream)?;
    let mut parts = arn.resource.split('/');
    let name = match (
        parts.next(),
        parts.next(),
        parts.next(),
        parts.next(),
        parts.next(),
    ) {
        (Some("stream"), Some(name), None, ..) => name,
        // An enhanced fan-out consumer: `stream/<name>/consumer/<consumer>:<timestamp>`.
        (Some("stream"), Some(name), Some("consumer"), Some(_), None) => name,
        _ => {
            return Err(ArnError::Resource {
                arn: text.to_owned(),
                expected: Expected::KinesisStream,
            });
        }
    };
    resource_name::stream(name).map_err(ArnError::Name)?;
    Ok(name)
}

/// The DynamoDB stream whose ARN this is: the table's name and the stream's label.
///
/// # Errors
///
/// When it is not the ARN of a DynamoDB stream, in particular when it is the
/// ARN of the table.
pub fn dynamodb_stream(text: &str) -> Result<(&str, &str), ArnError> {
    let arn = expect(text, Expected::DynamoDbStream)?;
    let fail = || ArnError::Resource {
        arn: text.to_owned(),
        expected: Expected::DynamoDbStream,
    };
    let rest = arn.resource.strip_prefix("table/").ok_or_else(fail)?;
    let Some((table, label)) = rest.split_once("/stream/") else {
        if rest.contains('/') {
            return Err(fail());
        }
        return Err(ArnError::Table {
            arn: text.to_owned(),
        });
    };
    resource_name::table(table).map_err(ArnError::Name)?;
    // `2016-07-29T19:26:04.000`: the moment at which the stream was enabled.
    let form = label.len() == 23
        && label
            .bytes()
            .zip(*b"0000-00-00T00:00:00.000")
            .all(|(byte, form)| match form {
                b'0' => byte.is_ascii_digit(),
                _ => byte == form,
            });
    if !form {
        return Err(ArnError::StreamLabel {
            label: label.to_owned(),
        });
    }
    Ok((table, label))
}

/// The event bus whose ARN this is, by name.
///
/// # Errors
///
/// When it is not the ARN of an event bus.
pub fn event_bus(text: &str) -> Result<&str, ArnError> {
    let arn = expect(text, Expected::EventBus)?;
    let name = arn
        .resource
        .strip_prefix("event-bus/")
        .ok_or_else(|| ArnError::Resource {
            arn: text.to_owned(),
            expected: Expected::EventBus,
        })?;
    resource_name::event_bus(name).map_err(ArnError::Name)?;
    Ok(name)
}

/// The parts of `text`, an ARN of the service that `expected` belongs to, with
/// a region and an account.
fn expect(text: &str, expected: Expected) -> Result<Arn<'_>, ArnError> {
    let arn = match Arn::parse(text) {
        Err(ArnError::NotAnArn { text }) => return Err(ArnError::NotThatArn { text, expected }),
        other => other?,
    };
    if arn.service != expected.service() {
        return Err(ArnError::Service {
            arn: text.to_owned(),
            service: arn.service.to_owned(),
            expected,
        });
    }
    let problem = if arn.region.is_empty() {
        ArnProblem::Region(String::new())
    } else if arn.account.is_empty() {
        ArnProblem::Account(String::new())
    } else {
        return Ok(arn);
    };
    Err(ArnError::Part {
        arn: text.to_owned(),
        problem,
    })
}

/// What an ARN should name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Expected {
    /// An SQS queue.
    Queue,
    /// An SNS topic.
    Topic,
    /// A Kinesis data stream, or a consumer of one.
    KinesisStream,
    /// The stream of a DynamoDB table.
    DynamoDbStream,
    /// An EventBridge event bus.
    EventBus,
}

impl Expected {
    const fn service(self) -> &'static str {
        match self {
            Expected::Queue => "sqs",
            Expected::Topic => "sns",
            Expected::KinesisStream => "kinesis",
            Expected::DynamoDbStream => "dynamodb",
            Expected::EventBus => "events",
        }
    }

    const fn words(self) -> &'static str {
        match self {
            Expected::Queue => "an SQS queue",
            Expected::Topic => "an SNS topic",
            Expected::KinesisStream => "a Kinesis data stream",
            Expected::DynamoDbStream => "a DynamoDB stream",
            Expected::EventBus => "an event bus",
        }
    }

    const fn example(self) -> &'static str {
        match self {
            Expected::Queue => "arn:aws:sqs:us-east-1:123456789012:my-queue",
            Expected::Topic => "arn:aws:sns:us-east-1:123456789012:my-topic",
            Expected::KinesisStream => "arn:aws:kinesis:us-east-1:123456789012:stream/my-stream",
            Expected::DynamoDbStream => {
                "arn:aws:dynamodb:us-east-1:123456789012:table/my-table/stream/2026-01-31T12:00:00.000"
            }
            Expected::EventBus => "arn:aws:events:us-east-1:123456789012:event-bus/my-bus",
        }
    }
}
