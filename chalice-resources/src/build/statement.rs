//! What the roles permit, as far as the app is known to need it.
//!
//! Where AWS Chalice writes a statement, this is that one.

use std::collections::BTreeSet;

use chalice_config::DeadLetterTarget;
use serde_json::json;

use super::Build;
use crate::{
    Arn, EventSourceKind, Function, FunctionRole, Id, MappingSource, PolicyDocument, Resources,
    Role, Statement, StreamKind,
};

impl Build<'_> {
    /// Writes the generated policies.
    pub(super) fn policies(&mut self) {
        let generated: Vec<Id<Role>> = self
            .resources
            .roles
            .entries()
            .filter(|(_, role)| matches!(role.policy, PolicyDocument::Generated(_)))
            .map(|(id, _)| id)
            .collect();
        for role in generated {
            let statements = statements(&self.resources, role);
            self.resources.roles.get_mut(role).policy = PolicyDocument::Generated(statements);
        }
    }
}

/// What the functions of a role need.
fn statements(resources: &Resources, role: Id<Role>) -> Vec<Statement> {
    let functions: Vec<(Id<Function>, &Function)> = resources
        .functions
        .entries()
        .filter(|(_, function)| function.role == FunctionRole::Managed(role))
        .collect();
    let is_of_role = |function: Id<Function>| functions.iter().any(|(id, _)| *id == function);
    let mappings = || {
        let sources = resources.event_sources.iter();
        sources
            .filter(|source| is_of_role(source.function))
            .filter_map(|source| match &source.kind {
                EventSourceKind::Mapping(mapping) => Some(&mapping.source),
                _ => None,
            })
    };
    let polls = |stream: StreamKind| {
        mappings().any(|source| matches!(source, MappingSource::Stream(it) if it.kind == stream))
    };
    let mut statements = vec![on(
        &[
            "logs:CreateLogGroup",
            "logs:CreateLogStream",
            "logs:PutLogEvents",
        ],
        "arn:*:logs:*:*:*",
    )];
    if functions.iter().any(|(_, function)| function.vpc.is_some()) {
        statements.push(on(
            &[
                "ec2:CreateNetworkInterface",
                "ec2:DescribeNetworkInterfaces",
                "ec2:DetachNetworkInterface",
                "ec2:DeleteNetworkInterface",
            ],
            "*",
        ));
    }
    if functions.iter().any(|(_, function)| function.xray) {
        statements.push(on(
            &["xray:PutTraceSegments", "xray:PutTelemetryRecords"],
            "*",
        ));
    }
    if mappings().any(|source| matches!(source, MappingSource::Queue { .. })) {
        statements.push(on(
            &[
                "sqs:ReceiveMessage",
                "sqs:DeleteMessage",
                "sqs:GetQueueAttributes",
            ],
            "*",
        ));
    }
    if polls(StreamKind::Kinesis) {
        statements.push(on(
            &[
                "kinesis:GetRecords",
                "kinesis:GetShardIterator",
                "kinesis:DescribeStream",
                "kinesis:ListStreams",
            ],
            "*",
        ));
    }
    if polls(StreamKind::Dynamodb) {
        statements.push(on(
            &[
                "dynamodb:DescribeStream",
                "dynamodb:GetRecords",
                "dynamodb:GetShardIterator",
                "dynamodb:ListStreams",
            ],
            "*",
        ));
    }
    let websocket = resources.websocket_api.iter().flat_map(|api| &api.routes);
    if websocket
        .into_iter()
        .any(|route| is_of_role(route.function))
    {
        statements.push(on(
            &["execute-api:ManageConnections"],
            "arn:*:execute-api:*:*:*/@connections/*",
        ));
    }
    statements.extend(destinations(resources, &functions));
    statements.extend(files_and_keys(&functions));
    statements
}

/// What it takes to send records of what failed to where they belong.
fn destinations(resources: &Resources, functions: &[(Id<Function>, &Function)]) -> Vec<Statement> {
    // By ARN, each once.
    let mut targets: BTreeSet<(&'static str, &str)> = BTreeSet::new();
    for (id, function) in functions {
        if let Some(dead_letter) = &function.dead_letter {
            let action = match dead_letter.target() {
                DeadLetterTarget::Queue => "sqs:SendMessage",
                DeadLetterTarget::Topic => "sns:Publish",
            };
            targets.insert((action, dead_letter.as_str()));
        }
        let of_streams = resources
            .event_sources
            .iter()
            .filter(|source| source.function == *id)
            .filter_map(|source| match &source.kind {
                EventSourceKind::Mapping(mapping) => match &mapping.source {
                    MappingSource::Stream(stream) => stream.on_failure.as_deref(),
                    MappingSource::Queue { .. } => None,
                },
                _ => None,
            });
        for arn in function.on_failure.as_deref().into_iter().chain(of_streams) {
            let action = match arn.split(':').nth(2) {
                Some("sqs") => "sqs:SendMessage",
                Some("sns") => "sns:Publish",
                Some("lambda") => "lambda:InvokeFunction",
                Some("events") => "events:PutEvents",
                Some("s3") => "s3:PutObject",
                _ => continue,
            };
            targets.insert((action, arn));
        }
    }
    targets
        .into_iter()
        .flat_map(|(action, arn)| match action {
            // AWS Lambda, "Retaining records of asynchronous invocations": a bucket takes both.
            "s3:PutObject" => vec![
                on(&[action], &format!("{arn}/*")),
                on(&["s3:ListBucket"], arn),
            ],
            _ => vec![on(&[action], arn)],
        })
        .collect()
}

/// What it takes to mount file systems and to read encrypted variables.
fn files_and_keys(functions: &[(Id<Function>, &Function)]) -> Vec<Statement> {
    let access_points: BTreeSet<&str> = functions
        .iter()
        .filter_map(|(_, function)| Some(function.efs.as_ref()?.access_point_arn.as_str()))
        .collect();
    let keys: BTreeSet<&str> = functions
        .iter()
        .filter_map(|(_, function)| Some(function.kms_key_arn.as_ref()?.as_str()))
        .collect();
    let mut statements = Vec::new();
    if !access_points.is_empty() {
        // Of the file system of an access point nothing is known but that.
        let mut statement = on(
            &[
                "elasticfilesystem:ClientMount",
                "elasticfilesystem:ClientWrite",
            ],
            "*",
        );
        statement.condition =
            Some(json!({ "StringEquals": { "elasticfilesystem:AccessPointArn": access_points } }));
        statements.push(statement);
    }
    statements.extend(keys.into_iter().map(|key| on(&["kms:Decrypt"], key)));
    statements
}

fn on(actions: &[&str], resource: &str) -> Statement {
    Statement {
        actions: actions.iter().map(|&action| action.to_owned()).collect(),
        resources: vec![Arn::Literal(resource.to_owned())],
        condition: None,
    }
}
