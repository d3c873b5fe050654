//! What the roles permit, as far as the app is known to need it.
//!
//! - A role that functions share is AWS Chalice's, with its statements: [`shared`].
//! - A function's own role permits what that function needs, on what it needs it: [`exact`].
//! - Both permit what the app declares: [`granted`]; or, if it declares nothing, what its program uses: [`used`].
//!
//! Each statement has the reasons of its actions.

mod exact;
mod granted;
mod shared;
mod used;

use std::collections::{BTreeMap, BTreeSet};

use chalice_config::{DeadLetterTarget, ExecutionRoles};
use serde_json::json;

use super::Build;
use crate::{
    Arn, EventSourceKind, EventSourceMapping, Function, FunctionRole, Id, MappingSource,
    PolicyDocument, Reason, Reasons, Resources, Role, Statement,
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
            if !self.manifest.declares_grants() {
                statements.extend(used::statement(self.used_actions, &functions));
            }
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
    let mut targets: BTreeMap<(&'static str, &str), BTreeSet<(Reason, &str)>> = BTreeMap::new();
    let mut add = |action, arn, reason, function| {
        let reasons = targets.entry((action, arn)).or_default();
        reasons.insert((reason, function));
    };
    for (id, function) in functions {
        if let Some(dead_letter) = &function.dead_letter {
            let action = match dead_letter.target() {
                DeadLetterTarget::Queue => "sqs:SendMessage",
                DeadLetterTarget::Topic => "sns:Publish",
            };
            add(
                action,
                dead_letter.as_str(),
                Reason::DeadLetter,
                &*function.name,
            );
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
            add(action, arn, Reason::OnFailure, &*function.name);
        }
    }
    targets
        .into_iter()
        .flat_map(|((action, arn), because)| {
            let because: Vec<_> = because.into_iter().collect();
            match action {
                // AWS Lambda, "Retaining records of asynchronous invocations": a bucket takes both.
                "s3:PutObject" => vec![
                    on(&[action], &format!("{arn}/*"), &because),
                    on(&["s3:ListBucket"], arn, &because),
                ],
                _ => vec![on(&[action], arn, &because)],
            }
        })
        .collect()
}

/// What it takes to mount file systems and to read encrypted variables.
fn files_and_keys(functions: &Functions<'_>) -> Vec<Statement> {
    let access_points: BTreeSet<&str> = functions
        .iter()
        .filter_map(|(_, function)| Some(function.efs.as_ref()?.access_point_arn.as_str()))
        .collect();
    let mut keys: BTreeMap<&str, Vec<(Reason, &str)>> = BTreeMap::new();
    for (_, function) in functions {
        if let Some(key) = &function.kms_key_arn {
            let because = keys.entry(key.as_str()).or_default();
            because.push((Reason::EncryptedVariables, &function.name));
        }
    }
    let mut statements = Vec::new();
    if !access_points.is_empty() {
        // Of the file system of an access point nothing is known but that.
        let mut statement = on(
            &[
                "elasticfilesystem:ClientMount",
                "elasticfilesystem:ClientWrite",
            ],
            "*",
            &of_functions(functions, Reason::FileSystem, |it| it.efs.is_some()),
        );
        statement.condition =
            Some(json!({ "StringEquals": { "elasticfilesystem:AccessPointArn": access_points } }));
        statements.push(statement);
    }
    let keys = keys.into_iter();
    statements.extend(keys.map(|(key, because)| on(&["kms:Decrypt"], key, &because)));
    statements
}

/// The queues and streams that AWS Lambda polls for the functions, with their roles; each of them is a reason.
fn mappings<'a>(
    resources: &'a Resources,
    functions: &Functions<'_>,
) -> impl Iterator<Item = (&'a EventSourceMapping, (Reason, &'a str))> {
    let sources = resources.event_sources.iter();
    sources
        .filter(|source| is_one_of(functions, source.function))
        .filter_map(|source| match &source.kind {
            EventSourceKind::Mapping(mapping) => {
                let function = &*resources.functions[source.function].name;
                Some((
                    mapping,
                    (Reason::EventSource(source.name.clone()), function),
                ))
            }
            _ => None,
        })
}

/// The functions among these that answer routes of the WebSocket API, as reasons.
fn answer_websocket<'a>(
    resources: &'a Resources,
    functions: &Functions<'_>,
) -> Vec<(Reason, &'a str)> {
    let routes = resources.websocket_api.iter().flat_map(|api| &api.routes);
    routes
        .filter(|route| is_one_of(functions, route.function))
        .map(|route| {
            let function = &*resources.functions[route.function].name;
            (Reason::WebsocketApi, function)
        })
        .collect()
}

/// A reason with each of the functions that it is about.
fn of_functions<'a>(
    functions: &Functions<'a>,
    reason: Reason,
    is_about: impl Fn(&Function) -> bool,
) -> Vec<(Reason, &'a str)> {
    functions
        .iter()
        .filter(|(_, function)| is_about(function))
        .map(|(_, function)| (reason.clone(), &*function.name))
        .collect()
}

fn is_one_of(functions: &Functions<'_>, function: Id<Function>) -> bool {
    functions.iter().any(|(id, _)| *id == function)
}

fn on(actions: &[&str], resource: &str, because: &[(Reason, &str)]) -> Statement {
    on_all(actions, vec![Arn::Literal(resource.to_owned())], because)
}

fn on_all(actions: &[&str], resources: Vec<Arn>, because: &[(Reason, &str)]) -> Statement {
    let mut reasons = Reasons::default();
    for action in actions {
        for (reason, function) in because {
            reasons.add(action, reason, function);
        }
    }
    Statement {
        actions: actions.iter().map(|&action| action.to_owned()).collect(),
        resources,
        condition: None,
        reasons,
    }
}
