//! What an authorizer function returned.

use serde::Deserialize;
use serde_json::{Map, Value};

use super::policy::{Policy, Verdict};

/// Why API Gateway does not accept what an authorizer returned.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum MalformedDecision {
    /// Not JSON of a decision.
    #[error(
        "API Gateway expects an object with `principalId` and `policyDocument` from an authorizer: {0}"
    )]
    Json(String),
    /// A context that is not made of simple values.
    #[error(
        "`context.{key}` is an object, a list or null, and API Gateway takes text, numbers and booleans"
    )]
    Context {
        /// The member's name.
        key: String,
    },
    /// A policy that is none.
    #[error("`policyDocument` cannot be judged: {0}")]
    Policy(String),
}

/// What an authorizer decided.
#[derive(Clone, Debug)]
pub(crate) struct Decision {
    policy: Policy,
    /// `requestContext.authorizer`
    pub(crate) context: Map<String, Value>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Answer {
    principal_id: String,
    policy_document: Value,
    #[serde(default)]
    context: Option<Map<String, Value>>,
}

impl Decision {
    /// Reads what the function returned.
    pub(crate) fn read(payload: &[u8]) -> Result<Decision, MalformedDecision> {
        let malformed = |error: serde_json::Error| MalformedDecision::Json(error.to_string());
        // The derived code would take a list, too, as that of the members' values.
        let members: Map<String, Value> = serde_json::from_slice(payload).map_err(malformed)?;
        let answer = Answer::deserialize(Value::Object(members)).map_err(malformed)?;
        let mut context = Map::new();
        for (key, value) in answer.context.unwrap_or_default() {
            // API Gateway makes text of every value.
            let text = match value {
                Value::String(text) => text,
                Value::Number(_) | Value::Bool(_) => value.to_string(),
                Value::Null | Value::Array(_) | Value::Object(_) => {
                    return Err(MalformedDecision::Context { key });
                }
            };
            context.insert(key, Value::String(text));
        }
        context.insert("principalId".to_owned(), Value::String(answer.principal_id));
        Ok(Decision {
            policy: Policy::read(&answer.policy_document).map_err(MalformedDecision::Policy)?,
            context,
        })
    }

    /// What the decision means for a request for the method with this ARN.
    pub(super) fn judge(&self, method_arn: &str) -> Verdict {
        self.policy.judge(method_arn)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn read(answer: Value) -> Result<Decision, MalformedDecision> {
        Decision::read(answer.to_string().as_bytes())
    }

    #[test]
    fn values_become_text() {
        let decision = read(json!({
            "principalId": "me",
            "policyDocument": { "Statement": [] },
            "context": { "age": 7, "admin": true, "plan": "pro" },
        }))
        .unwrap();
        assert_eq!(
            Value::Object(decision.context),
            json!({ "age": "7", "admin": "true", "plan": "pro", "principalId": "me" })
        );
    }

    #[test]
    fn what_is_no_decision() {
        let policy = json!({ "Statement": [] });
        for (answer, problem) in [
            (json!(null), "API Gateway expects an object"),
            (json!(["me", policy]), "API Gateway expects an object"),
            (
                json!({ "policyDocument": policy }),
                "missing field `principalId`",
            ),
            (
                json!({ "principalId": "me" }),
                "missing field `policyDocument`",
            ),
            (
                json!({ "principalId": "me", "policyDocument": policy, "context": { "k": [] } }),
                "`context.k` is an object",
            ),
            (
                json!({ "principalId": "me", "policyDocument": 1 }),
                "`policyDocument` cannot be judged",
            ),
        ] {
            let error = read(answer).unwrap_err().to_string();
            assert!(error.contains(problem), "{error}");
        }
    }
}
