//! parliament, which knows actions of IAM and the resources that they apply to.

use serde_json::Value;

use crate::judge::{Judge, JudgeError};

const PARLIAMENT: Judge = Judge {
    name: "parliament",
    script: include_str!("../parliament_judge.py"),
};

/// Whose roles policies are of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Roles {
    /// Each function has its own.
    Own,
    /// Functions share one, as AWS Chalice's do.
    Shared,
}

/// Findings about statements that are meant to be what they are, each with the reason.
const ON_PURPOSE: [(&str, &str); 7] = [
    ("RESOURCE_STAR: ec2:CreateNetworkInterface", VPC),
    ("RESOURCE_STAR: ec2:DeleteNetworkInterface", VPC),
    ("RESOURCE_STAR: ec2:AssignPrivateIpAddresses", VPC),
    ("RESOURCE_STAR: ec2:UnassignPrivateIpAddresses", VPC),
    ("RESOURCE_STAR: elasticfilesystem:ClientMount", ACCESS_POINT),
    ("RESOURCE_STAR: elasticfilesystem:ClientWrite", ACCESS_POINT),
    (
        "MISMATCHED_TYPE_BUT_USABLE: Type mismatch: StringEquals requires a value of type String but given Arn",
        "Amazon EFS, \"Using IAM to control access to file systems\": `elasticfilesystem:AccessPointArn` is compared as a text",
    ),
];

/// Further ones of roles that functions share.
const ON_PURPOSE_IN_SHARED_ROLES: [(&str, &str); 10] = [
    ("RESOURCE_STAR: ec2:DetachNetworkInterface", CHALICE),
    ("RESOURCE_STAR: sqs:ReceiveMessage", CHALICE),
    ("RESOURCE_STAR: sqs:DeleteMessage", CHALICE),
    ("RESOURCE_STAR: sqs:GetQueueAttributes", CHALICE),
    ("RESOURCE_STAR: kinesis:GetRecords", CHALICE),
    ("RESOURCE_STAR: kinesis:GetShardIterator", CHALICE),
    ("RESOURCE_STAR: kinesis:DescribeStream", CHALICE),
    ("RESOURCE_STAR: dynamodb:DescribeStream", CHALICE),
    ("RESOURCE_STAR: dynamodb:GetRecords", CHALICE),
    ("RESOURCE_STAR: dynamodb:GetShardIterator", CHALICE),
];

const VPC: &str = "AWS Lambda, \"Giving Lambda functions access to resources in an Amazon VPC\": AWS Lambda makes the interfaces, \
                   whose names nobody knows before";

const ACCESS_POINT: &str =
    "a condition narrows it to the access point, whose file system is not known";

const CHALICE: &str = "a role that functions share is AWS Chalice's, with its statements";

/// What parliament finds in policies of roles: of each policy all findings, such as `UNKNOWN_ACTION: Unknown action
/// s3:GetObjct`, but for those about statements that are meant to be what they are. A good one has none.
///
/// # Errors
///
/// When parliament is not installed, which `cargo xtask verifiers` does, or fails.
pub fn policy_mistakes(policies: &[Value], roles: Roles) -> Result<Vec<Vec<String>>, JudgeError> {
    let shared = match roles {
        Roles::Own => &[][..],
        Roles::Shared => &ON_PURPOSE_IN_SHARED_ROLES,
    };
    let on_purpose = |mistake: &String| {
        let mut known = ON_PURPOSE.iter().chain(shared);
        known.any(|(known, _)| known == mistake)
    };
    let mut findings = PARLIAMENT.mistakes(policies)?;
    for mistakes in &mut findings {
        mistakes.retain(|mistake| !on_purpose(mistake));
    }
    Ok(findings)
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
        policy_mistakes(&policies, Roles::Own).unwrap_or_else(|error| panic!("{error}"))
    }

    fn allowed(action: &str, resource: &str) -> Value {
        json!({ "Effect": "Allow", "Action": [action], "Resource": resource })
    }

    #[test]
    fn good_policies_have_no_mistakes() {
        let good = [
            allowed("s3:GetObject", "arn:aws:s3:::photos/*"),
            allowed(
                "sqs:SendMessage",
                "arn:aws:sqs:eu-west-1:123456789012:orders",
            ),
            allowed(
                "secretsmanager:GetSecretValue",
                "arn:aws:secretsmanager:eu-west-1:123456789012:secret:key-??????",
            ),
            allowed(
                "dynamodb:GetRecords",
                "arn:aws:dynamodb:eu-west-1:123456789012:table/orders/stream/2026-01-01T00:00:00.000",
            ),
            allowed("ec2:CreateNetworkInterface", "*"),
        ];
        assert_eq!(mistakes(&good), [[""; 0]; 5]);
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
            (
                allowed("s3:GetObjct", "arn:aws:s3:::photos/*"),
                "UNKNOWN_ACTION: ",
            ),
            (
                allowed("s33:GetObject", "arn:aws:s3:::photos/*"),
                "UNKNOWN_PREFIX: ",
            ),
            // An action of objects on the bucket, of buckets on objects, and of tables on a queue.
            (
                allowed("s3:GetObject", "arn:aws:s3:::photos"),
                "RESOURCE_MISMATCH: ",
            ),
            (
                allowed("s3:ListBucket", "arn:aws:s3:::photos/*"),
                "RESOURCE_MISMATCH: ",
            ),
            (allowed("dynamodb:GetItem", queue), "RESOURCE_MISMATCH: "),
            (
                allowed(
                    "dynamodb:GetRecords",
                    "arn:aws:dynamodb:eu-west-1:123456789012:table/orders",
                ),
                "RESOURCE_MISMATCH: ",
            ),
            // Everything, where there is something narrower.
            (allowed("s3:GetObject", "*"), "RESOURCE_STAR: "),
            (allowed("sqs:ReceiveMessage", "*"), "RESOURCE_STAR: "),
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
    /// What parliament does not say any more need not be passed over.
    #[test]
    fn what_is_on_purpose_is_found_and_no_more() {
        let star = "RESOURCE_STAR: ";
        let known = ON_PURPOSE.iter().chain(&ON_PURPOSE_IN_SHARED_ROLES);
        let actions: Vec<&str> = known.filter_map(|(it, _)| it.strip_prefix(star)).collect();
        let mut policies: Vec<Value> = actions
            .iter()
            .map(|action| json!({ "Version": "2012-10-17", "Statement": [allowed(action, "*")] }))
            .collect();
        policies
            .push(json!({ "Version": "2012-10-17", "Statement": [allowed("s3:GetObject", "*")] }));
        let findings = PARLIAMENT.mistakes(&policies).unwrap();
        for (action, findings) in actions.iter().zip(findings) {
            assert_eq!(findings, [format!("{star}{action}")]);
        }
        let of_shared = policy_mistakes(&policies, Roles::Shared).unwrap();
        let (last, others) = of_shared.split_last().unwrap();
        assert_eq!(*last, [format!("{star}s3:GetObject")]);
        assert!(others.iter().all(Vec::is_empty), "{others:?}");
    }
}
