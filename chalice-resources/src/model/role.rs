//! Execution roles.

use chalice_config::{PermissionsBoundary, RolePath};
use serde_json::{Value, json};

use super::{Arn, ManagedPolicy, Reasons};

/// An execution role (AWS Lambda, "Defining Lambda function permissions with an execution role").
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Role {
    /// Its name within the app: `default-role`, or `<function>_role`.
    pub name: String,
    /// Its name in AWS: `<app>-<stage>`, or `<app>-<stage>-<function>`.
    pub role_name: String,
    /// What it permits: its one inline policy, unless there are managed policies.
    pub policy: PolicyDocument,
    /// The policies that permit that together, if it is too large for an inline policy; else none.
    pub managed_policies: Vec<ManagedPolicy>,
    /// What limits that.
    pub permissions_boundary: Option<PermissionsBoundary>,
    /// The path of its name.
    pub path: RolePath,
}

/// What a role permits.
#[derive(Clone, Debug, PartialEq)]
pub enum PolicyDocument {
    /// What the app is known to need.
    Generated(Vec<Statement>),
    /// The document of a file of the project.
    File(Value),
}

/// A statement of a policy that allows actions (AWS Identity and Access Management, "IAM JSON
/// policy elements reference").
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    /// The actions, such as `sqs:ReceiveMessage`.
    pub actions: Vec<String>,
    /// What they may be done to.
    pub resources: Vec<Arn>,
    /// When, if not always: the value of `Condition`.
    pub condition: Option<Value>,
    /// Why, which is no part of the document.
    pub reasons: Reasons,
}

impl Role {
    /// The document that lets AWS Lambda, and nobody else, assume the role.
    pub fn trust_policy() -> Value {
        json!({
            "Version": "2012-10-17",
            "Statement": [{
                "Sid": "",
                "Effect": "Allow",
                "Principal": { "Service": "lambda.amazonaws.com" },
                "Action": "sts:AssumeRole",
            }],
        })
    }
}

impl PolicyDocument {
    /// The document, with ARNs in the words of who reads it.
    pub fn document(&self, arn: impl Fn(&Arn) -> Value) -> Value {
        let statements = match self {
            PolicyDocument::File(document) => return document.clone(),
            PolicyDocument::Generated(statements) => statements,
        };
        let statements = statements.iter().map(|statement| {
            let resource = match &statement.resources[..] {
                [resource] => arn(resource),
                several => several.iter().map(&arn).collect(),
            };
            let mut json =
                json!({ "Effect": "Allow", "Action": statement.actions, "Resource": resource });
            if let Some(condition) = &statement.condition {
                json["Condition"] = condition.clone();
            }
            json
        });
        json!({ "Version": "2012-10-17", "Statement": statements.collect::<Vec<_>>() })
    }
}
