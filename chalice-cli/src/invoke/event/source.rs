//! The sources whose events can be made.

use chalice_core::manifest::model::FunctionKind;
use clap::ValueEnum;

/// A source whose events can be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Source {
    /// Amazon S3.
    S3,
    /// Amazon SNS.
    Sns,
    /// Amazon SQS.
    Sqs,
    /// Amazon Kinesis.
    Kinesis,
    /// The stream of an Amazon DynamoDB table.
    Dynamodb,
    /// A rule of Amazon EventBridge, by a pattern.
    #[value(alias = "eventbridge")]
    Cloudwatch,
    /// A rule of Amazon EventBridge, by a schedule.
    Schedule,
    /// A WebSocket API.
    Websocket,
    /// A REST API.
    Http,
}

impl Source {
    /// The source that invokes functions of that kind, if it is one whose events can be made.
    pub(super) fn of(kind: &FunctionKind) -> Option<Source> {
        match kind {
            FunctionKind::RestApi {} => Some(Source::Http),
            FunctionKind::S3(_) => Some(Source::S3),
            FunctionKind::Sns(_) => Some(Source::Sns),
            FunctionKind::Sqs(_) => Some(Source::Sqs),
            FunctionKind::Kinesis(_) => Some(Source::Kinesis),
            FunctionKind::Dynamodb(_) => Some(Source::Dynamodb),
            FunctionKind::Cloudwatch(_) => Some(Source::Cloudwatch),
            FunctionKind::Scheduled(_) => Some(Source::Schedule),
            FunctionKind::Websocket(_) => Some(Source::Websocket),
            FunctionKind::Authorizer(_) | FunctionKind::PureLambda(_) => None,
        }
    }

    /// The source as the option `--event` spells it.
    pub(super) fn name(self) -> &'static str {
        match self {
            Source::S3 => "s3",
            Source::Sns => "sns",
            Source::Sqs => "sqs",
            Source::Kinesis => "kinesis",
            Source::Dynamodb => "dynamodb",
            Source::Cloudwatch => "cloudwatch",
            Source::Schedule => "schedule",
            Source::Websocket => "websocket",
            Source::Http => "http",
        }
    }

    /// The options that say more about the source's events.
    pub(super) fn options(self) -> &'static [&'static str] {
        match self {
            Source::S3 => &["--bucket", "--key", "--event-name", "--size"],
            Source::Sns => &["--message", "--subject", "--topic", "--attribute"],
            Source::Sqs => &["--body", "--queue", "--group-id", "--attribute"],
            Source::Kinesis => &["--data", "--stream", "--partition-key"],
            Source::Dynamodb => &["--new-image", "--old-image", "--keys", "--table"],
            Source::Cloudwatch => &[
                "--source",
                "--detail-type",
                "--detail",
                "--resource",
                "--time",
            ],
            Source::Schedule => &["--rule", "--time"],
            Source::Websocket => &[
                "--route-key",
                "--connection-id",
                "--body",
                "--header",
                "--query",
            ],
            Source::Http => &["--method", "--path", "--header", "--body"],
        }
    }
}
