//! Event patterns: which events an EventBridge rule passes on.
//!
//! A pattern is a JSON object with the structure of the events it matches. Its
//! leaves are arrays of values and comparisons, of which one must fit; all
//! fields of an object must. Sources: Amazon EventBridge, "Creating event
//! patterns" and "Comparison operators for use in event patterns".

mod cidr;
mod compile;
mod error;
mod json;
mod matching;
mod operator;
#[cfg(test)]
mod tests;
mod wildcard;

use std::fmt;

use serde_json::Value;

use compile::Fields;
pub(super) use compile::{Dialect, MAX_COMBINATIONS};
pub(super) use json::Node;

pub use error::{PatternError, PatternProblem};

/// The longest a pattern may be, in characters. Amazon EventBridge, `PutRule`, `EventPattern`.
pub const MAX_LENGTH: usize = 4096;

/// The longest a pattern may be in an account whose quota has not been raised, in characters.
///
/// Amazon EventBridge, "EventBridge quotas", event pattern size.
pub const DEFAULT_QUOTA: usize = 2048;

/// The fields of an event at its top level. Amazon EventBridge, "AWS service event metadata".
pub const EVENT_FIELDS: [&str; 10] = [
    "version",
    "id",
    "detail-type",
    "source",
    "account",
    "time",
    "region",
    "resources",
    "detail",
    "replay-name",
];

/// A pattern that EventBridge takes. Its `Display` is the pattern as JSON without white space.
///
/// ```
/// use chalice_core::event_source::event_pattern::EventPattern;
/// use serde_json::json;
/// let pattern = EventPattern::parse(r#"{"source": ["aws.s3"], "detail": {"size": [{"numeric": [">", 10]}]}}"#).unwrap();
/// assert!(pattern.matches(&json!({"source": "aws.s3", "detail": {"size": 11}})));
/// assert!(!pattern.matches(&json!({"source": "aws.s3", "detail": {"size": 10}})));
/// let error = EventPattern::parse(r#"{"source": "aws.s3"}"#).unwrap_err();
/// assert!(error.to_string().ends_with("write \"source\": [\"aws.s3\"]"));
/// ```
#[derive(Clone, Debug)]
pub struct EventPattern {
    fields: Fields,
    json: String,
}

impl EventPattern {
    /// The pattern that `json` says.
    ///
    /// # Errors
    ///
    /// When EventBridge would refuse it, or when it has a field that no event has.
    pub fn parse(json: &str) -> Result<EventPattern, PatternError> {
        EventPattern::parse_as(json, &Dialect::RULE)
    }

    pub(super) fn parse_as(json: &str, dialect: &Dialect) -> Result<EventPattern, PatternError> {
        let node = Node::parse(json)?;
        let fields = compile::pattern(&node, dialect)?;
        let json = node.to_string();
        let characters = json.chars().count();
        if characters > MAX_LENGTH {
            return Err(PatternError::of_whole(PatternProblem::TooLong {
                characters,
            }));
        }
        Ok(EventPattern { fields, json })
    }

    /// Whether a rule with this pattern passes on `event`.
    pub fn matches(&self, event: &Value) -> bool {
        matching::matches(&self.fields, event)
    }

    /// Whether the pattern is longer than [`DEFAULT_QUOTA`], so that it needs a raised quota.
    pub fn exceeds_default_quota(&self) -> bool {
        self.json.chars().count() > DEFAULT_QUOTA
    }
}

/// Whether `node` is a pattern of that dialect.
pub(super) fn check(node: &Node, dialect: &Dialect) -> Result<(), PatternError> {
    compile::pattern(node, dialect).map(drop)
}

impl fmt::Display for EventPattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.json)
    }
}
