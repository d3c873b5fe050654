//! How much a filter policy asks for: its combinations, its wildcards, its numbers.

use serde_json::Value;

use super::{
    FilterPolicyError, FilterPolicyScope, MAX_COMBINATIONS, MAX_NUMBER, MAX_WILDCARD_POINTS,
    MAX_WILDCARDS,
};
use crate::event_source::event_pattern::Node;

/// Checks what Amazon SNS counts. `keys` are those of a policy whose operators are right.
pub(super) fn check(
    keys: &[(String, Node)],
    scope: FilterPolicyScope,
) -> Result<(), FilterPolicyError> {
    let mut measure = Measure { scope, points: 0 };
    let count = measure.object(keys, 1)?;
    if count > MAX_COMBINATIONS {
        return Err(FilterPolicyError::Combinations { count });
    }
    if measure.points > MAX_WILDCARD_POINTS {
        return Err(FilterPolicyError::WildcardPoints {
            points: measure.points,
        });
    }
    Ok(())
}

struct Measure {
    scope: FilterPolicyScope,
    /// The points of the wildcards so far.
    points: usize,
}

impl Measure {
    /// The combinations of an object whose keys are in this depth.
    fn object(
        &mut self,
        keys: &[(String, Node)],
        depth: usize,
    ) -> Result<usize, FilterPolicyError> {
        let mut combinations = 1_usize;
        for (key, node) in keys {
            let count = match node {
                Node::Object(_) if self.scope == FilterPolicyScope::MessageAttributes => {
                    return Err(FilterPolicyError::Nested { key: key.clone() });
                }
                Node::Object(keys) => self.object(keys, depth + 1)?,
                Node::Array(alternatives) if key == "$or" => {
                    let mut sum = 0_usize;
                    for alternative in alternatives {
                        if let Node::Object(keys) = alternative {
                            sum = sum.saturating_add(self.object(keys, depth)?);
                        }
                    }
                    sum
                }
                Node::Array(values) => {
                    self.values(values)?;
                    values.len().saturating_mul(depth)
                }
                Node::Scalar(_) => 1,
            };
            combinations = combinations.saturating_mul(count);
        }
        Ok(combinations)
    }

    /// The values and comparisons of one key.
    fn values(&mut self, values: &[Node]) -> Result<(), FilterPolicyError> {
        let (mut points, mut wildcards) = (0_usize, 0_usize);
        for value in values {
            numbers(value)?;
            for text in texts_of_wildcards(value) {
                let count = stars(text);
                if count > MAX_WILDCARDS {
                    return Err(FilterPolicyError::Wildcards {
                        text: text.to_owned(),
                        count,
                    });
                }
                points += if count == 1 { 1 } else { 3 };
                wildcards += 1;
            }
        }
        self.points = self.points.saturating_add(points.saturating_mul(wildcards));
        Ok(())
    }
}

/// The texts of `{"wildcard": ..}` and `{"anything-but": {"wildcard": ..}}`.
fn texts_of_wildcards(value: &Node) -> Vec<&str> {
    let Node::Object(members) = value else {
        return Vec::new();
    };
    let mut texts = Vec::new();
    for (operator, operand) in members {
        match (operator.as_str(), operand) {
            ("anything-but", Node::Object(_)) => texts.extend(texts_of_wildcards(operand)),
            ("wildcard", Node::Scalar(Value::String(text))) => texts.push(text),
            ("wildcard", Node::Array(items)) => {
                texts.extend(items.iter().filter_map(|item| match item {
                    Node::Scalar(Value::String(text)) => Some(text.as_str()),
                    _ => None,
                }))
            }
            _ => {}
        }
    }
    texts
}

/// How many `*` a wildcard has that stand for something else.
fn stars(text: &str) -> usize {
    let mut count = 0;
    let mut characters = text.chars();
    while let Some(character) = characters.next() {
        match character {
            '\\' => drop(characters.next()),
            '*' => count += 1,
            _ => {}
        }
    }
    count
}

/// Checks every number of a value or a comparison.
fn numbers(node: &Node) -> Result<(), FilterPolicyError> {
    match node {
        Node::Scalar(Value::Number(number)) => match number.as_f64() {
            Some(number) if number.abs() > MAX_NUMBER => Err(FilterPolicyError::Number { number }),
            _ => Ok(()),
        },
        Node::Scalar(_) => Ok(()),
        Node::Array(items) => items.iter().try_for_each(numbers),
        Node::Object(members) => members.iter().try_for_each(|(_, value)| numbers(value)),
    }
}
