//! What the app declares that its functions may do: its grants.

use chalice_config::EnvironmentValue;
use chalice_core::manifest::model::{Grant, GrantedResource, Manifest, ResourceKind};

use super::Functions;
use crate::{Arn, Function, Problem, Reason, Reasons, Statement};

/// The statements of the functions' grants: one for each list of resources, in the order of the code.
pub(super) fn statements(
    manifest: &Manifest,
    functions: &Functions<'_>,
    problems: &mut Vec<Problem>,
) -> Vec<Statement> {
    let mut statements = Vec::new();
    for (_, function) in functions {
        let grants = manifest.grants_of_function(&function.name);
        for grant in grants.unwrap_or_default() {
            match arns(grant, function) {
                Ok(resources) => add(&mut statements, grant, resources, &function.name),
                Err(problem) if problems.contains(&problem) => {}
                Err(problem) => problems.push(problem),
            }
        }
    }
    statements
}

/// Allows the actions on the resources, in the statement that already is about those if there is one.
fn add(statements: &mut Vec<Statement>, grant: &Grant, resources: Vec<Arn>, function: &str) {
    let known = statements.iter().position(|it| it.resources == resources);
    let at = known.unwrap_or_else(|| {
        statements.push(Statement {
            actions: Vec::new(),
            resources,
            condition: None,
            reasons: Reasons::default(),
        });
        statements.len() - 1
    });
    let statement = &mut statements[at];
    let reason = Reason::Grant {
        file: grant.source.file.clone(),
        line: grant.source.line,
    };
    for action in &grant.actions {
        if !statement.actions.contains(action) {
            statement.actions.push(action.clone());
        }
        statement.reasons.add(action, &reason, function);
    }
}

fn arns(grant: &Grant, function: &Function) -> Result<Vec<Arn>, Problem> {
    let mut arns: Vec<Arn> = Vec::new();
    for resource in &grant.resources {
        let arn = arn(resource, function).map_err(|refusal| {
            let source = &grant.source;
            Problem::new(
                format!(
                    "the function `{}`, the grant at {}:{}",
                    function.name, source.file, source.line
                ),
                refusal,
            )
        })?;
        if !arns.contains(&arn) {
            arns.push(arn);
        }
    }
    Ok(arns)
}

fn arn(resource: &GrantedResource, function: &Function) -> Result<Arn, String> {
    let service = match resource.kind {
        ResourceKind::Arn => return Ok(Arn::Literal(resource.arn.clone())),
        ResourceKind::Bucket => "s3",
        ResourceKind::Table => "dynamodb",
        ResourceKind::Queue => "sqs",
        ResourceKind::Topic => "sns",
        ResourceKind::Secret => "secretsmanager",
        ResourceKind::Parameter => "ssm",
        ResourceKind::Function => "lambda",
        ResourceKind::EventBus => "events",
        ResourceKind::StateMachine => "states",
    };
    let arn = resource.arn_of(&name(resource, function)?, "", "", "");
    // What is behind the account: five colons come before it.
    let last = arn.splitn(6, ':').last().unwrap_or_default().to_owned();
    Ok(match resource.arn.contains("{region}") {
        true => Arn::Regional {
            service,
            resource: last,
        },
        false => Arn::Global {
            service,
            resource: last,
        },
    })
}

/// The resource's name in the stage.
fn name(resource: &GrantedResource, function: &Function) -> Result<String, String> {
    let Some(variable) = &resource.variable else {
        return Ok(resource.name.clone().unwrap_or_default());
    };
    let name = match function.environment_variables.get(variable) {
        Some(EnvironmentValue::Text(name)) => name,
        Some(_) => {
            return Err(format!(
                "the name of its resource is in the environment variable `{variable}`, which is a reference that AWS \
                 resolves when the stage is deployed, and a policy needs the name before: write the name itself into \
                 `environment_variables`"
            ));
        }
        None => {
            return Err(format!(
                "the name of its resource is in the environment variable `{variable}`, which this stage does not set: \
                 add it to `environment_variables` in {}",
                chalice_config::PATH
            ));
        }
    };
    let allowed =
        |character: char| character.is_ascii_alphanumeric() || "-_./+=@!:".contains(character);
    if name.is_empty() || !name.chars().all(allowed) {
        return Err(format!(
            "the environment variable `{variable}` is {name:?}, which is no name of a resource, so that a policy with it \
             would be about another one, or about many: write the name of one resource into `environment_variables`"
        ));
    }
    Ok(name.clone())
}
