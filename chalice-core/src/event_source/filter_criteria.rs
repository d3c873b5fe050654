//! Filters of event source mappings: which records of a queue or a stream reach a handler.
//!
//! A filter is an event pattern for one record. Sources: AWS Lambda, "Control
//! which events Lambda sends to your function", and its pages on filtering with
//! each service.

use serde_json::Value;

use super::batch::BatchSource;
use super::event_pattern::{Dialect, EventPattern, MAX_COMBINATIONS, PatternError};

/// The most filters of an event source mapping.
pub const MAX_FILTERS: usize = 10;

/// The most filters of an event source mapping in an account whose quota has not been raised.
pub const DEFAULT_QUOTA: usize = 5;

const QUEUE_FIELDS: &[&str] = &[
    "messageId",
    "receiptHandle",
    "body",
    "attributes",
    "messageAttributes",
    "md5OfBody",
    "md5OfMessageAttributes",
    "eventSource",
    "eventSourceARN",
    "awsRegion",
];

const KINESIS_FIELDS: &[&str] = &[
    "data",
    "partitionKey",
    "sequenceNumber",
    "kinesisSchemaVersion",
    "approximateArrivalTimestamp",
    "eventSource",
    "eventSourceARN",
    "eventVersion",
    "eventID",
    "eventName",
    "invokeIdentityArn",
    "awsRegion",
];

const DYNAMODB_FIELDS: &[&str] = &[
    "dynamodb",
    "eventName",
    "eventID",
    "eventVersion",
    "eventSource",
    "eventSourceARN",
    "awsRegion",
    "userIdentity",
];

const QUEUE_HINTS: &[(&str, &str)] = &[("data", "what a message says is in `body`")];

const KINESIS_HINTS: &[(&str, &str)] = &[
    (
        "kinesis",
        "filters see the record itself: write what is within `kinesis` at the top level, such as `data`",
    ),
    ("body", "what a record says is in `data`"),
];

const DYNAMODB_HINTS: &[(&str, &str)] = &[
    ("NewImage", "the images are within `dynamodb`"),
    ("OldImage", "the images are within `dynamodb`"),
    ("Keys", "the keys are within `dynamodb`"),
];

impl Dialect {
    const fn filter(source: BatchSource) -> Dialect {
        let (fields, hints) = match source {
            BatchSource::Queue | BatchSource::FifoQueue => (QUEUE_FIELDS, QUEUE_HINTS),
            BatchSource::Kinesis => (KINESIS_FIELDS, KINESIS_HINTS),
            BatchSource::DynamoDb => (DYNAMODB_FIELDS, DYNAMODB_HINTS),
        };
        Dialect {
            fields: Some(fields),
            hints,
            // Amazon EventBridge, "Comparison operators", column "Pipe support",
            // which is the set of event source mappings too.
            wildcards: false,
            within_anything_but: &[],
            ignoring_case: true,
            max_combinations: MAX_COMBINATIONS,
            name: "the filters of event source mappings",
        }
    }
}

/// The filter that `json` says, for the records of `source`.
///
/// # Errors
///
/// When AWS Lambda would refuse it, or when it has a field that no record has.
///
/// ```
/// use chalice_core::event_source::{batch::BatchSource, filter_criteria::filter};
/// let filter = |json| filter(json, BatchSource::Kinesis);
/// assert!(filter(r#"{"data": {"kind": ["order"]}}"#).is_ok());
/// assert!(filter(r#"{"body": {"kind": ["order"]}}"#).unwrap_err().to_string().contains("`data`"));
/// ```
pub fn filter(json: &str, source: BatchSource) -> Result<EventPattern, PatternError> {
    EventPattern::parse_as(json, &Dialect::filter(source))
}

/// What is wrong with the number of filters of one mapping, as a sentence.
///
/// ```
/// use chalice_core::event_source::filter_criteria::count_problem;
/// assert_eq!(count_problem(10), None);
/// assert!(count_problem(11).is_some());
/// ```
pub fn count_problem(filters: usize) -> Option<String> {
    (filters > MAX_FILTERS).then(|| {
        format!(
            "there are {filters} filters, and AWS Lambda takes at most {MAX_FILTERS} for an event source mapping \
             ({DEFAULT_QUOTA} until the account's quota is raised): join some, as the values of an array are \
             alternatives too"
        )
    })
}

/// Whether a mapping with these filters passes on `record`, whose data (`body`
/// of a queue's message, `data` of a Kinesis record) is JSON already where the
/// filters look into it. Without filters every record passes.
pub fn passes(filters: &[EventPattern], record: &Value) -> bool {
    filters.is_empty() || filters.iter().any(|filter| filter.matches(record))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn problem(json: &str, source: BatchSource) -> String {
        filter(json, source).unwrap_err().to_string()
    }

    #[test]
    fn fields_of_each_source() {
        assert!(filter(r#"{"body": {"kind": ["a"]}}"#, BatchSource::Queue).is_ok());
        assert!(filter(r#"{"body": ["a"]}"#, BatchSource::FifoQueue).is_ok());
        assert!(filter(r#"{"partitionKey": ["1"]}"#, BatchSource::Kinesis).is_ok());
        let insert = r#"{"eventName": ["INSERT"], "dynamodb": {"NewImage": {"age": {"N": [{"exists": true}]}}}}"#;
        assert!(filter(insert, BatchSource::DynamoDb).is_ok());
        assert!(problem(r#"{"data": ["a"]}"#, BatchSource::Queue).contains("`body`"));
        assert!(
            problem(r#"{"boddy": ["a"]}"#, BatchSource::Queue).ends_with("did you mean `body`?")
        );
        assert!(
            problem(r#"{"kinesis": {"data": ["a"]}}"#, BatchSource::Kinesis).contains("top level")
        );
        assert!(
            problem(r#"{"NewImage": {"a": ["a"]}}"#, BatchSource::DynamoDb)
                .contains("within `dynamodb`")
        );
        assert!(problem(r#"{"source": ["a"]}"#, BatchSource::DynamoDb).contains("`eventName`"));
    }

    #[test]
    fn operators_that_mappings_lack() {
        for (rule, operator) in [
            (r#"{"wildcard": "a*"}"#, "`wildcard`"),
            (
                r#"{"anything-but": {"prefix": "a"}}"#,
                "`anything-but prefix`",
            ),
        ] {
            let text = problem(&format!(r#"{{"body": [{rule}]}}"#), BatchSource::Queue);
            assert!(
                text.contains(operator) && text.contains("do not have it"),
                "{text}"
            );
        }
        assert!(
            filter(
                r#"{"body": [{"anything-but": ["a"]}, {"prefix": "b"}]}"#,
                BatchSource::Queue
            )
            .is_ok()
        );
    }

    #[test]
    fn filters_are_alternatives() {
        let filters = [r#"{"body": {"a": [1]}}"#, r#"{"body": {"b": [2]}}"#]
            .map(|json| filter(json, BatchSource::Queue).unwrap());
        assert!(passes(&filters, &json!({"body": {"b": 2}})));
        assert!(!passes(&filters, &json!({"body": {"b": 1}})));
        assert!(passes(&[], &json!({})));
    }
}
