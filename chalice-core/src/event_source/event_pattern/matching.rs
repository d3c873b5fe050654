//! Whether an event fits a pattern.

use serde_json::Value;

use super::compile::{Field, Fields};
use super::operator::Rule;

/// Whether `event` fits all of `fields`.
pub(super) fn matches(fields: &Fields, event: &Value) -> bool {
    Matcher { event }.object(fields, Some(event), &mut Vec::new())
}

struct Matcher<'a> {
    event: &'a Value,
}

impl<'a> Matcher<'a> {
    /// `value` is what the event has at `path`.
    fn object(
        &self,
        fields: &'a Fields,
        value: Option<&'a Value>,
        path: &mut Vec<&'a str>,
    ) -> bool {
        // In an array of objects one of them fits, and all fields in the same one.
        if let Some(Value::Array(items)) = value
            && !items.is_empty()
        {
            return items
                .iter()
                .any(|item| self.object(fields, Some(item), path));
        }
        fields.iter().all(|field| match field {
            Field::Or(alternatives) => alternatives
                .iter()
                .any(|fields| self.object(fields, value, path)),
            Field::Object(name, fields) => {
                path.push(name);
                let fits = self.object(fields, get(value, name), path);
                path.pop();
                fits
            }
            Field::Leaf(name, rules) => {
                path.push(name);
                let value = get(value, name);
                let fits = rules.iter().any(|rule| match rule {
                    // Absence is a fact about the whole event, also where
                    // objects in arrays have the field in part.
                    Rule::Exists(false) => !has_leaf(Some(self.event), path),
                    rule => value.is_some_and(|value| leaf(rule, value)),
                });
                path.pop();
                fits
            }
        })
    }
}

fn get<'a>(value: Option<&'a Value>, name: &str) -> Option<&'a Value> {
    value?.as_object()?.get(name)
}

/// Whether `value` has something other than objects and empty arrays at `path`.
fn has_leaf(value: Option<&Value>, path: &[&str]) -> bool {
    match (value, path) {
        (None, _) => false,
        (Some(Value::Array(items)), _) => items.iter().any(|item| has_leaf(Some(item), path)),
        (Some(value), []) => !value.is_object(),
        (value, [name, rest @ ..]) => has_leaf(get(value, name), rest),
    }
}

/// Whether `value`, or one of its items, fits `rule`.
fn leaf(rule: &Rule, value: &Value) -> bool {
    match value {
        Value::Object(_) => false,
        Value::Array(items) => items.iter().any(|item| leaf(rule, item)),
        scalar => fits(rule, scalar),
    }
}

fn fits(rule: &Rule, value: &Value) -> bool {
    let text = value.as_str();
    let is = |test: &dyn Fn(&str) -> bool| text.is_some_and(test);
    match rule {
        Rule::Equals(Value::Number(expected)) => {
            value.is_number() && value.as_f64() == expected.as_f64()
        }
        Rule::Equals(expected) => value == expected,
        Rule::Prefix(prefix) => is(&|text| text.starts_with(prefix)),
        Rule::PrefixIgnoreCase(prefix) => is(&|text| text.to_lowercase().starts_with(prefix)),
        Rule::Suffix(suffix) => is(&|text| text.ends_with(suffix)),
        Rule::SuffixIgnoreCase(suffix) => is(&|text| text.to_lowercase().ends_with(suffix)),
        Rule::EqualsIgnoreCase(expected) => is(&|text| text.to_lowercase() == *expected),
        Rule::Wildcard(wildcard) => is(&|text| wildcard.matches(text)),
        Rule::Cidr(block) => is(&|text| block.contains(text)),
        Rule::Numeric(lower, upper) => value.as_f64().is_some_and(|number| {
            lower.is_none_or(|(bound, with)| number > bound || (with && number == bound))
                && upper.is_none_or(|(bound, with)| number < bound || (with && number == bound))
        }),
        Rule::Exists(exists) => *exists,
        Rule::AnythingBut(rules) => !rules.iter().any(|rule| fits(rule, value)),
    }
}
