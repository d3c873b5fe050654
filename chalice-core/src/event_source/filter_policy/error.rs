//! What can be wrong with a filter policy, in the words of a compile error.

use std::fmt;

use super::{
    FilterPolicyScope, MAX_COMBINATIONS, MAX_KEYS, MAX_LENGTH, MAX_NUMBER, MAX_WILDCARD_POINTS,
    MAX_WILDCARDS,
};
use crate::event_source::event_pattern::PatternError;

/// A filter policy that Amazon SNS would refuse. Its `Display` says what is wrong, why, and how to mend it.
#[derive(Clone, Debug, PartialEq)]
pub enum FilterPolicyError {
    /// No JSON.
    Json {
        /// What the parser says.
        message: String,
    },
    /// No JSON object, or one without members.
    NotAPolicy,
    /// A key that is not as in an event pattern.
    Pattern(PatternError),
    /// More bytes than [`MAX_LENGTH`].
    TooLong {
        /// How many, without white space.
        bytes: usize,
    },
    /// More keys than [`MAX_KEYS`] at the top level.
    Keys {
        /// How many.
        count: usize,
    },
    /// An object where the policy is about attributes, which have no members.
    Nested {
        /// The key.
        key: String,
    },
    /// More combinations than [`MAX_COMBINATIONS`].
    Combinations {
        /// How many.
        count: usize,
    },
    /// A number beyond [`MAX_NUMBER`].
    Number {
        /// The number.
        number: f64,
    },
    /// More than [`MAX_WILDCARDS`] `*` in one `wildcard`.
    Wildcards {
        /// The wildcard.
        text: String,
        /// How many `*` it has.
        count: usize,
    },
    /// More points of wildcards than [`MAX_WILDCARD_POINTS`].
    WildcardPoints {
        /// How many.
        points: usize,
    },
    /// A scope that Amazon SNS does not have.
    Scope {
        /// The scope.
        text: String,
    },
}

impl fmt::Display for FilterPolicyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            FilterPolicyError::Json { message } => {
                write!(f, "the filter policy is not JSON: {message}")
            }
            FilterPolicyError::NotAPolicy => f.write_str(
                "a filter policy is a JSON object with at least one key, as in {\"store\": [\"example_corp\"]}; without \
                 one every message of the topic comes",
            ),
            FilterPolicyError::Pattern(error) => error.fmt(f),
            FilterPolicyError::TooLong { bytes } => write!(
                f,
                "the filter policy has {bytes} bytes without white space, and Amazon SNS takes at most {MAX_LENGTH} \
                 (256 KB)"
            ),
            FilterPolicyError::Keys { count } => write!(
                f,
                "the filter policy has {count} keys, and Amazon SNS takes at most {MAX_KEYS}: compare the rest in the \
                 handler"
            ),
            FilterPolicyError::Nested { key } => write!(
                f,
                "the filter policy's key `{key}` has an object, and the attributes of a message have no members: write \
                 \"{key}\": [..], or filter_policy_scope = \"MessageBody\" to look into the message itself"
            ),
            FilterPolicyError::Combinations { count } => write!(
                f,
                "the filter policy has {count} combinations of values, and Amazon SNS takes at most {MAX_COMBINATIONS}: \
                 the numbers of values of all keys are multiplied, each by the depth of its key as well; compare some \
                 of them in the handler"
            ),
            FilterPolicyError::Number { number } => write!(
                f,
                "{number} is in the filter policy, and Amazon SNS compares numbers from -{MAX_NUMBER} to {MAX_NUMBER}: \
                 send it as text, or compare in the handler"
            ),
            FilterPolicyError::Wildcards { text, count } => write!(
                f,
                "the `wildcard` {text:?} has {count} `*`, and Amazon SNS takes at most {MAX_WILDCARDS}"
            ),
            FilterPolicyError::WildcardPoints { points } => write!(
                f,
                "the filter policy's wildcards count {points} points, and Amazon SNS takes at most \
                 {MAX_WILDCARD_POINTS}: one with a single `*` counts 1, any other 3, and those of a key are added and \
                 multiplied by their number; use fewer, or `prefix` and `suffix`"
            ),
            FilterPolicyError::Scope { text } => write!(
                f,
                "{text:?} is not a scope of filter policies: Amazon SNS has `MessageAttributes`, which is the default, \
                 and `MessageBody`{}",
                crate::suggest::did_you_mean(
                    text,
                    FilterPolicyScope::ALL.iter().map(|scope| scope.as_str())
                )
            ),
        }
    }
}

impl std::error::Error for FilterPolicyError {}
