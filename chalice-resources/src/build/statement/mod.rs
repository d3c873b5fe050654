//! What the roles permit, as far as the app is known to need it.
//!
//! - A role that functions share is AWS Chalice's, with its statements: [`shared`].
//! - A function's own role permits what that function needs, on what it needs it: [`exact`].
//! - Both permit what the app declares: [`granted`].

mod exact;
mod granted;
mod shared;

use std::collections::BTreeSet;

use chalice_config::{DeadLetterTarget, ExecutionRoles};
use serde_json::json;

use super::Build;
use crate::{
    Arn, EventSourceKind, EventSourceMapping, Function, FunctionRole, Id, MappingSource,
    PolicyDocument, Resources, Role, Statement,
};

/// The functions that have one role.
type Functions<'a> = [(Id<Function>, &'a Function)];

impl Build<'_> {
    /// Writes the generated policies.
    pub(super) fn policies(&mut self) {
        let layout = self.stage.execution_roles();
        let generated: Vec<Id<Role>> = self
            .resources
            .roles
            .entries()
            .filter(|(_, role)| matches!(role.policy, PolicyDocument::Generated(_)))
            .map(|(id, _)| id)
            .collect();
        for role in generated {
            let functions = functions_of(&self.resources, role);
            let mut statements = match layout {
                ExecutionRoles::Shared => shared::statements(&self.resources, &functions),
                ExecutionRoles::PerFunction => exact::statements(&self.resources, &functions),
            };
            statements.extend(destinations(&self.resources, &functions));
            statements.extend(files_and_keys(&functions));
            statements.extend(granted::statements(
                self.manifest,
                &functions,
                &mut self.problems,
            ));
            self.resources.roles.get_mut(role).policy = PolicyDocument::Generated(statements);
        }
    }
}

fn functions_of(resources: &Resources, role: Id<Role>) -> Vec<(Id<Function>, &Function)> {
    let functions = resources.functions.entries();
    functions
        .filter(|(_, function)| function.role == FunctionRole::Managed(role))
        .collect()
}

/// What it takes to send records of what failed to where they belong.
fn destinations(resources: &Resources, functions: &Functions<'_>) -> Vec<Statement> {
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
fn files_and_keys(functions: &Functions<'_>) -> Vec<Statement> {
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

/// The queues and streams that AWS Lambda polls for the functions, with their roles.
fn mappings<'a>(
    resources: &'a Resources,
    functions: &Functions<'_>,
) -> impl Iterator<Item = &'a EventSourceMapping> {
    let sources = resources.event_sources.iter();
    sources
        .filter(|source| is_one_of(functions, source.function))
        .filter_map(|source| match &source.kind {
            EventSourceKind::Mapping(mapping) => Some(mapping),
            _ => None,
        })
}

/// Whether a route of the WebSocket API is answered by one of the functions.
fn answers_websocket(resources: &Resources, functions: &Functions<'_>) -> bool {
    let mut routes = resources.websocket_api.iter().flat_map(|api| &api.routes);
    routes.any(|route| is_one_of(functions, route.function))
}

fn is_one_of(functions: &Functions<'_>, function: Id<Function>) -> bool {
    functions.iter().any(|(id, _)| *id == function)
}

fn on(actions: &[&str], resource: &str) -> Statement {
    on_all(actions, vec![Arn::Literal(resource.to_owned())])
}

fn on_all(actions: &[&str], resources: Vec<Arn>) -> Statement {
    Statement {
        actions: actions.iter().map(|&action| action.to_owned()).collect(),
        resources,
        condition: None,
    }
}
