//! Files with policies.

use std::{fs, path::Path};

use serde_json::Value;

use crate::Refusal;

/// What a policy is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PolicyKind {
    /// What a role permits.
    Role,
    /// Who may call a REST API.
    Api,
}

impl PolicyKind {
    /// How many bytes it may have, without white space: IAM, "IAM and AWS STS quotas"; Amazon API
    /// Gateway, "Quotas for configuring and running a REST API".
    const fn max_bytes(self) -> usize {
        match self {
            PolicyKind::Role => 10_240,
            PolicyKind::Api => 8_192,
        }
    }

    /// Reads a policy, and checks its form.
    pub(crate) fn read(self, path: &Path) -> Result<Value, Refusal> {
        let text = fs::read_to_string(path).map_err(|reason| {
            Refusal::new(
                format!("the file {} cannot be read: {reason}", path.display()),
                "the path counts from the folder .chalice: write the policy there, or name the file in which it is",
            )
        })?;
        let policy: Value = serde_json::from_str(&text).map_err(|reason| {
            Refusal::new(
                format!("the file {} is not JSON: {reason}", path.display()),
                "policies of AWS are JSON documents",
            )
        })?;
        match self.problem(&policy) {
            None => Ok(policy),
            Some((problem, fix)) => Err(Refusal::new(
                format!("the policy in {} {problem}", path.display()),
                fix,
            )),
        }
    }

    /// What is wrong with the policy, and what to do.
    fn problem(self, policy: &Value) -> Option<(String, String)> {
        let problem = |problem: &str, fix: &str| Some((problem.to_owned(), fix.to_owned()));
        let version = policy.get("Version").and_then(Value::as_str);
        if !matches!(version, Some("2012-10-17" | "2008-10-17")) {
            return problem(
                "has no version of the language of policies",
                "write `\"Version\": \"2012-10-17\"`",
            );
        }
        let statements = match policy.get("Statement") {
            Some(Value::Array(statements)) if !statements.is_empty() => statements.as_slice(),
            Some(statement @ Value::Object(_)) => std::slice::from_ref(statement),
            _ => {
                return problem(
                    "has no statements",
                    "write `\"Statement\": [{ \"Effect\": \"Allow\", .. }]`",
                );
            }
        };
        for statement in statements {
            let has = |name: &str| {
                ["", "Not"]
                    .iter()
                    .any(|not| statement.get(format!("{not}{name}")).is_some())
            };
            let effect = statement.get("Effect").and_then(Value::as_str);
            if !matches!(effect, Some("Allow" | "Deny")) {
                return problem(
                    "has a statement without an effect",
                    "write `\"Effect\": \"Allow\"` or `\"Deny\"`",
                );
            }
            if !has("Action") || !has("Resource") {
                return problem(
                    "has a statement that does not say what it permits",
                    "write `Action` and `Resource`",
                );
            }
            match (self, has("Principal")) {
                (PolicyKind::Role, true) => {
                    return problem(
                        "has a statement with a principal, which IAM refuses in the policy of a role",
                        "leave `Principal` out: it is the role",
                    );
                }
                (PolicyKind::Api, false) => {
                    return problem(
                        "has a statement that does not say to whom it applies",
                        "write `Principal`, `\"*\"` for everybody",
                    );
                }
                _ => {}
            }
        }
        let bytes = policy.to_string().len();
        (bytes > self.max_bytes()).then(|| {
            (
                format!(
                    "has {bytes} bytes without its white space, and AWS takes {}",
                    self.max_bytes()
                ),
                match self {
                    PolicyKind::Role => {
                        "put statements together, or leave some out: a policy from a file is taken as it is, and not split \
                         into several, as one that is worked out from the app is"
                    }
                    PolicyKind::Api => "put statements together, or leave some out",
                }
                .to_owned(),
            )
        })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_is_no_policy() {
        let statement = json!({ "Effect": "Allow", "Action": "s3:GetObject", "Resource": "*" });
        let policy =
            |statements: Value| json!({ "Version": "2012-10-17", "Statement": statements });
        for good in [policy(json!([statement])), policy(statement.clone())] {
            assert_eq!(PolicyKind::Role.problem(&good), None);
            assert!(
                PolicyKind::Api
                    .problem(&good)
                    .unwrap()
                    .0
                    .contains("to whom")
            );
        }
        let mut with_principal = statement.clone();
        with_principal["Principal"] = json!("*");
        let with_principal = policy(json!([with_principal]));
        assert_eq!(PolicyKind::Api.problem(&with_principal), None);
        let long = json!({ "Effect": "Deny", "NotAction": "x".repeat(10_240), "NotResource": "*" });
        for (bad, expected) in [
            (json!([]), "no version"),
            (json!({ "Statement": statement }), "no version"),
            (policy(json!([])), "no statements"),
            (policy(json!("Allow")), "no statements"),
            (policy(json!([{}])), "an effect"),
            (policy(json!([{ "Effect": "allow" }])), "an effect"),
            (
                policy(json!([{ "Effect": "Deny", "Action": "*" }])),
                "what it permits",
            ),
            (with_principal, "a principal"),
            (policy(long.clone()), "and AWS takes 10240"),
        ] {
            let (problem, _) = PolicyKind::Role.problem(&bad).unwrap();
            assert!(problem.contains(expected), "{bad}: {problem}");
        }
        let (_, fix) = PolicyKind::Role.problem(&policy(long)).unwrap();
        assert!(fix.contains("taken as it is, and not split"), "{fix}");
    }
}
