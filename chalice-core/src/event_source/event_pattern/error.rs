//! What can be wrong with an event pattern, in the words of a compile error.

use std::fmt;

use super::MAX_LENGTH;
use super::operator::OPERATORS;
use crate::suggest::{did_you_mean, list};

/// Something that is wrong with a pattern. Its `Display` says what, where, why, and how to mend it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PatternError {
    /// The field, from the top level on; empty for the pattern as a whole.
    pub path: Vec<String>,
    /// What is wrong with it.
    pub problem: PatternProblem,
}

/// What can be wrong with a pattern or with one of its fields.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PatternProblem {
    /// No JSON.
    Json {
        /// What the parser says.
        message: String,
    },
    /// No JSON object.
    NotAnObject,
    /// More characters than [`MAX_LENGTH`].
    TooLong {
        /// How many, without white space.
        characters: usize,
    },
    /// A field that no event has at its top level.
    UnknownField {
        /// The fields that there are.
        known: &'static [&'static str],
        /// What to write instead, where that is no question of spelling.
        hint: Option<&'static str>,
    },
    /// A field that occurs twice in one object.
    Duplicate,
    /// An object without fields.
    EmptyObject,
    /// An array without values.
    EmptyArray,
    /// A value outside of an array.
    NotInArray {
        /// The value as JSON.
        value: String,
    },
    /// An operator outside of an array.
    OperatorNotInArray {
        /// The object with the operator as JSON.
        value: String,
    },
    /// An array within an array.
    NestedArray,
    /// A comparison with more or fewer than one operator.
    OperatorCount {
        /// How many.
        count: usize,
    },
    /// An operator that does not exist.
    UnknownOperator {
        /// Its name.
        operator: String,
    },
    /// An operator that exists, but not here.
    OperatorNotHere {
        /// Its name.
        operator: String,
        /// Where it does not exist.
        place: &'static str,
    },
    /// An operator that another one cannot contain.
    Nested {
        /// The outer operator.
        outer: &'static str,
        /// The inner one.
        inner: String,
        /// Those that it can contain.
        known: &'static [&'static str],
    },
    /// An operator's value of a wrong kind.
    Operand {
        /// The operator.
        operator: String,
        /// What it takes, as in an example.
        expected: &'static str,
    },
    /// A `numeric` range that no number is in.
    EmptyRange,
    /// Two `*` in a row.
    ConsecutiveWildcards,
    /// A `\` that escapes neither `*` nor `\`.
    Escape,
    /// `$or` that is not an array of at least two objects.
    Or,
    /// More than 1,000 combinations of the alternatives of `$or`.
    OrCombinations {
        /// How many.
        count: usize,
    },
}

impl PatternError {
    pub(super) fn of_whole(problem: PatternProblem) -> PatternError {
        PatternError {
            path: Vec::new(),
            problem,
        }
    }
}

impl fmt::Display for PatternError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = self.path.last().map_or("", String::as_str);
        if !self.path.is_empty() {
            write!(f, "in the pattern's field `{}`: ", self.path.join("."))?;
        }
        match &self.problem {
            PatternProblem::Json { message } => write!(f, "the pattern is not JSON: {message}"),
            PatternProblem::NotAnObject => f.write_str(
                "the pattern is not a JSON object: it has the structure of an event, as in {\"source\": [\"aws.s3\"]}",
            ),
            PatternProblem::TooLong { characters } => write!(
                f,
                "the pattern has {characters} characters without white space, and AWS takes at most {MAX_LENGTH}"
            ),
            PatternProblem::UnknownField { known, hint } => {
                f.write_str("no event has this field, so that none would match")?;
                if let Some(hint) = hint {
                    return write!(f, "; {hint}");
                }
                match did_you_mean(name, known.iter().copied()) {
                    suggestion if suggestion.is_empty() => {
                        write!(f, "; the fields are {}", list(known.iter().copied()))
                    }
                    suggestion => f.write_str(&suggestion),
                }
            }
            PatternProblem::Duplicate => f.write_str(
                "it occurs twice in one object, and AWS would use one of the two: put all values into one array",
            ),
            PatternProblem::EmptyObject => f.write_str(
                "an object without fields, which AWS refuses: leave it out, or write [{\"exists\": true}] at a field \
                 within it",
            ),
            PatternProblem::EmptyArray => f.write_str(
                "an array without values, which AWS refuses: write [\"\"] for empty texts, or [{\"exists\": true}] for \
                 any value",
            ),
            PatternProblem::NotInArray { value } => write!(
                f,
                "its value is not in an array, which AWS refuses: write \"{name}\": [{value}]"
            ),
            PatternProblem::OperatorNotInArray { value } => write!(
                f,
                "its comparison is not in an array, which AWS refuses: write \"{name}\": [{value}]"
            ),
            PatternProblem::NestedArray => f.write_str(
                "an array within an array, which AWS refuses: values of arrays in events are matched one by one, so \
                 list them in one array",
            ),
            PatternProblem::OperatorCount { count } => write!(
                f,
                "a comparison has one operator, and this has {count}: write each as an object of its own in the array"
            ),
            PatternProblem::UnknownOperator { operator } => {
                write!(f, "`{operator}` is not an operator")?;
                match did_you_mean(operator, OPERATORS) {
                    suggestion if suggestion.is_empty() => {
                        write!(f, "; there are {}", list(OPERATORS))
                    }
                    suggestion => f.write_str(&suggestion),
                }
            }
            PatternProblem::OperatorNotHere { operator, place } => write!(
                f,
                "`{operator}` is an operator of EventBridge rules, and {place} do not have it: compare in the handler"
            ),
            PatternProblem::Nested {
                outer,
                inner,
                known,
            } => write!(
                f,
                "`{outer}` cannot contain `{inner}`: it takes {}{}",
                list(known.iter().copied()),
                did_you_mean(inner, known.iter().copied())
            ),
            PatternProblem::Operand { operator, expected } => {
                write!(f, "`{operator}` takes {expected}")
            }
            PatternProblem::EmptyRange => f.write_str(
                "no number is in this `numeric` range: the lower bound is below the upper one",
            ),
            PatternProblem::ConsecutiveWildcards => f.write_str(
                "a `wildcard` has two `*` in a row, which AWS refuses: one stands for any number of characters",
            ),
            PatternProblem::Escape => f.write_str(
                "in a `wildcard`, `\\` stands before `*` or `\\` only: for the character itself write `\\\\`, which is \
                 `\\\\\\\\` in JSON",
            ),
            PatternProblem::Or => f.write_str(
                "`$or` takes an array of at least two objects, as in \"$or\": [{\"a\": [1]}, {\"b\": [2]}]",
            ),
            PatternProblem::OrCombinations { count } => write!(
                f,
                "the alternatives of `$or` make {count} combinations, and EventBridge takes at most 1000: write several \
                 rules"
            ),
        }
    }
}

impl std::error::Error for PatternError {}
