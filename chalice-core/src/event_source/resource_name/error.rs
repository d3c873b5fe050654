//! What can be wrong with a resource's name, in the words of a compile error.

use std::fmt;

use super::Resource;

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
