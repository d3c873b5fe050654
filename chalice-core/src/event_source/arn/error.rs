//! What can be wrong with an ARN, in the words of a compile error.

use std::fmt;

use super::{Expected, PARTITIONS, queue};
use crate::event_source::resource_name::ResourceNameError;
use crate::suggest::did_you_mean;

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
