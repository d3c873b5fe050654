//! `dead_letter`: where events go that a function has not handled.

use crate::reading::{
    arn::{behind, is_arn},
    text_setting,
};

text_setting! {
    /// The ARN of the queue of Amazon SQS or topic of Amazon SNS that gets events of
    /// asynchronous invocations after their last retry (AWS Lambda, "Adding a
    /// dead-letter queue"). FIFO queues and topics are refused there.
    pub struct DeadLetter;
    pattern: r"arn:aws[a-z-]*:(sqs|sns):[^:]+:[0-9]{12}:[A-Za-z0-9_-]+",
    is_taken: |text| ["sqs", "sns"].into_iter().any(|service| is_arn(text, service, |arn| {
        !arn.region.is_empty()
            && !arn.account.is_empty()
            && behind(arn.resource, "").is_some_and(|name| {
                name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
            })
    })),
    refusal: "AWS Lambda sends events that failed to a queue of Amazon SQS or a topic of Amazon SNS, neither of them FIFO",
    "write the ARN of one, such as `arn:aws:sqs:<region>:<account>:<queue>`",
}

/// What a [`DeadLetter`] is the ARN of: the function's role needs other permissions for each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DeadLetterTarget {
    /// A queue of Amazon SQS: `sqs:SendMessage`.
    Queue,
    /// A topic of Amazon SNS: `sns:Publish`.
    Topic,
}

impl DeadLetter {
    /// What it is the ARN of.
    pub fn target(&self) -> DeadLetterTarget {
        match is_arn(self.as_str(), "sns", |_| true) {
            true => DeadLetterTarget::Topic,
            false => DeadLetterTarget::Queue,
        }
    }
}
