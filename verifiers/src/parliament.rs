//! parliament, which knows actions of IAM and the resources that they apply to.

use serde_json::Value;

use crate::judge::{Judge, JudgeError};

const PARLIAMENT: Judge = Judge {
    name: "parliament",
    script: include_str!("../parliament_judge.py"),
};

/// What parliament finds in policies of roles: of each policy all findings, such as `UNKNOWN_ACTION:
/// "Unknown action s3:GetObjct"`. A good one has none.
///
/// # Errors
///
/// When parliament is not installed, which `cargo xtask verifiers` does, or fails.
pub fn policy_mistakes(policies: &[Value]) -> Result<Vec<Vec<String>>, JudgeError> {
    PARLIAMENT.mistakes(policies)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn mistakes(statements: &[Value]) -> Vec<Vec<String>> {
        let policies: Vec<Value> = statements
            .iter()
            .map(|statement| json!({ "Version": "2012-10-17", "Statement": [statement] }))
            .collect();
        policy_mistakes(&policies).unwrap_or_else(|error| panic!("{error}"))
    }

    fn allowed(action: &str, resource: &str) -> Value {
        json!({ "Effect": "Allow", "Action": [action], "Resource": resource })
    }

    #[test]
    fn good_policies_have_no_mistakes() {
        let good = [
            allowed("s3:GetObject", "arn:aws:s3:::photos/*"),
            allowed("sqs:SendMessage", "arn:aws:sqs:eu-west-1:123456789012:orders"),
            allowed(
                "secretsmanager:GetSecretValue",
                "arn:aws:secretsmanager:eu-west-1:123456789012:secret:key-??????",
            ),
        ];
        assert_eq!(mistakes(&good), [[""; 0]; 3]);
    }

    #[test]
    fn planted_mistakes_are_found() {
        let queue = "arn:aws:sqs:eu-west-1:123456789012:orders";
        let mut condition = allowed("sqs:SendMessage", queue);
        condition["Condition"] = json!({ "StringEquals": { "sqs:NoSuchKey": "a" } });
        let mut effect = allowed("sqs:SendMessage", queue);
        effect["Effect"] = "Permit".into();
        let planted = [
            // No action, no service.
            (allowed("s3:GetObjct", "arn:aws:s3:::photos/*"), "UNKNOWN_ACTION: "),
            (allowed("s33:GetObject", "arn:aws:s3:::photos/*"), "UNKNOWN_PREFIX: "),
            // An action of objects on the bucket, of buckets on objects, and of tables on a queue.
            (allowed("s3:GetObject", "arn:aws:s3:::photos"), "RESOURCE_MISMATCH: "),
            (allowed("s3:ListBucket", "arn:aws:s3:::photos/*"), "RESOURCE_MISMATCH: "),
            (allowed("dynamodb:GetItem", queue), "RESOURCE_MISMATCH: "),
            // Everything, where there is something narrower.
            (allowed("s3:GetObject", "*"), "RESOURCE_STAR: "),
            (allowed("sqs:SendMessage", "orders"), "INVALID_ARN: "),
            (
                allowed("sqs:SendMessage", "arn:aws:sqs:eu-west-1:12345:orders"),
                "INVALID_ARN: ",
            ),
            (condition, "UNKNOWN_CONDITION_FOR_ACTION: "),
            (effect, "MALFORMED: "),
        ];
        let statements: Vec<Value> = planted.iter().map(|(it, _)| it.clone()).collect();
        for ((statement, expected), found) in planted.iter().zip(mistakes(&statements)) {
            assert!(
                found.iter().any(|it| it.starts_with(expected)),
                "{statement}: {found:?}"
            );
        }
    }
}
