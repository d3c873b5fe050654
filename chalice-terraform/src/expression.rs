//! Texts of Terraform's: what stands for itself, and what refers to something.
//!
//! Every text of a configuration in JSON, the names of members included, is a template (Terraform,
//! "JSON Configuration Syntax"): in what comes from users, `${` and `%{` are escaped, always.

use serde_json::{Map, Value};

/// The text that stands for `text`, whatever that holds.
///
/// ```text
/// ${aws:username}  ->  $${aws:username}
/// ```
pub(crate) fn literal(text: &str) -> String {
    text.replace("${", "$${").replace("%{", "%%{")
}

/// The value that stands for `value`, whatever its texts hold.
pub(crate) fn literals(value: &Value) -> Value {
    match value {
        Value::String(text) => literal(text).into(),
        Value::Array(elements) => elements.iter().map(literals).collect(),
        Value::Object(members) => members
            .iter()
            .map(|(name, member)| (literal(name), literals(member)))
            .collect::<Map<_, _>>()
            .into(),
        Value::Null | Value::Bool(_) | Value::Number(_) => value.clone(),
    }
}

/// The JSON of a value of the user's, as a text that stands for itself.
pub(crate) fn json_literal(value: &Value) -> Value {
    literal(&value.to_string()).into()
}

/// A text within an expression, in quotes.
pub(crate) fn quoted(text: &str) -> String {
    let escaped = text.replace('\\', "\\\\").replace('"', "\\\"");
    format!("\"{}\"", literal(&escaped))
}

/// A name for a resource: letters, digits, `_` and `-`, no digit or `-` first (Terraform, "Syntax
/// Configuration").
pub(crate) fn identifier(name: &str) -> String {
    let allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
    let name = name.replace(|c: char| !allowed(c), "_");
    match name.starts_with(|c: char| c.is_ascii_digit() || c == '-') {
        true => format!("_{name}"),
        false => name,
    }
}

/// Where a resource is found in the configuration: its type and its name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Address {
    pub(crate) kind: &'static str,
    pub(crate) name: String,
}

impl Address {
    pub(crate) fn new(kind: &'static str, name: &str) -> Address {
        Address {
            kind,
            name: identifier(name),
        }
    }

    /// A reference to an attribute.
    pub(crate) fn get(&self, attribute: &str) -> String {
        format!("${{{self}.{attribute}}}")
    }
}

impl std::fmt::Display for Address {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.{}", self.kind, self.name)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn nothing_of_a_users_text_is_a_template() {
        for (text, expected) in [
            ("$context.requestId %d", "$context.requestId %d"),
            ("${aws:username}", "$${aws:username}"),
            ("%{ if true }", "%%{ if true }"),
            ("$${a} %%{b}", "$$${a} %%%{b}"),
            ("$%{$${", "$%%{$$${"),
        ] {
            assert_eq!(literal(text), expected);
        }
        let value = json!({ "${a}": ["%{b}", 1, null, { "c": "${d}" }] });
        let expected = json!({ "$${a}": ["%%{b}", 1, null, { "c": "$${d}" }] });
        assert_eq!(literals(&value), expected);
        assert_eq!(quoted(r#"a"b\${c}"#), r#""a\"b\\$${c}""#);
    }

    /// What Terraform makes of a text without references, as its documentation says ("Strings and
    /// Templates"): `None` when it finds one.
    fn evaluated(text: &str) -> Option<String> {
        let mut result = String::new();
        let mut rest = text;
        while let Some(character) = rest.chars().next() {
            let escape = ["$${", "%%{"].iter().find(|it| rest.starts_with(**it));
            if let Some(escape) = escape {
                result.push_str(&escape[1..]);
                rest = &rest[escape.len()..];
                continue;
            }
            if rest.starts_with("${") || rest.starts_with("%{") {
                return None;
            }
            result.push(character);
            rest = &rest[character.len_utf8()..];
        }
        Some(result)
    }

    proptest::proptest! {
        #[test]
        fn a_literal_stands_for_its_text(text in "[$%{}a]{0,20}") {
            proptest::prop_assert_eq!(evaluated(&literal(&text)), Some(text));
        }

        #[test]
        fn every_name_becomes_one_that_terraform_takes(name in ".{1,20}") {
            let name = identifier(&name);
            proptest::prop_assert!(name.chars().all(|c| c.is_ascii_alphanumeric() || "-_".contains(c)));
            proptest::prop_assert!(!name.starts_with(|c: char| c.is_ascii_digit() || c == '-'));
        }
    }
}
