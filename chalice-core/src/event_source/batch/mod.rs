//! How AWS Lambda reads queues and streams: the ranges of an event source mapping's settings.
//!
//! Sources: AWS Lambda, `CreateEventSourceMapping`, and "Lambda parameters for
//! Amazon SQS / Kinesis Data Streams / DynamoDB event source mappings".

mod error;

use super::resource_name::Ordering;

pub use error::{BatchError, BatchProblem};

/// A service from which AWS Lambda reads records in batches.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum BatchSource {
    /// A standard queue of Amazon SQS.
    Queue,
    /// A FIFO queue of Amazon SQS.
    FifoQueue,
    /// A data stream of Amazon Kinesis.
    Kinesis,
    /// The stream of an Amazon DynamoDB table.
    DynamoDb,
}

impl From<Ordering> for BatchSource {
    fn from(ordering: Ordering) -> BatchSource {
        match ordering {
            Ordering::Standard => BatchSource::Queue,
            Ordering::Fifo => BatchSource::FifoQueue,
        }
    }
}

impl BatchSource {
    /// The most records of a batch.
    pub const fn max_batch_size(self) -> u32 {
        match self {
            BatchSource::FifoQueue => 10,
            _ => 10_000,
        }
    }

    /// The batch size of a handler that does not say one, as in Chalice: 1 for
    /// queues, 100 for streams.
    pub const fn default_batch_size(self) -> u32 {
        match self {
            BatchSource::Queue | BatchSource::FifoQueue => 1,
            BatchSource::Kinesis | BatchSource::DynamoDb => 100,
        }
    }

    const fn is_queue(self) -> bool {
        matches!(self, BatchSource::Queue | BatchSource::FifoQueue)
    }

    const fn words(self) -> &'static str {
        match self {
            BatchSource::Queue => "a standard queue",
            BatchSource::FifoQueue => "a FIFO queue",
            BatchSource::Kinesis => "a Kinesis stream",
            BatchSource::DynamoDb => "a DynamoDB stream",
        }
    }
}

/// Where in a stream AWS Lambda begins to read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum StartingPosition {
    /// `TRIM_HORIZON`: with the oldest record that the stream still has.
    TrimHorizon,
    /// `LATEST`: with what comes after the mapping is created.
    Latest,
    /// `AT_TIMESTAMP`: with the first record after a moment. Kinesis only.
    AtTimestamp,
}

impl StartingPosition {
    /// The position as AWS spells it.
    pub const fn as_str(self) -> &'static str {
        match self {
            StartingPosition::TrimHorizon => "TRIM_HORIZON",
            StartingPosition::Latest => "LATEST",
            StartingPosition::AtTimestamp => "AT_TIMESTAMP",
        }
    }

    /// The position that AWS spells `text`.
    pub fn parse(text: &str) -> Option<StartingPosition> {
        [
            StartingPosition::TrimHorizon,
            StartingPosition::Latest,
            StartingPosition::AtTimestamp,
        ]
        .into_iter()
        .find(|position| position.as_str() == text)
    }
}

/// A setting of an event source mapping; [`Setting::key`] is its name in attributes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Setting {
    /// The most records of a batch.
    BatchSize,
    /// How long to wait for a batch to fill, in seconds.
    MaximumBatchingWindow,
    /// How many invocations a queue may cause at once.
    MaximumConcurrency,
    /// How many batches of a shard are processed at once.
    ParallelizationFactor,
    /// Where in the stream to begin.
    StartingPosition,
    /// The moment of `AT_TIMESTAMP`, in Unix seconds.
    StartingPositionTimestamp,
    /// How often a batch is tried again; -1 until its records expire.
    MaximumRetryAttempts,
    /// The oldest record that is still processed, in seconds; -1 for all.
    MaximumRecordAge,
    /// Whether a batch that fails is split in two.
    BisectBatchOnFunctionError,
    /// The length of a window of aggregation, in seconds.
    TumblingWindow,
}

impl Setting {
    /// The setting's name: AWS's own in lower case with underscores.
    pub const fn key(self) -> &'static str {
        match self {
            Setting::BatchSize => "batch_size",
            Setting::MaximumBatchingWindow => "maximum_batching_window_in_seconds",
            Setting::MaximumConcurrency => "maximum_concurrency",
            Setting::ParallelizationFactor => "parallelization_factor",
            Setting::StartingPosition => "starting_position",
            Setting::StartingPositionTimestamp => "starting_position_timestamp",
            Setting::MaximumRetryAttempts => "maximum_retry_attempts",
            Setting::MaximumRecordAge => "maximum_record_age_in_seconds",
            Setting::BisectBatchOnFunctionError => "bisect_batch_on_function_error",
            Setting::TumblingWindow => "tumbling_window_in_seconds",
        }
    }

    /// Whether mappings of `source` have the setting.
    pub const fn applies_to(self, source: BatchSource) -> bool {
        match self {
            Setting::BatchSize | Setting::MaximumBatchingWindow => true,
            Setting::MaximumConcurrency => source.is_queue(),
            Setting::StartingPositionTimestamp => matches!(source, BatchSource::Kinesis),
            _ => !source.is_queue(),
        }
    }

    /// The smallest and the largest value, for settings that are numbers.
    const fn range(self, source: BatchSource) -> Option<(i64, i64)> {
        match self {
            Setting::BatchSize => Some((1, source.max_batch_size() as i64)),
            Setting::MaximumBatchingWindow => Some((0, 300)),
            Setting::MaximumConcurrency => Some((2, 1_000)),
            Setting::ParallelizationFactor => Some((1, 10)),
            Setting::MaximumRetryAttempts => Some((-1, 10_000)),
            Setting::TumblingWindow => Some((0, 900)),
            Setting::StartingPositionTimestamp => Some((0, i64::MAX)),
            Setting::StartingPosition
            | Setting::MaximumRecordAge
            | Setting::BisectBatchOnFunctionError => None,
        }
    }
}

/// Whether AWS Lambda takes so many seconds as the age of records; -1 is any.
const fn is_record_age(seconds: i64) -> bool {
    matches!(seconds, -1 | 60..=604_800)
}

/// The settings of an event source mapping as a handler gives them; `None` is what it leaves out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct BatchSettings<'a> {
    /// [`Setting::BatchSize`].
    pub batch_size: Option<i64>,
    /// [`Setting::MaximumBatchingWindow`].
    pub maximum_batching_window_in_seconds: Option<i64>,
    /// [`Setting::MaximumConcurrency`].
    pub maximum_concurrency: Option<i64>,
    /// [`Setting::ParallelizationFactor`].
    pub parallelization_factor: Option<i64>,
    /// [`Setting::StartingPosition`].
    pub starting_position: Option<&'a str>,
    /// [`Setting::StartingPositionTimestamp`].
    pub starting_position_timestamp: Option<i64>,
    /// [`Setting::MaximumRetryAttempts`].
    pub maximum_retry_attempts: Option<i64>,
    /// [`Setting::MaximumRecordAge`].
    pub maximum_record_age_in_seconds: Option<i64>,
    /// [`Setting::BisectBatchOnFunctionError`].
    pub bisect_batch_on_function_error: Option<bool>,
    /// [`Setting::TumblingWindow`].
    pub tumbling_window_in_seconds: Option<i64>,
}

impl BatchSettings<'_> {
    /// Everything in the settings that AWS Lambda would refuse for `source`, at
    /// most one problem per setting.
    ///
    /// ```
    /// use chalice_core::event_source::batch::{BatchSettings, BatchSource, Setting};
    /// let settings = BatchSettings { batch_size: Some(100), ..Default::default() };
    /// assert_eq!(settings.problems(BatchSource::Kinesis), []);
    /// let problems = settings.problems(BatchSource::Queue);
    /// assert_eq!(problems[0].setting, Setting::BatchSize);
    /// ```
    pub fn problems(&self, source: BatchSource) -> Vec<BatchError> {
        let given = [
            (Setting::BatchSize, self.batch_size),
            (
                Setting::MaximumBatchingWindow,
                self.maximum_batching_window_in_seconds,
            ),
            (Setting::MaximumConcurrency, self.maximum_concurrency),
            (Setting::ParallelizationFactor, self.parallelization_factor),
            (Setting::StartingPosition, self.starting_position.map(|_| 0)),
            (
                Setting::StartingPositionTimestamp,
                self.starting_position_timestamp,
            ),
            (Setting::MaximumRetryAttempts, self.maximum_retry_attempts),
            (
                Setting::MaximumRecordAge,
                self.maximum_record_age_in_seconds,
            ),
            (
                Setting::BisectBatchOnFunctionError,
                self.bisect_batch_on_function_error.map(i64::from),
            ),
            (Setting::TumblingWindow, self.tumbling_window_in_seconds),
        ];
        given
            .into_iter()
            .filter_map(|(setting, value)| {
                let problem = self.problem(source, setting, value?)?;
                Some(BatchError {
                    source,
                    setting,
                    problem,
                })
            })
            .collect()
    }

    fn problem(&self, source: BatchSource, setting: Setting, value: i64) -> Option<BatchProblem> {
        if !setting.applies_to(source) {
            return Some(BatchProblem::NotForSource);
        }
        if setting == Setting::MaximumRecordAge && !is_record_age(value) {
            return Some(BatchProblem::RecordAge { value });
        }
        if let Some((min, max)) = setting.range(source)
            && !(min..=max).contains(&value)
        {
            return Some(BatchProblem::OutOfRange { value, min, max });
        }
        let window = self.maximum_batching_window_in_seconds.unwrap_or(0);
        match setting {
            Setting::BatchSize if source == BatchSource::Queue && value > 10 && window == 0 => {
                Some(BatchProblem::NeedsWindow { batch_size: value })
            }
            Setting::MaximumBatchingWindow if source == BatchSource::FifoQueue && value > 0 => {
                Some(BatchProblem::FifoWindow)
            }
            Setting::StartingPosition => self.position_problem(source),
            Setting::StartingPositionTimestamp
                if self.starting_position != Some(StartingPosition::AtTimestamp.as_str()) =>
            {
                Some(BatchProblem::TimestampWithoutPosition)
            }
            _ => None,
        }
    }

    fn position_problem(&self, source: BatchSource) -> Option<BatchProblem> {
        let text = self.starting_position?;
        match StartingPosition::parse(text) {
            None => Some(BatchProblem::UnknownPosition {
                position: text.to_owned(),
            }),
            Some(StartingPosition::AtTimestamp) if source == BatchSource::DynamoDb => {
                Some(BatchProblem::TimestampInDynamoDb)
            }
            Some(StartingPosition::AtTimestamp) if self.starting_position_timestamp.is_none() => {
                Some(BatchProblem::PositionWithoutTimestamp)
            }
            Some(_) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::BatchSource::{DynamoDb, FifoQueue, Kinesis, Queue};
    use super::*;

    fn problems(source: BatchSource, settings: BatchSettings<'_>) -> Vec<String> {
        settings
            .problems(source)
            .iter()
            .map(ToString::to_string)
            .collect()
    }

    fn problem(source: BatchSource, settings: BatchSettings<'_>) -> String {
        let mut problems = problems(source, settings);
        assert_eq!(problems.len(), 1, "{problems:?}");
        problems.remove(0)
    }

    const NONE: BatchSettings<'static> = BatchSettings {
        batch_size: None,
        maximum_batching_window_in_seconds: None,
        maximum_concurrency: None,
        parallelization_factor: None,
        starting_position: None,
        starting_position_timestamp: None,
        maximum_retry_attempts: None,
        maximum_record_age_in_seconds: None,
        bisect_batch_on_function_error: None,
        tumbling_window_in_seconds: None,
    };

    #[test]
    fn batch_sizes() {
        let size = |batch_size| BatchSettings {
            batch_size: Some(batch_size),
            ..NONE
        };
        assert_eq!(problems(Queue, size(10)), [""; 0]);
        assert!(problem(Queue, size(11)).contains("maximum_batching_window_in_seconds = 1"));
        let windowed = BatchSettings {
            maximum_batching_window_in_seconds: Some(1),
            ..size(10_000)
        };
        assert_eq!(problems(Queue, windowed), [""; 0]);
        assert!(problem(FifoQueue, size(11)).contains("1 to 10 for a FIFO queue"));
        assert!(problem(Kinesis, size(10_001)).contains("1 to 10000"));
        assert!(problem(DynamoDb, size(0)).contains("is 0"));
        for source in [Queue, FifoQueue, Kinesis, DynamoDb] {
            assert_eq!(
                problems(source, size(source.default_batch_size().into())),
                [""; 0]
            );
        }
    }

    #[test]
    fn windows_and_concurrency() {
        let window = |window| BatchSettings {
            maximum_batching_window_in_seconds: Some(window),
            ..NONE
        };
        assert!(problem(Kinesis, window(301)).contains("0 to 300"));
        assert!(problem(FifoQueue, window(5)).contains("no batching window for FIFO"));
        assert_eq!(problems(FifoQueue, window(0)), [""; 0]);
        let concurrency = |concurrency| BatchSettings {
            maximum_concurrency: Some(concurrency),
            ..NONE
        };
        assert_eq!(problems(FifoQueue, concurrency(2)), [""; 0]);
        assert!(problem(Queue, concurrency(1)).contains("reserved concurrency to 1"));
        assert!(problem(Queue, concurrency(1001)).contains("2 to 1000"));
        assert_eq!(
            problem(Kinesis, concurrency(5)),
            "AWS Lambda has `maximum_concurrency` for SQS queues, not for a Kinesis stream: leave it out"
        );
    }

    #[test]
    fn starting_positions() {
        let position = |position| BatchSettings {
            starting_position: Some(position),
            ..NONE
        };
        assert_eq!(problems(Kinesis, position("TRIM_HORIZON")), [""; 0]);
        assert!(problem(Kinesis, position("latest")).ends_with("did you mean `LATEST`?"));
        assert!(problem(DynamoDb, position("AT_TIMESTAMP")).contains("Kinesis streams only"));
        assert!(
            problem(Kinesis, position("AT_TIMESTAMP")).contains("add starting_position_timestamp")
        );
        assert!(problem(Queue, position("LATEST")).contains("for streams"));
        let timestamp = BatchSettings {
            starting_position_timestamp: Some(1_700_000_000),
            ..position("AT_TIMESTAMP")
        };
        assert_eq!(problems(Kinesis, timestamp), [""; 0]);
        let stray = BatchSettings {
            starting_position: None,
            ..timestamp
        };
        assert!(problem(Kinesis, stray).contains("AT_TIMESTAMP"));
        assert!(problem(DynamoDb, stray).contains("for Kinesis streams"));
    }

    #[test]
    fn streams_only() {
        let all = BatchSettings {
            parallelization_factor: Some(11),
            maximum_retry_attempts: Some(-2),
            maximum_record_age_in_seconds: Some(30),
            bisect_batch_on_function_error: Some(true),
            tumbling_window_in_seconds: Some(901),
            ..NONE
        };
        assert_eq!(problems(DynamoDb, all).len(), 4);
        assert!(problems(DynamoDb, all)[2].contains("60 to 604800"));
        let age = |age| BatchSettings {
            maximum_record_age_in_seconds: Some(age),
            ..NONE
        };
        for wrong in [-2, 0, 59, 604_801] {
            assert!(
                problem(Kinesis, age(wrong)).contains("60 to 604800"),
                "{wrong}"
            );
        }
        for right in [-1, 60, 604_800] {
            assert_eq!(problems(Kinesis, age(right)), [""; 0]);
        }
        assert_eq!(problems(Queue, all).len(), 5);
    }

    proptest! {
        #[test]
        fn any_numbers_are_answered(values in prop::collection::vec(prop::option::of(any::<i64>()), 8)) {
            let settings = BatchSettings {
                batch_size: values[0],
                maximum_batching_window_in_seconds: values[1],
                maximum_concurrency: values[2],
                parallelization_factor: values[3],
                starting_position_timestamp: values[4],
                maximum_retry_attempts: values[5],
                maximum_record_age_in_seconds: values[6],
                tumbling_window_in_seconds: values[7],
                ..NONE
            };
            for source in [Queue, FifoQueue, Kinesis, DynamoDb] {
                for problem in settings.problems(source) {
                    prop_assert!(problem.to_string().contains(problem.setting.key()));
                }
            }
        }
    }
}
