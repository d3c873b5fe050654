//! Policies, read in the simplest way: without conditions, and for statements that allow.

use chalice::prelude::*;

/// The document of a role's policy.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Policy(pub(super) Value);

/// A part of a policy: a statement, or an action or a resource of a statement that has several.
#[derive(Debug)]
pub(super) struct Part {
    /// Which one.
    pub(super) name: String,
    /// Whether only AWS Lambda uses it, for the function's log.
    pub(super) is_of_the_log: bool,
    /// The policy without it.
    pub(super) rest: Policy,
}

impl Policy {
    /// Whether a statement allows the action.
    pub(super) fn allows(&self, action: &str, arn: &str) -> bool {
        self.statements().iter().any(|statement| {
            let mut resources = texts(statement, "Resource").into_iter();
            texts(statement, "Action").contains(&action)
                && resources.any(|pattern| matches(pattern.as_bytes(), arn.as_bytes()))
        })
    }

    pub(super) fn statements(&self) -> &[Value] {
        self.0["Statement"].as_array().map_or(&[], |it| it)
    }

    /// Everything that can be taken away.
    pub(super) fn parts(&self) -> Vec<Part> {
        let mut parts = Vec::new();
        for (position, statement) in self.statements().iter().enumerate() {
            let actions = texts(statement, "Action");
            let part = |name: String, rest: Policy| Part {
                name: format!("statement {position}{name}"),
                is_of_the_log: actions.iter().all(|action| action.starts_with("logs:")),
                rest,
            };
            let mut rest = self.clone();
            if let Some(statements) = rest.0["Statement"].as_array_mut() {
                statements.remove(position);
            }
            parts.push(part(String::new(), rest));
            for member in ["Action", "Resource"] {
                let all = texts(statement, member);
                if all.len() < 2 {
                    continue;
                }
                for text in &all {
                    let mut rest = self.clone();
                    let left: Vec<&str> = all.iter().copied().filter(|it| it != text).collect();
                    rest.0["Statement"][position][member] = json!(left);
                    parts.push(part(format!(", {text}"), rest));
                }
            }
        }
        parts
    }
}

/// The texts of a member that is a text or a list of texts.
fn texts<'a>(statement: &'a Value, member: &str) -> Vec<&'a str> {
    match &statement[member] {
        Value::Array(texts) => texts.iter().filter_map(Value::as_str).collect(),
        text => text.as_str().into_iter().collect(),
    }
}

/// Whether `*` for any text and `?` for any character make the pattern the text.
fn matches(pattern: &[u8], text: &[u8]) -> bool {
    match (pattern, text) {
        ([], []) => true,
        ([b'*', pattern @ ..], _) => {
            (0..=text.len()).any(|length| matches(pattern, &text[length..]))
        }
        ([b'?', pattern @ ..], [_, text @ ..]) => matches(pattern, text),
        ([first, pattern @ ..], [other, text @ ..]) => first == other && matches(pattern, text),
        _ => false,
    }
}

#[test]
fn patterns() {
    for (pattern, text, expected) in [
        ("arn:aws:s3:::a", "arn:aws:s3:::a", true),
        ("arn:aws:s3:::a", "arn:aws:s3:::ab", false),
        ("arn:aws:s3:::a/*", "arn:aws:s3:::a/b/c", true),
        ("arn:aws:s3:::a/*", "arn:aws:s3:::a", false),
        ("*/index/*", "table/a/index/b", true),
        ("a-??", "a-bc", true),
        ("a-??", "a-b", false),
        ("*", "", true),
        ("", "a", false),
    ] {
        assert_eq!(
            matches(pattern.as_bytes(), text.as_bytes()),
            expected,
            "{pattern} {text}"
        );
    }
}
