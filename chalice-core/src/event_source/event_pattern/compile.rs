//! From JSON to a pattern that can be matched.

use super::error::{PatternError, PatternProblem};
use super::json::Node;
use super::operator::{OPERATORS, Rule};

/// Who evaluates a pattern, and what it knows.
pub(in crate::event_source) struct Dialect {
    /// The fields at the top level; `None` where any can be.
    pub(in crate::event_source) fields: Option<&'static [&'static str]>,
    /// What to say of certain other fields.
    pub(in crate::event_source) hints: &'static [(&'static str, &'static str)],
    /// Whether there is `wildcard`.
    pub(in crate::event_source) wildcards: bool,
    /// The operators that `anything-but` can contain.
    pub(in crate::event_source) within_anything_but: &'static [&'static str],
    /// Whether `prefix` and `suffix` can contain `equals-ignore-case`.
    pub(in crate::event_source) ignoring_case: bool,
    /// The most combinations that alternatives may make.
    pub(in crate::event_source) max_combinations: usize,
    /// What messages call the patterns that lack some of the operators of rules.
    pub(in crate::event_source) name: &'static str,
}

impl Dialect {
    /// The rules of EventBridge.
    pub(super) const RULE: Dialect = Dialect {
        fields: Some(&super::EVENT_FIELDS),
        hints: &[],
        wildcards: true,
        within_anything_but: &super::operator::WITHIN_ANYTHING_BUT,
        ignoring_case: true,
        max_combinations: MAX_COMBINATIONS,
        name: "rules of EventBridge",
    };
}

/// The most combinations of `$or`. Amazon EventBridge,
/// "Comparison operators for use in event patterns", "Or matching".
pub(in crate::event_source) const MAX_COMBINATIONS: usize = 1_000;

/// The fields of an object, all of which must match.
pub(super) type Fields = Vec<Field>;

/// A field of a pattern.
#[derive(Clone, Debug)]
pub(super) enum Field {
    /// An object, and its name in the event.
    Object(String, Fields),
    /// A leaf: one of these must fit.
    Leaf(String, Vec<Rule>),
    /// One of these objects must match, in place of the field.
    Or(Vec<Fields>),
}

/// The pattern that `node` is.
pub(super) fn pattern(node: &Node, dialect: &Dialect) -> Result<Fields, PatternError> {
    let Node::Object(fields) = node else {
        return Err(PatternError::of_whole(PatternProblem::NotAnObject));
    };
    let mut compiler = Compiler {
        dialect,
        path: Vec::new(),
    };
    let fields = compiler.object(fields)?;
    let count = combinations(&fields);
    if count > dialect.max_combinations {
        return Err(PatternError::of_whole(PatternProblem::OrCombinations {
            count,
        }));
    }
    Ok(fields)
}

struct Compiler<'a> {
    dialect: &'a Dialect,
    path: Vec<String>,
}

impl Compiler<'_> {
    fn fail(&self, problem: PatternProblem) -> PatternError {
        PatternError {
            path: self.path.clone(),
            problem,
        }
    }

    fn object(&mut self, fields: &[(String, Node)]) -> Result<Fields, PatternError> {
        if fields.is_empty() {
            return Err(self.fail(PatternProblem::EmptyObject));
        }
        let mut compiled = Vec::new();
        for (at, (name, node)) in fields.iter().enumerate() {
            let at_top = self.path.iter().all(|name| name == "$or");
            self.path.push(name.clone());
            if fields[..at].iter().any(|(earlier, _)| earlier == name) {
                return Err(self.fail(PatternProblem::Duplicate));
            }
            if at_top && name != "$or" {
                self.top_level(name)?;
            }
            compiled.push(self.field(name, node)?);
            self.path.pop();
        }
        Ok(compiled)
    }

    fn top_level(&self, name: &str) -> Result<(), PatternError> {
        let Some(known) = self.dialect.fields else {
            return Ok(());
        };
        if known.contains(&name) {
            return Ok(());
        }
        let hint = self
            .dialect
            .hints
            .iter()
            .find(|(field, _)| *field == name)
            .map(|(_, hint)| *hint);
        Err(self.fail(PatternProblem::UnknownField { known, hint }))
    }

    fn field(&mut self, name: &str, node: &Node) -> Result<Field, PatternError> {
        match node {
            _ if name == "$or" => self.or(node),
            Node::Object(fields) => {
                // An operator right in the object was meant to be a comparison.
                if let [(operator, operand)] = fields.as_slice()
                    && OPERATORS.contains(&operator.as_str())
                    && (matches!(operand, Node::Scalar(_))
                        || Rule::compile(node, self.dialect).is_ok())
                {
                    return Err(self.fail(PatternProblem::OperatorNotInArray {
                        value: node.to_string(),
                    }));
                }
                Ok(Field::Object(name.to_owned(), self.object(fields)?))
            }
            Node::Array(items) if items.is_empty() => Err(self.fail(PatternProblem::EmptyArray)),
            Node::Array(items) => {
                let rules = items
                    .iter()
                    .map(|item| Rule::compile(item, self.dialect))
                    .collect::<Result<_, _>>();
                Ok(Field::Leaf(
                    name.to_owned(),
                    rules.map_err(|problem| self.fail(problem))?,
                ))
            }
            Node::Scalar(value) => Err(self.fail(PatternProblem::NotInArray {
                value: value.to_string(),
            })),
        }
    }

    fn or(&mut self, node: &Node) -> Result<Field, PatternError> {
        let Node::Array(items) = node else {
            return Err(self.fail(PatternProblem::Or));
        };
        let mut alternatives = Vec::new();
        for item in items {
            let Node::Object(fields) = item else {
                return Err(self.fail(PatternProblem::Or));
            };
            alternatives.push(self.object(fields)?);
        }
        if alternatives.len() < 2 {
            return Err(self.fail(PatternProblem::Or));
        }
        Ok(Field::Or(alternatives))
    }
}

/// How many patterns without `$or` the fields stand for.
fn combinations(fields: &Fields) -> usize {
    fields
        .iter()
        .map(|field| match field {
            Field::Object(_, fields) => combinations(fields),
            Field::Leaf(..) => 1,
            Field::Or(alternatives) => alternatives.iter().fold(0, |sum: usize, fields| {
                sum.saturating_add(combinations(fields))
            }),
        })
        .fold(1, |product: usize, count| product.saturating_mul(count))
}
