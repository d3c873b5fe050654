//! Comparisons: what stands in the arrays of a pattern.

use serde_json::Value;

use super::cidr::Cidr;
use super::compile::Dialect;
use super::error::PatternProblem;
use super::json::Node;
use super::wildcard::{Wildcard, WildcardProblem};

/// The operators of comparisons.
pub(super) const OPERATORS: [&str; 8] = [
    "prefix",
    "suffix",
    "equals-ignore-case",
    "wildcard",
    "anything-but",
    "numeric",
    "exists",
    "cidr",
];

/// The operators that `anything-but` can contain.
pub(super) const WITHIN_ANYTHING_BUT: [&str; 4] =
    ["prefix", "suffix", "equals-ignore-case", "wildcard"];

/// One of the values or comparisons of a field, of which one must fit.
#[derive(Clone, Debug)]
pub(super) enum Rule {
    Equals(Value),
    Prefix(String),
    PrefixIgnoreCase(String),
    Suffix(String),
    SuffixIgnoreCase(String),
    EqualsIgnoreCase(String),
    Wildcard(Wildcard),
    /// The lower and the upper bound, and whether it belongs to the range.
    Numeric(Option<(f64, bool)>, Option<(f64, bool)>),
    Exists(bool),
    Cidr(Cidr),
    /// None of these.
    AnythingBut(Vec<Rule>),
}

impl Rule {
    /// The comparison that an element of an array is.
    pub(super) fn compile(node: &Node, dialect: &Dialect) -> Result<Rule, PatternProblem> {
        let fields = match node {
            Node::Scalar(value) => return Ok(Rule::Equals(value.clone())),
            Node::Array(_) => return Err(PatternProblem::NestedArray),
            Node::Object(fields) => fields,
        };
        let [(operator, operand)] = fields.as_slice() else {
            return Err(PatternProblem::OperatorCount {
                count: fields.len(),
            });
        };
        if !OPERATORS.contains(&operator.as_str()) {
            return Err(PatternProblem::UnknownOperator {
                operator: operator.clone(),
            });
        }
        if operator == "wildcard" && !dialect.wildcards {
            return Err(PatternProblem::OperatorNotHere {
                operator: operator.clone(),
                place: dialect.name,
            });
        }
        let expected = |expected| PatternProblem::Operand {
            operator: operator.clone(),
            expected,
        };
        match (operator.as_str(), operand) {
            ("prefix", Node::Object(inner)) if dialect.ignoring_case => {
                ignoring_case("prefix", inner).map(Rule::PrefixIgnoreCase)
            }
            ("suffix", Node::Object(inner)) if dialect.ignoring_case => {
                ignoring_case("suffix", inner).map(Rule::SuffixIgnoreCase)
            }
            (
                "prefix" | "suffix" | "equals-ignore-case" | "wildcard",
                Node::Scalar(Value::String(text)),
            ) => of_text(operator, text),
            ("prefix", _) => Err(expected("a text, as in {\"prefix\": \"eu-\"}")),
            ("suffix", _) => Err(expected("a text, as in {\"suffix\": \".png\"}")),
            ("equals-ignore-case", _) => Err(expected(
                "a text, as in {\"equals-ignore-case\": \"alice\"}",
            )),
            ("wildcard", _) => Err(expected("a text, as in {\"wildcard\": \"dir/*.png\"}")),
            ("cidr", Node::Scalar(Value::String(text))) if Cidr::parse(text).is_some() => {
                Cidr::parse(text)
                    .map(Rule::Cidr)
                    .ok_or_else(|| expected("a block"))
            }
            ("cidr", _) => Err(expected(
                "a block of IP addresses with up to 31 bits (IPv6: 127), as in {\"cidr\": \"10.0.0.0/24\"}",
            )),
            ("exists", Node::Scalar(Value::Bool(exists))) => Ok(Rule::Exists(*exists)),
            ("exists", _) => Err(expected("`true` or `false`, as in {\"exists\": true}")),
            ("numeric", Node::Array(items)) => numeric(items),
            ("numeric", _) => Err(expected(NUMERIC)),
            (_, Node::Object(inner)) if dialect.within_anything_but.is_empty() => {
                Err(PatternProblem::OperatorNotHere {
                    operator: match inner.first() {
                        Some((name, _)) => format!("anything-but {name}"),
                        None => operator.clone(),
                    },
                    place: dialect.name,
                })
            }
            (_, operand) => anything_but(operand, dialect.within_anything_but),
        }
    }
}

const NUMERIC: &str =
    "an array of one or two conditions, as in {\"numeric\": [\">\", 0, \"<=\", 5]}";

/// The comparison of `text` by an operator that takes one.
fn of_text(operator: &str, text: &str) -> Result<Rule, PatternProblem> {
    Ok(match operator {
        "prefix" => Rule::Prefix(text.to_owned()),
        "suffix" => Rule::Suffix(text.to_owned()),
        "equals-ignore-case" => Rule::EqualsIgnoreCase(text.to_lowercase()),
        _ => Rule::Wildcard(Wildcard::parse(text).map_err(|problem| match problem {
            WildcardProblem::Consecutive => PatternProblem::ConsecutiveWildcards,
            WildcardProblem::Escape => PatternProblem::Escape,
        })?),
    })
}

/// The text, in lower case, of `{"prefix": {"equals-ignore-case": ".."}}`.
fn ignoring_case(outer: &'static str, inner: &[(String, Node)]) -> Result<String, PatternProblem> {
    match inner {
        [(name, Node::Scalar(Value::String(text)))] if name == "equals-ignore-case" => {
            Ok(text.to_lowercase())
        }
        [(name, _)] if name != "equals-ignore-case" => Err(PatternProblem::Nested {
            outer,
            inner: name.clone(),
            known: &["equals-ignore-case"],
        }),
        _ => Err(PatternProblem::Operand {
            operator: outer.to_owned(),
            expected: "a text, or one in {\"equals-ignore-case\": \"eu-\"}",
        }),
    }
}

fn numeric(items: &[Node]) -> Result<Rule, PatternProblem> {
    let wrong = || PatternProblem::Operand {
        operator: "numeric".to_owned(),
        expected: NUMERIC,
    };
    let (mut lower, mut upper) = (None, None);
    if items.is_empty() || items.len() > 4 || !items.len().is_multiple_of(2) {
        return Err(wrong());
    }
    for pair in items.chunks_exact(2) {
        let [
            Node::Scalar(Value::String(operator)),
            Node::Scalar(Value::Number(number)),
        ] = pair
        else {
            return Err(wrong());
        };
        let number = number.as_f64().ok_or_else(wrong)?;
        let bound = match operator.as_str() {
            "=" if items.len() == 2 => {
                upper = Some((number, true));
                &mut lower
            }
            // The lower bound stands first.
            ">" | ">=" if lower.is_none() && upper.is_none() => &mut lower,
            "<" | "<=" if upper.is_none() => &mut upper,
            _ => return Err(wrong()),
        };
        *bound = Some((number, operator.contains('=')));
    }
    if let (Some((lower, with_lower)), Some((upper, with_upper))) = (lower, upper)
        && (lower > upper || (lower == upper && !(with_lower && with_upper)))
    {
        return Err(PatternProblem::EmptyRange);
    }
    Ok(Rule::Numeric(lower, upper))
}

fn anything_but(operand: &Node, known: &'static [&'static str]) -> Result<Rule, PatternProblem> {
    let wrong = || PatternProblem::Operand {
        operator: "anything-but".to_owned(),
        expected: "a text, a number, or an array of texts or of numbers, as in {\"anything-but\": [\"a\", \"b\"]}",
    };
    if let Node::Object(inner) = operand {
        let [(name, operand)] = inner.as_slice() else {
            return Err(PatternProblem::OperatorCount { count: inner.len() });
        };
        if !known.contains(&name.as_str()) {
            return Err(PatternProblem::Nested {
                outer: "anything-but",
                inner: name.clone(),
                known,
            });
        }
        return several(operand)
            .iter()
            .map(|item| match item {
                Node::Scalar(Value::String(text)) if !text.is_empty() => of_text(name, text),
                _ => Err(PatternProblem::Operand {
                    operator: format!("anything-but {name}"),
                    expected: "a text that is not empty, or an array of such texts",
                }),
            })
            .collect::<Result<Vec<Rule>, _>>()
            .and_then(|rules| {
                if rules.is_empty() {
                    Err(wrong())
                } else {
                    Ok(rules)
                }
            })
            .map(Rule::AnythingBut);
    }
    let items = several(operand);
    let texts = items
        .iter()
        .all(|item| matches!(item, Node::Scalar(Value::String(_))));
    let numbers = items
        .iter()
        .all(|item| matches!(item, Node::Scalar(Value::Number(_))));
    if items.is_empty() || !(texts || numbers) {
        return Err(wrong());
    }
    let rules = items
        .iter()
        .filter_map(|item| match item {
            Node::Scalar(value) => Some(Rule::Equals(value.clone())),
            _ => None,
        })
        .collect();
    Ok(Rule::AnythingBut(rules))
}

/// The items of an array, or the one item that stands in its place.
fn several(node: &Node) -> &[Node] {
    match node {
        Node::Array(items) => items,
        single => std::slice::from_ref(single),
    }
}
