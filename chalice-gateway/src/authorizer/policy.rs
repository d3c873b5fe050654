//! The IAM policies that authorizers return, as far as API Gateway judges
//! requests by them: AWS, "IAM JSON policy evaluation logic".

use serde::Deserialize;
use serde_json::Value;

/// The action that calling a method is.
const ACTION: &str = "execute-api:Invoke";

/// A policy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Policy(Vec<Statement>);

#[derive(Clone, Debug, PartialEq, Eq)]
struct Statement {
    effect: Effect,
    actions: Vec<String>,
    resources: Vec<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
enum Effect {
    Allow,
    Deny,
}

/// What a policy says about a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// The request may pass.
    Allowed,
    /// A statement denies it, whatever others allow.
    Denied,
    /// No statement is about it.
    NotAllowed,
}

/// A policy as JSON has it.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Document {
    statement: OneOrMany<RawStatement>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct RawStatement {
    effect: Effect,
    action: Option<OneOrMany<String>>,
    resource: Option<OneOrMany<String>>,
    not_action: Option<Value>,
    not_resource: Option<Value>,
    condition: Option<Value>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum OneOrMany<T> {
    One(T),
    Many(Vec<T>),
}

impl<T> OneOrMany<T> {
    fn into_vec(self) -> Vec<T> {
        match self {
            OneOrMany::One(one) => vec![one],
            OneOrMany::Many(many) => many,
        }
    }
}

impl Policy {
    /// Reads a policy; an error says what is wrong with it.
    pub(super) fn read(document: &Value) -> Result<Policy, String> {
        let document = Document::deserialize(document).map_err(|error| error.to_string())?;
        let statements = document.statement.into_vec().into_iter().map(|statement| {
            for (name, member) in [
                ("NotAction", &statement.not_action),
                ("NotResource", &statement.not_resource),
                ("Condition", &statement.condition),
            ] {
                if member.is_some() {
                    return Err(format!(
                        "a statement has `{name}`, which this gateway cannot judge"
                    ));
                }
            }
            let members = |name: &str, member: Option<OneOrMany<String>>| {
                member
                    .map(OneOrMany::into_vec)
                    .filter(|members| !members.is_empty())
                    .ok_or_else(|| format!("a statement has no `{name}`"))
            };
            Ok(Statement {
                effect: statement.effect,
                actions: members("Action", statement.action)?,
                resources: members("Resource", statement.resource)?,
            })
        });
        statements.collect::<Result<_, _>>().map(Policy)
    }

    /// Judges a request for the method with this ARN.
    pub(super) fn judge(&self, method_arn: &str) -> Verdict {
        let is_about = |statement: &&Statement| {
            let actions = &mut statement.actions.iter();
            // The names of actions have no case.
            actions
                .any(|action| matches(&action.to_ascii_lowercase(), &ACTION.to_ascii_lowercase()))
                && statement
                    .resources
                    .iter()
                    .any(|resource| matches(resource, method_arn))
        };
        let about: Vec<Effect> = self
            .0
            .iter()
            .filter(is_about)
            .map(|statement| statement.effect)
            .collect();
        if about.contains(&Effect::Deny) {
            Verdict::Denied
        } else if about.contains(&Effect::Allow) {
            Verdict::Allowed
        } else {
            Verdict::NotAllowed
        }
    }
}

/// Whether a text matches a pattern with IAM's wildcards: `*` for any text, `?`
/// for any character.
fn matches(pattern: &str, text: &str) -> bool {
    let (pattern, text): (Vec<char>, Vec<char>) =
        (pattern.chars().collect(), text.chars().collect());
    let (mut p, mut t) = (0, 0);
    // Where to go on when what follows the last `*` does not match: one character later.
    let mut retry: Option<(usize, usize)> = None;
    while t < text.len() {
        match pattern.get(p) {
            Some('*') => {
                p += 1;
                retry = Some((p, t));
            }
            Some(&expected) if expected == '?' || expected == text[t] => {
                p += 1;
                t += 1;
            }
            _ => match retry {
                Some((after, from)) => {
                    retry = Some((after, from + 1));
                    p = after;
                    t = from + 1;
                }
                None => return false,
            },
        }
    }
    pattern[p..].iter().all(|&rest| rest == '*')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    const ARN: &str = "arn:aws:execute-api:us-east-1:1:api/dev/GET/users/17";

    fn judge(statements: Value) -> Verdict {
        let document = json!({ "Version": "2012-10-17", "Statement": statements });
        Policy::read(&document).unwrap().judge(ARN)
    }

    fn statement(effect: &str, resource: &str) -> Value {
        json!({ "Effect": effect, "Action": ACTION, "Resource": resource })
    }

    #[test]
    fn deny_goes_before_allow() {
        let all = "arn:aws:execute-api:us-east-1:1:api/dev/*/*";
        assert_eq!(judge(statement("Allow", all)), Verdict::Allowed);
        assert_eq!(
            judge(json!([
                statement("Allow", all),
                statement("Deny", "*/users/??")
            ])),
            Verdict::Denied
        );
        assert_eq!(
            judge(json!([
                statement("Allow", all),
                statement("Deny", "*/users/?")
            ])),
            Verdict::Allowed
        );
        assert_eq!(
            judge(json!([
                statement("Allow", "*/POST/*"),
                statement("Deny", "*/PUT/*")
            ])),
            Verdict::NotAllowed
        );
        assert_eq!(judge(json!([])), Verdict::NotAllowed);
    }

    #[test]
    fn actions() {
        let of = |action: Value| {
            judge(json!({ "Effect": "Allow", "Action": action, "Resource": ["arn:*"] }))
        };
        assert_eq!(of(json!(["execute-api:Invoke"])), Verdict::Allowed);
        assert_eq!(of(json!("Execute-API:*")), Verdict::Allowed);
        assert_eq!(of(json!("*")), Verdict::Allowed);
        assert_eq!(
            of(json!(["s3:*", "execute-api:ManageConnections"])),
            Verdict::NotAllowed
        );
    }

    #[test]
    fn what_cannot_be_judged() {
        for (statement, problem) in [
            (
                json!({ "Effect": "Allow", "Action": "*", "Resource": [] }),
                "no `Resource`",
            ),
            (json!({ "Effect": "Allow", "Resource": "*" }), "no `Action`"),
            (
                json!({ "Effect": "Maybe", "Action": "*", "Resource": "*" }),
                "OneOrMany",
            ),
            (
                json!({ "Effect": "Allow", "Action": "*", "Resource": "*", "Condition": {} }),
                "`Condition`",
            ),
        ] {
            let error = Policy::read(&json!({ "Statement": [statement] })).unwrap_err();
            assert!(error.contains(problem), "{error}");
        }
        Policy::read(&json!("allow")).unwrap_err();
    }

    #[test]
    fn wildcards() {
        for (pattern, text, expected) in [
            ("", "", true),
            ("*", "", true),
            ("a*c", "abbbc", true),
            ("a*c", "abbbcd", false),
            ("*a*a*", "banana", true),
            ("?", "", false),
            ("**", "x", true),
            ("a?c", "a/c", true),
            ("A", "a", false),
        ] {
            assert_eq!(matches(pattern, text), expected, "{pattern} {text}");
        }
    }

    proptest! {
        #[test]
        fn matching_agrees_with_its_definition(pattern in "[ab*?]{0,8}", text in "[ab]{0,8}") {
            fn by_definition(pattern: &[u8], text: &[u8]) -> bool {
                match pattern.split_first() {
                    None => text.is_empty(),
                    Some((b'*', rest)) => (0..=text.len()).any(|at| by_definition(rest, &text[at..])),
                    Some((first, rest)) => text
                        .split_first()
                        .is_some_and(|(head, tail)| (*first == b'?' || first == head) && by_definition(rest, tail)),
                }
            }
            prop_assert_eq!(
                matches(&pattern, &text),
                by_definition(pattern.as_bytes(), text.as_bytes())
            );
        }
    }
}
