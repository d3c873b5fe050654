//! Filter policies of subscriptions: which messages of a topic reach a handler.
//!
//! Sources: Amazon SNS, "Amazon SNS subscription filter policies", "Filter
//! policy constraints", "String value matching", "AND/OR logic".

mod error;
mod measure;

use std::fmt;

use super::event_pattern::{Dialect, Node, check};

pub use error::FilterPolicyError;

/// The longest a filter policy may be, in bytes: 256 KB ("Filter policy constraints").
pub const MAX_LENGTH: usize = 256 * 1024;

/// The most keys at the top level of a filter policy ("Filter policy constraints").
pub const MAX_KEYS: usize = 5;

/// The most combinations of values ("Filter policy constraints").
pub const MAX_COMBINATIONS: usize = 150;

/// The largest number that is compared, and, negated, the smallest ("Filter policy constraints").
pub const MAX_NUMBER: f64 = 1_000_000_000.0;

/// The most `*` in one `wildcard` ("String value matching").
pub const MAX_WILDCARDS: usize = 3;

/// The most points that all wildcards of a policy may count ("String value matching").
pub const MAX_WILDCARD_POINTS: usize = 100;

/// What a filter policy looks at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum FilterPolicyScope {
    /// The attributes of a message.
    #[default]
    MessageAttributes,
    /// The message itself, which is JSON.
    MessageBody,
}

impl FilterPolicyScope {
    /// All scopes.
    pub const ALL: [FilterPolicyScope; 2] = [
        FilterPolicyScope::MessageAttributes,
        FilterPolicyScope::MessageBody,
    ];

    /// The scope as AWS spells it.
    pub const fn as_str(self) -> &'static str {
        match self {
            FilterPolicyScope::MessageAttributes => "MessageAttributes",
            FilterPolicyScope::MessageBody => "MessageBody",
        }
    }

    /// The scope that AWS spells `text`.
    ///
    /// # Errors
    ///
    /// When Amazon SNS has no such scope.
    pub fn parse(text: &str) -> Result<FilterPolicyScope, FilterPolicyError> {
        FilterPolicyScope::ALL
            .into_iter()
            .find(|scope| scope.as_str() == text)
            .ok_or_else(|| FilterPolicyError::Scope {
                text: text.to_owned(),
            })
    }
}

/// A filter policy that Amazon SNS takes. Its `Display` is the policy as JSON without white space.
///
/// ```
/// use chalice_core::event_source::filter_policy::{FilterPolicy, FilterPolicyScope};
/// let scope = FilterPolicyScope::MessageAttributes;
/// assert!(FilterPolicy::parse(r#"{"store": ["example_corp", {"prefix": "test_"}]}"#, scope).is_ok());
/// let error = FilterPolicy::parse(r#"{"store": "example_corp"}"#, scope).unwrap_err();
/// assert!(error.to_string().ends_with("write \"store\": [\"example_corp\"]"));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FilterPolicy {
    json: String,
}

/// Filter policies are event patterns of any fields, with fewer operators.
const DIALECT: Dialect = Dialect {
    fields: None,
    hints: &[],
    wildcards: true,
    within_anything_but: &["prefix", "wildcard"],
    ignoring_case: false,
    // The policy's own limit is lower, and counts values as well.
    max_combinations: usize::MAX,
    name: "filter policies of Amazon SNS",
};

impl FilterPolicy {
    /// The policy that `json` says.
    ///
    /// # Errors
    ///
    /// When Amazon SNS would refuse it.
    pub fn parse(json: &str, scope: FilterPolicyScope) -> Result<FilterPolicy, FilterPolicyError> {
        let node = serde_json::from_str::<Node>(json).map_err(|error| FilterPolicyError::Json {
            message: error.to_string(),
        })?;
        let keys = match &node {
            Node::Object(keys) if !keys.is_empty() => keys,
            _ => return Err(FilterPolicyError::NotAPolicy),
        };
        check(&node, &DIALECT).map_err(FilterPolicyError::Pattern)?;
        if keys.len() > MAX_KEYS {
            return Err(FilterPolicyError::Keys { count: keys.len() });
        }
        measure::check(keys, scope)?;
        let json = node.to_string();
        if json.len() > MAX_LENGTH {
            return Err(FilterPolicyError::TooLong { bytes: json.len() });
        }
        Ok(FilterPolicy { json })
    }
}

impl fmt::Display for FilterPolicy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.json)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::FilterPolicyScope::{MessageAttributes, MessageBody};
    use super::*;

    fn problem(json: &str, scope: FilterPolicyScope) -> String {
        FilterPolicy::parse(json, scope).unwrap_err().to_string()
    }

    fn values(count: usize) -> String {
        serde_json::to_string(&(0..count).map(|at| at.to_string()).collect::<Vec<_>>()).unwrap()
    }

    #[test]
    fn operators_that_sns_knows() {
        let json = r#"{"a":["x",1,true,null,{"prefix":"x"},{"suffix":"x"},{"equals-ignore-case":"x"}],
            "b":[{"wildcard":"*x*y*"},{"numeric":[">",0,"<=",1.5]},{"exists":false},{"cidr":"10.0.0.0/24"}],
            "c":[{"anything-but":["x"]}],"$or":[{"d":[{"anything-but":{"prefix":"x"}}]},
            {"e":[{"anything-but":{"wildcard":"x*"}}]}]}"#;
        let policy = FilterPolicy::parse(json, MessageAttributes).unwrap();
        assert_eq!(policy.to_string(), json.replace("\n            ", ""));
        for (rule, part) in [
            (r#"{"prefx": "x"}"#, "did you mean `prefix`?"),
            (r#"{"prefix": {"equals-ignore-case": "x"}}"#, "takes a text"),
            (
                r#"{"anything-but": {"suffix": "x"}}"#,
                "it takes `prefix` and `wildcard`",
            ),
            (r#"{"exists": 1}"#, "`true` or `false`"),
            (r#"["x"]"#, "an array within an array"),
        ] {
            let text = problem(&format!("{{\"a\": [{rule}]}}"), MessageBody);
            assert!(text.contains(part), "{text}");
        }
    }

    #[test]
    fn what_is_no_policy() {
        assert!(problem("{", MessageBody).contains("not JSON"));
        assert!(problem("{}", MessageBody).contains("at least one key"));
        assert!(problem("[]", MessageBody).contains("at least one key"));
        assert!(problem(r#"{"a": []}"#, MessageBody).contains("without values"));
        assert!(
            problem(r#"{"a": {"prefix": "x"}}"#, MessageAttributes).contains("not in an array")
        );
        let long = format!("{{\"a\": [\"{}\"]}}", "x".repeat(MAX_LENGTH));
        assert!(problem(&long, MessageBody).contains("256 KB"));
    }

    #[test]
    fn attributes_are_flat() {
        let nested = r#"{"order": {"kind": ["new"]}}"#;
        assert!(FilterPolicy::parse(nested, MessageBody).is_ok());
        assert!(problem(nested, MessageAttributes).contains("filter_policy_scope"));
        let within = r#"{"$or": [{"a": [1]}, {"b": {"c": [1]}}]}"#;
        assert!(problem(within, MessageAttributes).contains("`b`"));
    }

    #[test]
    fn counts() {
        let keys = r#"{"a":[1],"b":[1],"c":[1],"d":[1],"e":[1],"f":[1]}"#;
        assert!(problem(keys, MessageBody).contains("6 keys"));
        let flat = |count| format!("{{\"a\": {}, \"b\": [1, 2, 3]}}", values(count));
        assert!(FilterPolicy::parse(&flat(50), MessageAttributes).is_ok());
        assert!(problem(&flat(51), MessageAttributes).contains("153 combinations"));
        // The example of "Filter policy constraints": 4 values in depth 3, 3 in depth 2.
        let nested = |count| {
            format!(
                r#"{{"a":{{"b":{{"c":{}}}}},"d":{{"e":[1,2,3]}}}}"#,
                values(count)
            )
        };
        assert!(FilterPolicy::parse(&nested(4), MessageBody).is_ok());
        assert!(problem(&nested(9), MessageBody).contains("162 combinations"));
        // What has been seen: in depth 4, 37 values are taken and 38 are not.
        let deep = |count| format!(r#"{{"a":{{"b":{{"c":{{"d":{}}}}}}}}}"#, values(count));
        assert!(FilterPolicy::parse(&deep(37), MessageBody).is_ok());
        assert!(problem(&deep(38), MessageBody).contains("152 combinations"));
        // Alternatives are added.
        let or = |count| {
            format!(
                r#"{{"a":[1,2],"$or":[{{"b":{}}},{{"c":[1]}}]}}"#,
                values(count)
            )
        };
        assert!(FilterPolicy::parse(&or(74), MessageAttributes).is_ok());
        assert!(problem(&or(75), MessageAttributes).contains("152 combinations"));
    }

    #[test]
    fn wildcards() {
        let of = |text: &str, count| {
            let rule = format!("{{\"wildcard\": \"{text}\"}}");
            format!("{{\"a\": [{}]}}", vec![rule; count].join(","))
        };
        assert!(problem(&of("*a*b*c*", 1), MessageBody).contains("4 `*`"));
        assert!(FilterPolicy::parse(&of(r"\\*a*b*c*", 1), MessageBody).is_ok());
        assert!(FilterPolicy::parse(&of("*/a/*", 5), MessageBody).is_ok());
        assert!(problem(&of("*/a/*", 6), MessageBody).contains("108 points"));
        assert!(FilterPolicy::parse(&of("a*", 10), MessageBody).is_ok());
        assert!(problem(&of("a*", 11), MessageBody).contains("121 points"));
    }

    #[test]
    fn numbers() {
        for number in ["1000000001", "-1e10"] {
            for rule in [
                number.to_owned(),
                format!("{{\"numeric\": [\">\", {number}]}}"),
                format!("{{\"anything-but\": [{number}]}}"),
            ] {
                let text = problem(&format!("{{\"a\": [{rule}]}}"), MessageBody);
                assert!(text.contains("1000000000"), "{text}");
            }
        }
        assert!(FilterPolicy::parse(r#"{"a": [1000000000, -1e9]}"#, MessageBody).is_ok());
    }

    #[test]
    fn scopes() {
        for scope in FilterPolicyScope::ALL {
            assert_eq!(FilterPolicyScope::parse(scope.as_str()), Ok(scope));
        }
        let text = FilterPolicyScope::parse("MesageBody")
            .unwrap_err()
            .to_string();
        assert!(text.ends_with("did you mean `MessageBody`?"), "{text}");
    }

    proptest! {
        #[test]
        fn any_text_is_answered(text in "[\\[\\]{}:,\"$orabc0-9 *\\\\-]{0,40}") {
            for scope in FilterPolicyScope::ALL {
                if let Ok(policy) = FilterPolicy::parse(&text, scope) {
                    prop_assert!(FilterPolicy::parse(&policy.to_string(), scope).is_ok());
                }
            }
        }
    }
}
