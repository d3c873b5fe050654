//! The names of the AWS resources that send events.

use std::fmt;

use crate::name::MAX_FUNCTION_NAME;

/// A kind of resource that has a name.
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
}

impl Resource {
    const fn words(self) -> &'static str {
        match self {
            Resource::Bucket => "a bucket's name",
            Resource::Queue => "a queue's name",
            Resource::Topic => "a topic's name",
            Resource::Stream => "a stream's name",
            Resource::Table => "a table's name",
            Resource::EventBus => "an event bus's name",
        }
    }

    const fn service(self) -> &'static str {
        match self {
            Resource::Bucket => "Amazon S3",
            Resource::Queue => "Amazon SQS",
            Resource::Topic => "Amazon SNS",
            Resource::Stream => "Amazon Kinesis",
            Resource::Table => "Amazon DynamoDB",
            Resource::EventBus => "Amazon EventBridge",
        }
    }

    /// The fewest and the most characters of a name.
    const fn lengths(self) -> (usize, usize) {
        match self {
            Resource::Bucket => (3, 63),
            Resource::Queue => (1, 80),
            Resource::Topic => (1, 256),
            Resource::Stream => (1, 128),
            Resource::Table => (3, 255),
            Resource::EventBus => (1, 256),
        }
    }

    const fn allows(self, character: char) -> bool {
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
        }
    }

    const fn alphabet(self) -> &'static str {
        match self {
            Resource::Bucket => "lower-case letters, digits, `.` and `-`",
            Resource::Queue | Resource::Topic => "letters, digits, `-` and `_`",
            Resource::Stream | Resource::Table => "letters, digits, `-`, `_` and `.`",
            Resource::EventBus => "letters, digits, `-`, `_`, `.` and `/`",
        }
    }

    /// The key of an attribute or a setting that takes this resource's ARN.
    const fn arn_key(self) -> Option<&'static str> {
        match self {
            Resource::Queue => Some("queue_arn"),
            Resource::Table => Some("stream_arn"),
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

/// A name that AWS would refuse. Its `Display` says what is wrong, why, and how to mend it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ResourceNameError {
    /// What has the name.
    pub resource: Resource,
    /// The name.
    pub name: String,
    /// What is wrong with it.
    pub problem: NameProblem,
}

/// What can be wrong with a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NameProblem {
    /// Fewer characters than the service takes.
    TooShort,
    /// More characters than the service takes.
    TooLong,
    /// A character that the service does not take.
    Character(char),
    /// An ARN where a name belongs.
    Arn,
    /// A URL where a name belongs.
    Url,
    /// A bucket's name that begins or ends with `.` or `-`.
    Ends,
    /// Two periods in a row.
    AdjacentPeriods,
    /// A bucket's name that reads as an IPv4 address.
    IpAddress,
    /// A beginning or an end that AWS keeps for itself.
    Reserved(&'static str),
    /// A bucket that sends no event notifications.
    NoNotifications,
    /// A topic that does not deliver to functions.
    FifoTopic,
    /// A `/` in the name of an event bus that no partner of AWS has.
    PartnerBus,
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

/// The name that a handler's function has on AWS: `<app>-<stage>-<handler>`.
///
/// # Errors
///
/// When it is longer than AWS Lambda allows, or has a character that AWS Lambda does not allow.
pub fn function(app: &str, stage: &str, handler: &str) -> Result<String, FunctionNameError> {
    for part in [app, stage, handler] {
        if let Some(problem) = crate::name::problem(part) {
            return Err(FunctionNameError::Part {
                part: part.to_owned(),
                problem,
            });
        }
    }
    let name = format!("{app}-{stage}-{handler}");
    if name.len() > MAX_FUNCTION_NAME {
        return Err(FunctionNameError::TooLong { name });
    }
    Ok(name)
}

/// A function's name that AWS Lambda would refuse.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FunctionNameError {
    /// The name of the app, the stage or the handler is none.
    Part {
        /// The part of the name.
        part: String,
        /// What is wrong with it, as a clause.
        problem: String,
    },
    /// More characters than [`MAX_FUNCTION_NAME`].
    TooLong {
        /// The whole name.
        name: String,
    },
}

impl fmt::Display for FunctionNameError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            FunctionNameError::Part { part, problem } => {
                write!(
                    f,
                    "\"{part}\" cannot be part of a function's name: {problem}"
                )
            }
            FunctionNameError::TooLong { name } => write!(
                f,
                "the function would be named \"{name}\", which has {} characters: AWS Lambda allows at most \
                 {MAX_FUNCTION_NAME}; shorten the name of the app, the stage or the handler by {}",
                name.len(),
                name.len() - MAX_FUNCTION_NAME
            ),
        }
    }
}

impl std::error::Error for FunctionNameError {}

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

impl fmt::Display for ResourceNameError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (words, service) = (self.resource.words(), self.resource.service());
        let (shortest, longest) = self.resource.lengths();
        let name = &self.name;
        match &self.problem {
            NameProblem::TooShort => write!(
                f,
                "\"{name}\" is too short for {words}: {service} takes {shortest} to {longest} characters"
            ),
            NameProblem::TooLong => write!(
                f,
                "{words} has at most {longest} characters in {service}, and \"{name}\" has {}",
                name.len()
            ),
            NameProblem::Character(character) => {
                write!(
                    f,
                    "{character:?} is not allowed in {words}, \"{name}\": {service} takes {}",
                    self.resource.alphabet()
                )?;
                match self.resource {
                    Resource::Bucket if character.is_ascii_uppercase() => {
                        write!(f, "; write \"{}\"", name.to_ascii_lowercase())
                    }
                    Resource::Queue | Resource::Topic if *character == '.' => {
                        f.write_str(", and `.` only in `.fifo` at the end")
                    }
                    _ => Ok(()),
                }
            }
            NameProblem::Arn => {
                write!(f, "`{name}` is an ARN where {words} belongs")?;
                // A DynamoDB stream's ARN ends with a label that no name is.
                let short = name.rsplit([':', '/']).next().unwrap_or_default();
                match self.resource.arn_key() {
                    Some(key) => write!(f, ": write {key} = \"{name}\""),
                    None => write!(f, ": write \"{short}\""),
                }
            }
            NameProblem::Url => {
                write!(f, "`{name}` is a URL where {words} belongs")?;
                let path = name.split("://").nth(1).unwrap_or_default();
                let short = match self.resource {
                    Resource::Bucket => path.split('/').next(),
                    _ => path.rsplit('/').next(),
                };
                match short {
                    Some(short) if !short.is_empty() => write!(f, ": write \"{short}\""),
                    _ => Ok(()),
                }
            }
            NameProblem::Ends => write!(
                f,
                "\"{name}\" cannot be {words}: it begins and ends with a letter or a digit"
            ),
            NameProblem::AdjacentPeriods => write!(
                f,
                "\"{name}\" cannot be {words}: {service} takes no two periods in a row"
            ),
            NameProblem::IpAddress => write!(
                f,
                "\"{name}\" cannot be {words}: {service} takes none that is formatted as an IP address"
            ),
            NameProblem::Reserved(reserved) => write!(
                f,
                "\"{name}\" cannot be {words}: {service} keeps `{reserved}` for itself"
            ),
            NameProblem::NoNotifications => write!(
                f,
                "\"{name}\" is a directory bucket, and {service} sends event notifications from general purpose \
                 buckets only"
            ),
            NameProblem::FifoTopic => write!(
                f,
                "\"{name}\" is a FIFO topic, and {service} delivers its messages to SQS queues only: subscribe a \
                 queue to the topic, and take its messages with `#[on_sqs_message]`"
            ),
            NameProblem::PartnerBus => write!(
                f,
                "`/` is not allowed in {words}, \"{name}\": {service} has it in the names of partners' buses, \
                 `aws.partner/..`"
            ),
        }
    }
}

impl std::error::Error for ResourceNameError {}

#[cfg(test)]
mod tests {
    use super::*;

    fn problem<T: fmt::Debug>(result: Result<T, ResourceNameError>) -> String {
        result.unwrap_err().to_string()
    }

    #[test]
    fn buckets() {
        for name in ["abc", "my.bucket-1", "1.2.3", &"a".repeat(63)] {
            assert_eq!(bucket(name), Ok(()), "{name}");
        }
        assert!(problem(bucket("ab")).contains("3 to 63"));
        assert!(problem(bucket(&"a".repeat(64))).contains("has 64"));
        assert!(problem(bucket("MyBucket")).ends_with("write \"mybucket\""));
        assert!(problem(bucket("my_bucket")).contains("'_'"));
        assert!(problem(bucket("-bucket")).contains("begins and ends"));
        assert!(problem(bucket("bucket.")).contains("begins and ends"));
        assert!(problem(bucket("a..b")).contains("two periods"));
        assert!(problem(bucket("192.168.5.4")).contains("IP address"));
        assert!(problem(bucket("xn--bucket")).contains("`xn--`"));
        assert!(problem(bucket("bucket-s3alias")).contains("`-s3alias`"));
        assert!(problem(bucket("logs--use1-az4--x-s3")).contains("directory bucket"));
        assert!(problem(bucket("arn:aws:s3:::photos")).ends_with("write \"photos\""));
        assert!(problem(bucket("s3://photos/cats")).ends_with("write \"photos\""));
        assert!(problem(bucket("https://")).contains("is a URL"));
    }

    #[test]
    fn queues() {
        assert_eq!(queue("My_queue-1"), Ok(Ordering::Standard));
        assert_eq!(queue("orders.fifo"), Ok(Ordering::Fifo));
        assert_eq!(
            queue(&format!("{}.fifo", "q".repeat(75))),
            Ok(Ordering::Fifo)
        );
        assert!(problem(queue(&format!("{}.fifo", "q".repeat(76)))).contains("has 81"));
        assert!(problem(queue(".fifo")).contains("too short"));
        assert!(problem(queue("")).contains("too short"));
        assert!(problem(queue("orders.new")).contains("only in `.fifo` at the end"));
        assert_eq!(
            problem(queue("arn:aws:sqs:us-east-1:123456789012:orders")),
            "`arn:aws:sqs:us-east-1:123456789012:orders` is an ARN where a queue's name belongs: write queue_arn = \
             \"arn:aws:sqs:us-east-1:123456789012:orders\""
        );
        assert!(
            problem(queue(
                "https://sqs.us-east-1.amazonaws.com/123456789012/orders"
            ))
            .ends_with("is a URL where a queue's name belongs: write \"orders\"")
        );
    }

    #[test]
    fn topics() {
        assert_eq!(topic(&"t".repeat(256)), Ok(()));
        assert!(problem(topic(&"t".repeat(257))).contains("at most 256"));
        assert!(problem(topic("prices.fifo")).contains("#[on_sqs_message]"));
        assert!(problem(topic("prices!")).contains("'!'"));
    }

    #[test]
    fn streams_tables_and_buses() {
        assert_eq!(stream("clicks.v1"), Ok(()));
        assert!(problem(stream(&"s".repeat(129))).contains("at most 128"));
        assert!(
            problem(stream(
                "arn:aws:kinesis:us-east-1:123456789012:stream/clicks"
            ))
            .ends_with("write \"clicks\"")
        );
        assert_eq!(table("Music"), Ok(()));
        assert!(problem(table("ab")).contains("3 to 255"));
        assert_eq!(event_bus("default"), Ok(()));
        assert_eq!(event_bus("aws.partner/example.com/acme"), Ok(()));
        assert!(problem(event_bus("a/b")).contains("aws.partner/"));
        assert!(problem(event_bus("a b")).contains("' '"));
    }

    #[test]
    fn functions() {
        assert_eq!(
            function("shop", "dev", "resize"),
            Ok("shop-dev-resize".to_owned())
        );
        assert_eq!(
            function("shop", "dev", &"h".repeat(55)).map(|name| name.len()),
            Ok(64)
        );
        let error = function("shop", "dev", &"h".repeat(58)).unwrap_err();
        assert!(error.to_string().ends_with("by 3"));
        assert!(
            function("my shop", "dev", "a")
                .unwrap_err()
                .to_string()
                .contains("my shop")
        );
    }
}
