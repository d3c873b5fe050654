//! Amazon Resource Names (ARNs) of the resources that send events.
//!
//! Source: AWS Identity and Access Management, "Amazon Resource Names", and the
//! "Resource types" of each service in the Service Authorization Reference.

use std::fmt;

use super::resource_name::{self, Ordering, ResourceNameError};
use crate::suggest::did_you_mean;

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

/// Something that is wrong with an ARN. Its `Display` says what, why, and how to mend it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ArnError {
    /// No ARN at all.
    NotAnArn {
        /// The text.
        text: String,
    },
    /// No ARN at all, where the ARN of a certain resource belongs.
    NotThatArn {
        /// The text.
        text: String,
        /// What it should name.
        expected: Expected,
    },
    /// A part of the ARN that AWS would refuse.
    Part {
        /// The ARN.
        arn: String,
        /// What is wrong with it.
        problem: ArnProblem,
    },
    /// The ARN of another service's resource.
    Service {
        /// The ARN.
        arn: String,
        /// The service in it.
        service: String,
        /// What it should name.
        expected: Expected,
    },
    /// Another resource of the right service.
    Resource {
        /// The ARN.
        arn: String,
        /// What it should name.
        expected: Expected,
    },
    /// The ARN of a table where the ARN of its stream belongs.
    Table {
        /// The ARN.
        arn: String,
    },
    /// A DynamoDB stream without the moment at which it was enabled.
    StreamLabel {
        /// What stands there.
        label: String,
    },
    /// The ARN of a subscription where the ARN of a topic belongs.
    Subscription {
        /// The ARN.
        arn: String,
        /// The topic's ARN.
        topic: String,
    },
    /// The name in the ARN is none that the resource can have.
    Name(ResourceNameError),
}

/// What can be wrong with a part of an ARN.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ArnProblem {
    /// Fewer than six parts.
    Parts,
    /// A partition that AWS does not have.
    Partition(String),
    /// No region, or none that AWS can have.
    Region(String),
    /// A region of another partition.
    OtherPartition {
        /// The region.
        region: String,
        /// The partition that has it.
        partition: &'static str,
    },
    /// No account, or not its 12 digits.
    Account(String),
}

impl fmt::Display for ArnError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ArnError::NotAnArn { text } => write!(
                f,
                "`{text}` is not an ARN, which has the form `arn:aws:<service>:<region>:<account>:<resource>`"
            ),
            ArnError::NotThatArn { text, expected } => {
                if let Some(arn) = queue_url_arn(text).filter(|_| *expected == Expected::Queue) {
                    return write!(
                        f,
                        "`{text}` is the queue's URL, and its ARN belongs here: write \"{arn}\""
                    );
                }
                write!(
                    f,
                    "`{text}` is not an ARN: the ARN of {} looks like \"{}\"",
                    expected.words(),
                    expected.example()
                )
            }
            ArnError::Part { arn, problem } => {
                write!(f, "`{arn}` is not a complete ARN: ")?;
                match problem {
                    ArnProblem::Parts => f.write_str(
                        "it has the form `arn:aws:<service>:<region>:<account>:<resource>`",
                    ),
                    ArnProblem::Partition(partition) => write!(
                        f,
                        "`{partition}` is no partition of AWS{}",
                        did_you_mean(partition, PARTITIONS.iter().map(|(name, _)| *name))
                    ),
                    ArnProblem::Region(region) if region.is_empty() => {
                        f.write_str("the region, its fourth part, is missing")
                    }
                    ArnProblem::Region(region) => write!(
                        f,
                        "`{region}` is no region of AWS, which looks like `us-east-1`"
                    ),
                    ArnProblem::OtherPartition { region, partition } => write!(
                        f,
                        "the region `{region}` belongs to the partition `{partition}`: write `arn:{partition}:..`"
                    ),
                    ArnProblem::Account(account) if account.is_empty() => {
                        f.write_str("the account, its fifth part, is missing")
                    }
                    ArnProblem::Account(account) => {
                        write!(f, "`{account}` is no account of AWS, which has 12 digits")
                    }
                }
            }
            ArnError::Service {
                arn,
                service,
                expected,
            } => write!(
                f,
                "`{arn}` is a resource of the service `{service}`, and the ARN of {} belongs here, such as \"{}\"",
                expected.words(),
                expected.example()
            ),
            ArnError::Resource { arn, expected } => write!(
                f,
                "`{arn}` is not the ARN of {}, which looks like \"{}\"",
                expected.words(),
                expected.example()
            ),
            ArnError::Table { arn } => write!(
                f,
                "`{arn}` is the ARN of a table, and AWS Lambda reads from its stream: write the `LatestStreamArn` that \
                 `aws dynamodb describe-table` shows, which looks like \"{arn}/stream/2026-01-31T12:00:00.000\""
            ),
            ArnError::StreamLabel { label } => write!(
                f,
                "`{label}` is not the label of a DynamoDB stream: it is the moment at which the stream was enabled, \
                 such as `2026-01-31T12:00:00.000`; `aws dynamodb describe-table` shows the whole ARN as \
                 `LatestStreamArn`"
            ),
            ArnError::Subscription { arn, topic } => write!(
                f,
                "`{arn}` is the ARN of a subscription, and the topic's belongs here: write \"{topic}\""
            ),
            ArnError::Name(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for ArnError {}

/// The ARN of the queue with the URL `https://sqs.<region>.amazonaws.com/<account>/<name>`.
fn queue_url_arn(url: &str) -> Option<String> {
    let (host, path) = url.strip_prefix("https://sqs.")?.split_once('/')?;
    let (region, domain) = host.split_once('.')?;
    let (account, name) = path.split_once('/')?;
    let partition = match domain {
        "amazonaws.com.cn" => "aws-cn",
        "amazonaws.com" if region.starts_with("us-gov-") => "aws-us-gov",
        "amazonaws.com" => "aws",
        _ => return None,
    };
    let arn = format!("arn:{partition}:sqs:{region}:{account}:{name}");
    queue(&arn).is_ok().then_some(arn)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn problem<T: fmt::Debug>(result: Result<T, ArnError>) -> String {
        result.unwrap_err().to_string()
    }

    #[test]
    fn parts() {
        let arn = Arn::parse("arn:aws-us-gov:sns:us-gov-west-1:123456789012:a:b").unwrap();
        assert_eq!(
            (arn.partition, arn.region, arn.resource),
            ("aws-us-gov", "us-gov-west-1", "a:b")
        );
        assert!(Arn::parse("arn:aws:s3:::photos").is_ok());
        assert!(problem(Arn::parse("orders")).contains("is not an ARN"));
        assert!(problem(Arn::parse("arn:aws:sqs:us-east-1")).contains("has the form"));
        assert!(problem(Arn::parse("arn:awz:s3:::photos")).contains("did you mean `aws`?"));
        assert!(
            problem(Arn::parse("arn:aws:sqs:useast1:123456789012:q"))
                .contains("`useast1` is no region")
        );
        assert!(problem(Arn::parse("arn:aws:sqs:us-east-1:12345:q")).contains("12 digits"));
        assert!(
            problem(Arn::parse("arn:aws:sqs:cn-north-1:123456789012:q"))
                .ends_with("write `arn:aws-cn:..`")
        );
        assert!(
            problem(Arn::parse("arn:aws-cn:sqs:us-east-1:123456789012:q"))
                .ends_with("write `arn:aws:..`")
        );
    }

    #[test]
    fn queues() {
        assert_eq!(
            queue("arn:aws:sqs:us-east-1:123456789012:orders.fifo"),
            Ok(("orders.fifo", Ordering::Fifo))
        );
        assert_eq!(
            problem(queue(
                "https://sqs.eu-west-1.amazonaws.com/123456789012/orders"
            )),
            "`https://sqs.eu-west-1.amazonaws.com/123456789012/orders` is the queue's URL, and its ARN belongs here: \
             write \"arn:aws:sqs:eu-west-1:123456789012:orders\""
        );
        assert!(problem(queue("orders")).contains("looks like"));
        assert!(problem(queue("arn:aws:sns:us-east-1:123456789012:t")).contains("service `sns`"));
        assert!(problem(queue("arn:aws:sqs::123456789012:q")).contains("region"));
        assert!(problem(queue("arn:aws:sqs:us-east-1::q")).contains("account"));
        assert!(problem(queue("arn:aws:sqs:us-east-1:123456789012:a b")).contains("' '"));
    }

    #[test]
    fn topics() {
        assert_eq!(
            topic("arn:aws:sns:us-east-1:123456789012:prices"),
            Ok("prices")
        );
        assert!(
            problem(topic("arn:aws:sns:us-east-1:123456789012:prices.fifo")).contains("FIFO topic")
        );
        assert!(
            problem(topic(
                "arn:aws:sns:us-east-1:123456789012:prices:6b0e71bd-7e97-4d97-80ce-4a0994e55286"
            ))
            .ends_with("write \"arn:aws:sns:us-east-1:123456789012:prices\"")
        );
    }

    #[test]
    fn streams() {
        let clicks = "arn:aws:kinesis:us-east-1:123456789012:stream/clicks";
        assert_eq!(kinesis_stream(clicks), Ok("clicks"));
        assert_eq!(
            kinesis_stream(&format!("{clicks}/consumer/me:1693526400")),
            Ok("clicks")
        );
        assert!(problem(kinesis_stream(&format!("{clicks}/shards/1"))).contains("looks like"));
        let table = "arn:aws:dynamodb:us-east-1:123456789012:table/Music";
        assert_eq!(
            dynamodb_stream(&format!("{table}/stream/2016-07-29T19:26:04.000")),
            Ok(("Music", "2016-07-29T19:26:04.000"))
        );
        assert!(problem(dynamodb_stream(table)).contains("is the ARN of a table"));
        assert!(problem(dynamodb_stream(&format!("{table}/stream/latest"))).contains("`latest`"));
        assert!(problem(dynamodb_stream(&format!("{table}/index/by-year"))).contains("looks like"));
        assert!(problem(dynamodb_stream("Music")).contains("DynamoDB stream looks like"));
    }

    #[test]
    fn event_buses() {
        assert_eq!(
            event_bus("arn:aws:events:us-east-1:123456789012:event-bus/default"),
            Ok("default")
        );
        assert!(
            problem(event_bus("arn:aws:events:us-east-1:123456789012:rule/a"))
                .contains("event bus")
        );
    }

    proptest! {
        #[test]
        fn any_text_is_answered(text in "(arn:(aws|aws-cn)?:?)?[a-z0-9:/-]{0,60}") {
            for result in [
                queue(&text).map(|_| ()),
                topic(&text).map(|_| ()),
                kinesis_stream(&text).map(|_| ()),
                dynamodb_stream(&text).map(|_| ()),
                event_bus(&text).map(|_| ()),
            ] {
                if let Err(error) = result {
                    prop_assert!(!error.to_string().is_empty());
                }
            }
        }

        #[test]
        fn what_parses_is_written_as_it_was(
            region in "(us|eu)-(east|west)-[1-3]",
            account in "[0-9]{12}",
            resource in "[a-z:/]{1,20}",
        ) {
            let text = format!("arn:aws:sqs:{region}:{account}:{resource}");
            prop_assert_eq!(Arn::parse(&text).map(|arn| arn.to_string()), Ok(text.clone()));
        }
    }
}
