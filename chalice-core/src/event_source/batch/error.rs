//! What can be wrong with the settings of an event source mapping, in the words of a compile error.

use std::fmt;

use super::{BatchSource, Setting};
use crate::suggest::did_you_mean;

/// A setting that AWS Lambda would refuse. Its `Display` says what is wrong, why, and how to mend it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BatchError {
    /// What the records come from.
    pub source: BatchSource,
    /// The setting.
    pub setting: Setting,
    /// What is wrong with it.
    pub problem: BatchProblem,
}

/// What can be wrong with a setting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BatchProblem {
    /// Mappings of this source do not have the setting.
    NotForSource,
    /// The value is outside of the range.
    OutOfRange {
        /// The value.
        value: i64,
        /// The smallest.
        min: i64,
        /// The largest.
        max: i64,
    },
    /// A batch of more than 10 messages without a batching window.
    NeedsWindow {
        /// The batch size.
        batch_size: i64,
    },
    /// A batching window for a FIFO queue.
    FifoWindow,
    /// A record age of less than a minute or more than a week.
    RecordAge {
        /// The age in seconds.
        value: i64,
    },
    /// A starting position that AWS does not have.
    UnknownPosition {
        /// The position.
        position: String,
    },
    /// `AT_TIMESTAMP` for a DynamoDB stream.
    TimestampInDynamoDb,
    /// `AT_TIMESTAMP` without the moment.
    PositionWithoutTimestamp,
    /// The moment without `AT_TIMESTAMP`.
    TimestampWithoutPosition,
}

impl fmt::Display for BatchError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (key, source) = (self.setting.key(), self.source.words());
        match &self.problem {
            BatchProblem::NotForSource => {
                let others = if self.setting == Setting::StartingPositionTimestamp {
                    "Kinesis streams"
                } else if self.source.is_queue() {
                    "streams"
                } else {
                    "SQS queues"
                };
                write!(
                    f,
                    "AWS Lambda has `{key}` for {others}, not for {source}: leave it out"
                )
            }
            BatchProblem::OutOfRange { value, min, max } => {
                write!(f, "`{key}` is {value}, and AWS Lambda takes ")?;
                match max {
                    &i64::MAX => write!(f, "{min} and above")?,
                    _ => write!(f, "{min} to {max} for {source}")?,
                }
                match self.setting {
                    Setting::MaximumConcurrency if *value == 1 => f.write_str(
                        "; for one invocation at a time set the function's reserved concurrency to 1",
                    ),
                    _ => Ok(()),
                }
            }
            BatchProblem::NeedsWindow { batch_size } => write!(
                f,
                "`{key}` is {batch_size}, and AWS Lambda fills batches of more than 10 messages only within a batching \
                 window: add maximum_batching_window_in_seconds = 1, or more"
            ),
            BatchProblem::FifoWindow => write!(
                f,
                "AWS Lambda has no batching window for FIFO queues: leave out `{key}`"
            ),
            BatchProblem::RecordAge { value } => write!(
                f,
                "`{key}` is {value}, and AWS Lambda takes 60 to 604800 seconds, or -1 for records of any age"
            ),
            BatchProblem::UnknownPosition { position } => {
                write!(
                    f,
                    "`{position}` is not a starting position: AWS Lambda has `TRIM_HORIZON` (the oldest record), `LATEST`"
                )?;
                let known: &[&str] = if self.source == BatchSource::Kinesis {
                    f.write_str(" and `AT_TIMESTAMP`")?;
                    &["TRIM_HORIZON", "LATEST", "AT_TIMESTAMP"]
                } else {
                    &["TRIM_HORIZON", "LATEST"]
                };
                f.write_str(&did_you_mean(position, known.iter().copied()))
            }
            BatchProblem::TimestampInDynamoDb => f.write_str(
                "AWS Lambda has `AT_TIMESTAMP` for Kinesis streams only: for a DynamoDB stream write \"TRIM_HORIZON\" or \
                 \"LATEST\"",
            ),
            BatchProblem::PositionWithoutTimestamp => f.write_str(
                "`AT_TIMESTAMP` needs the moment from which to read: add starting_position_timestamp = <Unix seconds>",
            ),
            BatchProblem::TimestampWithoutPosition => write!(
                f,
                "AWS Lambda takes `{key}` together with starting_position = \"AT_TIMESTAMP\" only: add that, or leave out \
                 `{key}`"
            ),
        }
    }
}

impl std::error::Error for BatchError {}
