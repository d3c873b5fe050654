//! References of AWS CloudFormation.

use serde_json::{Value, json};

/// The resource's or parameter's value.
pub(super) fn reference(name: &str) -> Value {
    json!({ "Ref": name })
}

/// An attribute of the resource.
pub(super) fn attribute(resource: &str, name: &str) -> Value {
    json!({ "Fn::GetAtt": [resource, name] })
}

/// The text with its `${..}` filled.
pub(super) fn substituted(text: impl Into<String>) -> Value {
    json!({ "Fn::Sub": text.into() })
}

/// The text within one that is [`substituted`], where it stands for itself.
pub(super) fn escaped(text: &str) -> String {
    text.replace("${", "${!")
}

/// The ARN of a resource of the pipeline's own account and region.
pub(super) fn arn(service: &str, resource: &str) -> Value {
    substituted(format!(
        "arn:${{AWS::Partition}}:{service}:${{AWS::Region}}:${{AWS::AccountId}}:{resource}"
    ))
}

/// The ARN of a role of the pipeline's own account, or of several with `*`.
pub(super) fn role_arn(path_and_name: &str) -> Value {
    substituted(format!(
        "arn:${{AWS::Partition}}:iam::${{AWS::AccountId}}:role{path_and_name}"
    ))
}

/// The first value if the condition holds, otherwise the second.
pub(super) fn when(condition: &str, then: Value, otherwise: Value) -> Value {
    json!({ "Fn::If": [condition, then, otherwise] })
}

/// The value if the condition holds, otherwise none.
pub(super) fn only_when(condition: &str, then: Value) -> Value {
    when(condition, then, reference("AWS::NoValue"))
}

/// Lets a service take the role.
pub(super) fn trusts_service(service: &str, condition: Option<Value>) -> Value {
    let mut statement = json!({
        "Effect": "Allow",
        "Principal": { "Service": service },
        "Action": "sts:AssumeRole",
    });
    if let Some(condition) = condition {
        statement["Condition"] = condition;
    }
    policy(vec![statement])
}

/// That the service acts for this account (IAM, "The confused deputy problem").
pub(super) fn of_this_account() -> Value {
    json!({ "StringEquals": { "aws:SourceAccount": reference("AWS::AccountId") } })
}

/// A policy of those statements.
pub(super) fn policy(statements: Vec<Value>) -> Value {
    json!({ "Version": "2012-10-17", "Statement": statements })
}

/// A statement that allows those actions.
pub(super) fn allow(sid: &str, actions: &[&str], resources: Value) -> Value {
    json!({ "Sid": sid, "Effect": "Allow", "Action": actions, "Resource": resources })
}
