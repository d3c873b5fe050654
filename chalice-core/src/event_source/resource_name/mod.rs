//! The names of the AWS resources that send events.

mod error;
#[cfg(test)]
mod tests;

pub use error::{NameProblem, ResourceNameError};

/// A kind of resource that has a name.
///
/// What its names consist of; [`grant`](crate::grant) has the kinds that send no events.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Resource {
    /// A general purpose bucket. Amazon S3, "General purpose bucket naming rules".
    Bucket,
    /// A queue. Amazon SQS, `CreateQueue`.
    Queue,
    /// A topic. Amazon SNS, `CreateTopic`.
    Topic,
    /// A data stream. Amazon Kinesis, `CreateStream`.
    Stream,
    /// A table. Amazon DynamoDB, `CreateTable`.
    Table,
    /// An event bus. Amazon EventBridge, `CreateEventBus`.
    EventBus,
    /// A secret. AWS Secrets Manager, `CreateSecret`.
    Secret,
    /// A parameter. AWS Systems Manager, `PutParameter`.
    Parameter,
    /// A function. AWS Lambda, `CreateFunction`.
    Function,
    /// A state machine. AWS Step Functions, `CreateStateMachine`.
    StateMachine,
}

impl Resource {
    pub(crate) const fn words(self) -> &'static str {
        match self {
            Resource::Bucket => "a bucket's name",
            Resource::Queue => "a queue's name",
            Resource::Topic => "a topic's name",
            Resource::Stream => "a stream's name",
            Resource::Table => "a table's name",
            Resource::EventBus => "an event bus's name",
            Resource::Secret => "a secret's name",
            Resource::Parameter => "a parameter's name",
            Resource::Function => "a function's name",
            Resource::StateMachine => "a state machine's name",
        }
    }

    pub(crate) const fn service(self) -> &'static str {
        match self {
            Resource::Bucket => "Amazon S3",
            Resource::Queue => "Amazon SQS",
            Resource::Topic => "Amazon SNS",
            Resource::Stream => "Amazon Kinesis",
            Resource::Table => "Amazon DynamoDB",
            Resource::EventBus => "Amazon EventBridge",
            Resource::Secret => "AWS Secrets Manager",
            Resource::Parameter => "AWS Systems Manager",
            Resource::Function => "AWS Lambda",
            Resource::StateMachine => "AWS Step Functions",
        }
    }

    /// The fewest and the most characters of a name.
    pub(crate) const fn lengths(self) -> (usize, usize) {
        match self {
            Resource::Bucket => (3, 63),
            Resource::Queue => (1, 80),
            Resource::Topic => (1, 256),
            Resource::Stream => (1, 128),
            Resource::Table => (3, 255),
            Resource::EventBus => (1, 256),
            Resource::Secret => (1, 512),
            // 2,048 less an ARN's beginning in the longest of regions.
            Resource::Parameter => (1, 1011),
            Resource::Function => (1, 64),
            Resource::StateMachine => (1, 80),
        }
    }

    pub(crate) const fn allows(self, character: char) -> bool {
        match self {
            Resource::Bucket => {
                matches!(character, 'a'..='z' | '0'..='9' | '.' | '-')
            }
            Resource::Queue | Resource::Topic => {
                character.is_ascii_alphanumeric() || matches!(character, '-' | '_')
            }
            Resource::Stream | Resource::Table => {
                character.is_ascii_alphanumeric() || matches!(character, '-' | '_' | '.')
            }
            Resource::EventBus => {
                character.is_ascii_alphanumeric() || matches!(character, '-' | '_' | '.' | '/')
            }
            Resource::Secret => {
                character.is_ascii_alphanumeric()
                    || matches!(character, '/' | '_' | '+' | '=' | '.' | '@' | '-')
            }
            Resource::Parameter => {
                character.is_ascii_alphanumeric() || matches!(character, '-' | '_' | '.' | '/')
            }
            Resource::Function => {
                character.is_ascii_alphanumeric() || matches!(character, '-' | '_')
            }
            Resource::StateMachine => {
                character.is_ascii_alphanumeric()
                    || matches!(
                        character,
                        '!' | '\'' | '(' | ')' | '+' | '-' | '.' | '=' | '@' | '_'
                    )
                    || character > '\u{9f}' && !character.is_whitespace()
            }
        }
    }

    pub(crate) const fn alphabet(self) -> &'static str {
        match self {
            Resource::Bucket => "lower-case letters, digits, `.` and `-`",
            Resource::Queue | Resource::Topic => "letters, digits, `-` and `_`",
            Resource::Stream | Resource::Table => "letters, digits, `-`, `_` and `.`",
            Resource::EventBus | Resource::Parameter => "letters, digits, `-`, `_`, `.` and `/`",
            Resource::Secret => "letters, digits and `/_+=.@-`",
            Resource::Function => "letters, digits, `-` and `_`",
            Resource::StateMachine => "letters, digits and `!'()+-.=@_`",
        }
    }

    /// The key of an attribute or a setting that takes this resource's ARN.
    const fn arn_key(self) -> Option<&'static str> {
        match self {
            Resource::Queue => Some("queue_arn"),
            Resource::Stream | Resource::Table => Some("stream_arn"),
            _ => None,
        }
    }
}

/// Whether a queue or a topic keeps its messages in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Ordering {
    /// Messages come at least once, in no particular order.
    Standard,
    /// First in, first out within a message group; the name ends with `.fifo`.
    Fifo,
}

/// Checks a bucket's name.
///
/// # Errors
///
/// When Amazon S3 has no such bucket, or one that sends no event notifications.
pub fn bucket(name: &str) -> Result<(), ResourceNameError> {
    let fail = |problem| Err(error(Resource::Bucket, name, problem));
    if name.starts_with("s3://") {
        return fail(NameProblem::Url);
    }
    if name.contains("--x-s3") {
        return fail(NameProblem::NoNotifications);
    }
    check(Resource::Bucket, name, name)?;
    if name.starts_with(['.', '-']) || name.ends_with(['.', '-']) {
        return fail(NameProblem::Ends);
    }
    if name.contains("..") {
        return fail(NameProblem::AdjacentPeriods);
    }
    if name.parse::<std::net::Ipv4Addr>().is_ok() {
        return fail(NameProblem::IpAddress);
    }
    for start in ["xn--", "sthree-", "amzn-s3-demo-"] {
        if name.starts_with(start) {
            return fail(NameProblem::Reserved(start));
        }
    }
    for end in ["-s3alias", "--ol-s3", ".mrap", "--table-s3"] {
        if name.ends_with(end) {
            return fail(NameProblem::Reserved(end));
        }
    }
    Ok(())
}

/// Checks a queue's name, and says which kind of queue has it.
///
/// # Errors
///
/// When Amazon SQS has no such queue.
///
/// ```
/// use chalice_core::event_source::resource_name::{Ordering, queue};
/// assert_eq!(queue("orders.fifo"), Ok(Ordering::Fifo));
/// let error = queue("https://sqs.us-east-1.amazonaws.com/123456789012/orders").unwrap_err();
/// assert!(error.to_string().ends_with("write \"orders\""));
/// ```
pub fn queue(name: &str) -> Result<Ordering, ResourceNameError> {
    ordered(Resource::Queue, name)
}

/// Checks the name of a topic that a function subscribes to.
///
/// # Errors
///
/// When Amazon SNS has no such topic, or one that does not deliver to functions.
pub fn topic(name: &str) -> Result<(), ResourceNameError> {
    match ordered(Resource::Topic, name)? {
        Ordering::Standard => Ok(()),
        // Amazon SNS, "Message delivery for FIFO topics".
        Ordering::Fifo => Err(error(Resource::Topic, name, NameProblem::FifoTopic)),
    }
}

/// Checks the name of a Kinesis data stream.
///
/// # Errors
///
/// When Amazon Kinesis has no such stream.
pub fn stream(name: &str) -> Result<(), ResourceNameError> {
    check(Resource::Stream, name, name)
}

/// Checks the name of a DynamoDB table.
///
/// # Errors
///
/// When Amazon DynamoDB has no such table.
pub fn table(name: &str) -> Result<(), ResourceNameError> {
    check(Resource::Table, name, name)
}

/// Checks the name of an event bus: `default`, one of your own or one of a partner.
///
/// # Errors
///
/// When Amazon EventBridge has no such event bus.
pub fn event_bus(name: &str) -> Result<(), ResourceNameError> {
    check(Resource::EventBus, name, name)?;
    if name.contains('/') && !name.starts_with("aws.partner/") {
        return Err(error(Resource::EventBus, name, NameProblem::PartnerBus));
    }
    Ok(())
}

fn ordered(resource: Resource, name: &str) -> Result<Ordering, ResourceNameError> {
    let stem = name.strip_suffix(".fifo");
    check(resource, name, stem.unwrap_or(name))?;
    Ok(match stem {
        Some(_) => Ordering::Fifo,
        None => Ordering::Standard,
    })
}

/// Checks `name`, of which `stem` may have the resource's characters only.
fn check(resource: Resource, name: &str, stem: &str) -> Result<(), ResourceNameError> {
    let fail = |problem| Err(error(resource, name, problem));
    if name.starts_with("arn:") {
        return fail(NameProblem::Arn);
    }
    if name.starts_with("https:") || name.starts_with("http:") {
        return fail(NameProblem::Url);
    }
    if let Some(character) = stem.chars().find(|character| !resource.allows(*character)) {
        return fail(NameProblem::Character(character));
    }
    let (shortest, longest) = resource.lengths();
    if stem.is_empty() || name.len() < shortest {
        return fail(NameProblem::TooShort);
    }
    if name.len() > longest {
        return fail(NameProblem::TooLong);
    }
    Ok(())
}

fn error(resource: Resource, name: &str, problem: NameProblem) -> ResourceNameError {
    ResourceNameError {
        resource,
        name: name.to_owned(),
        problem,
    }
}
