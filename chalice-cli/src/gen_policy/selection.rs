//! Whose policy is asked for.

use std::collections::BTreeMap;
use std::path::Path;

use chalice_config::{Role as ConfiguredRole, RolePolicy, Stage};
use chalice_core::suggest::{did_you_mean, list};
use chalice_resources::{Function, FunctionRole, PolicyDocument, Resources, Statement};
use serde_json::Value;

/// The policy that is asked for.
#[derive(Debug)]
pub(super) enum Selected<'a> {
    /// What roles allow because of the app.
    Generated(Vec<&'a Statement>),
    /// What a file of the project allows.
    File {
        /// The file, from the project's folder.
        path: String,
        /// What is in it.
        document: &'a Value,
    },
}

/// Why there is no such policy.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum SelectionError {
    /// There is no such function.
    #[error("the app `{app}` has no function `{name}`{suggestion}")]
    NoSuchFunction {
        /// The app.
        app: String,
        /// The name.
        name: String,
        /// The end of the sentence.
        suggestion: String,
    },
    /// The role is not the app's.
    #[error(
        "the function `{name}` has the role {arn}, which exists: what it allows is in AWS IAM and not made of the app"
    )]
    Existing {
        /// The function.
        name: String,
        /// The ARN of its role.
        arn: String,
    },
    /// No role of the stage is the app's.
    #[error(
        "the roles of all functions exist: what they allow is in AWS IAM and not made of the app"
    )]
    AllExisting,
    /// No role of the app has a policy that is made of the app, and there is more than one file.
    #[error(
        "no policy of the stage is made of the app: name a function, `--function NAME`, of {functions}"
    )]
    NoneGenerated {
        /// The functions.
        functions: String,
    },
}

/// The policy of the function of that name, or of all functions; and what it does not have, a sentence each.
pub(super) fn select<'a>(
    resources: &'a Resources,
    stage: &Stage,
    function: Option<&str>,
) -> Result<(Selected<'a>, Vec<String>), SelectionError> {
    match function {
        Some(name) => of_function(resources, stage, name).map(|it| (it, Vec::new())),
        None => of_app(resources, stage),
    }
}

fn of_function<'a>(
    resources: &'a Resources,
    stage: &Stage,
    name: &str,
) -> Result<Selected<'a>, SelectionError> {
    let names = || resources.functions.iter().map(|it| &*it.name);
    let function = resources.functions.iter().find(|it| it.name == name);
    let function = function.ok_or_else(|| SelectionError::NoSuchFunction {
        app: resources.app.as_str().to_owned(),
        name: name.to_owned(),
        suggestion: match did_you_mean(name, names()) {
            near if near.is_empty() => format!(": it has {}", list(names())),
            near => near,
        },
    })?;
    match &function.role {
        FunctionRole::Existing(arn) => Err(SelectionError::Existing {
            name: name.to_owned(),
            arn: arn.as_str().to_owned(),
        }),
        FunctionRole::Managed(role) => Ok(match &resources.roles[*role].policy {
            PolicyDocument::Generated(statements) => {
                Selected::Generated(statements.iter().collect())
            }
            PolicyDocument::File(document) => Selected::File {
                path: policy_file(stage, function),
                document,
            },
        }),
    }
}

fn of_app<'a>(
    resources: &'a Resources,
    stage: &Stage,
) -> Result<(Selected<'a>, Vec<String>), SelectionError> {
    let mut files: BTreeMap<String, (Vec<&str>, &Value)> = BTreeMap::new();
    let mut existing: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for function in resources.functions.iter() {
        match &function.role {
            FunctionRole::Existing(arn) => {
                let functions = existing.entry(arn.as_str()).or_default();
                functions.push(&function.name);
            }
            FunctionRole::Managed(role) => {
                if let PolicyDocument::File(document) = &resources.roles[*role].policy {
                    let path = policy_file(stage, function);
                    let file = files.entry(path).or_insert((Vec::new(), document));
                    file.0.push(&function.name);
                }
            }
        }
    }
    let of_existing = existing.into_iter().map(|(arn, functions)| {
        format!(
            "{} the role {arn}, which exists: what it allows is not made of the app",
            have(&functions)
        )
    });
    let generated = resources
        .roles
        .iter()
        .filter_map(|role| match &role.policy {
            PolicyDocument::Generated(statements) => Some(statements),
            PolicyDocument::File(_) => None,
        });
    let generated: Vec<&Vec<Statement>> = generated.collect();
    if generated.is_empty() && !resources.functions.is_empty() {
        return match (files.len(), files.pop_first()) {
            (1, Some((path, (_, document)))) => {
                Ok((Selected::File { path, document }, of_existing.collect()))
            }
            (0, _) => Err(SelectionError::AllExisting),
            _ => Err(SelectionError::NoneGenerated {
                functions: list(resources.functions.iter().map(|it| &*it.name)),
            }),
        };
    }
    let of_files = files.iter().map(|(path, (functions, _))| {
        format!(
            "{} the policy of the file {path}, which is not among these: `--function {}` prints it",
            have(functions),
            functions[0]
        )
    });
    let notes = of_files.chain(of_existing).collect();
    let statements = generated.into_iter().flatten().collect();
    Ok((Selected::Generated(statements), notes))
}

/// The file with the policy of the function's role, from the project's folder.
pub(super) fn policy_file(stage: &Stage, function: &Function) -> String {
    match stage.function(&function.name).role {
        ConfiguredRole::Managed {
            policy: RolePolicy::File(file),
            ..
        } => {
            let path = Path::new(chalice_config::PATH).with_file_name(file.as_str());
            path.display().to_string()
        }
        _ => String::new(),
    }
}

/// ``the functions `a` and `b` have``
fn have(functions: &[&str]) -> String {
    match functions {
        [one] => format!("the function `{one}` has"),
        several => format!("the functions {} have", list(several.iter().copied())),
    }
}
