//! `--explain`: why each action is allowed, and from which line.

use std::collections::{BTreeMap, BTreeSet};

use chalice_core::manifest::model::Manifest;
use chalice_resources::{Reason, Resources, Statement};
use serde::Serialize;

use super::permission::Permission;
use super::selection::Selected;
use super::table::table;
use crate::Error;
use crate::sdk_use::SdkUse;

/// Every permission with its reasons, sorted.
#[derive(Debug, Serialize)]
pub(super) struct Explanation {
    permissions: Vec<Explained>,
    /// How many functions there are.
    #[serde(skip)]
    functions: usize,
}

/// A permission with its reasons.
#[derive(Debug, Serialize)]
struct Explained {
    #[serde(flatten)]
    permission: Permission,
    /// Why it is there; never empty.
    reasons: Vec<Because>,
    /// What the program does with it, of what the code declares or uses.
    used_by: Vec<Use>,
}

/// A reason.
#[derive(Debug, Serialize)]
struct Because {
    /// Its kind, for machines.
    reason: &'static str,
    /// The event source, if it is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    event_source: Option<String>,
    /// The functions that it is about; none if it is about a file.
    functions: Vec<String>,
    /// Where that is written: files of source with lines, or the configuration.
    sources: Vec<String>,
}

/// An operation of the AWS SDK that takes the action.
#[derive(Debug, Serialize)]
struct Use {
    /// `aws-sdk-s3 get_object`
    operation: String,
    /// The lines that may call it.
    sources: Vec<String>,
}

impl Explanation {
    /// Explains a policy. What the program uses is told of what the code declares; what AWS Lambda does with the
    /// role of a function no line of the program calls.
    pub(super) fn of(
        selected: &Selected<'_>,
        resources: &Resources,
        manifest: &Manifest,
        used: &SdkUse,
    ) -> Result<Explanation, Error> {
        let permissions = match selected {
            Selected::Generated(statements) => generated(statements, manifest, used),
            Selected::File { path, document } => {
                let permissions = Permission::of_document(document)
                    .map_err(|problem| format!("{path} is no policy of IAM: {problem}"))?;
                let file = || Because {
                    reason: "policy_file",
                    event_source: None,
                    functions: Vec::new(),
                    sources: vec![path.clone()],
                };
                let explained = permissions.into_iter();
                explained
                    .map(|permission| Explained {
                        permission,
                        reasons: vec![file()],
                        used_by: Vec::new(),
                    })
                    .collect()
            }
        };
        Ok(Explanation {
            permissions,
            functions: resources.functions.len(),
        })
    }

    /// For people: a row for each reason.
    pub(super) fn table(&self) -> String {
        let mut rows = Vec::new();
        for it in &self.permissions {
            let mut row = |because: String, functions: String, sources: &[String]| {
                rows.push([
                    it.permission.words(),
                    it.permission.resource.clone(),
                    it.permission.condition.clone().unwrap_or_default(),
                    because,
                    functions,
                    sources.join(", "),
                ]);
            };
            for because in &it.reasons {
                // Of what is about all functions, their names say nothing.
                let is_of_all = self.functions > 1 && because.functions.len() == self.functions;
                let functions = match is_of_all {
                    true => "all".to_owned(),
                    false => because.functions.join(", "),
                };
                row(because.words(), functions, &because.sources);
            }
            for it in &it.used_by {
                row(
                    format!("used: {}", it.operation),
                    String::new(),
                    &it.sources,
                );
            }
        }
        let headings = [
            "ACTION",
            "RESOURCE",
            "CONDITION",
            "BECAUSE",
            "FUNCTIONS",
            "SOURCE",
        ];
        table(headings, &rows)
    }
}

impl Because {
    fn new(reason: &Reason, functions: BTreeSet<String>, manifest: &Manifest) -> Because {
        let of_configuration = || vec![chalice_config::PATH.to_owned()];
        let of_code = || sources(&functions, manifest);
        let (key, event_source, sources) = match reason {
            Reason::Log => ("log", None, Vec::new()),
            Reason::Vpc => ("vpc", None, of_configuration()),
            Reason::Tracing => ("tracing", None, of_configuration()),
            Reason::EventSource(name) => ("event_source", Some(name.clone()), of_code()),
            Reason::WebsocketApi => ("websocket_api", None, of_code()),
            Reason::DeadLetter => ("dead_letter", None, of_configuration()),
            Reason::OnFailure => ("on_failure", None, of_code()),
            Reason::FileSystem => ("file_system", None, of_configuration()),
            Reason::EncryptedVariables => ("encrypted_variables", None, of_configuration()),
            Reason::Grant { file, line } => ("grant", None, vec![format!("{file}:{line}")]),
            Reason::Used => ("used", None, Vec::new()),
            // Reasons that are added to the model get their words here.
            _ => ("other", None, Vec::new()),
        };
        Because {
            reason: key,
            event_source,
            functions: functions.into_iter().collect(),
            sources,
        }
    }

    /// For people.
    fn words(&self) -> String {
        let words = match self.reason {
            "vpc" => "VPC",
            "tracing" => "AWS X-Ray",
            "websocket_api" => "WebSocket API",
            "dead_letter" => "dead letter",
            "file_system" => "file system",
            "encrypted_variables" => "encrypted variables",
            "event_source" => "event source",
            "used" => "used, and no grants",
            "policy_file" => "policy file",
            other => other,
        };
        match &self.event_source {
            Some(name) => format!("{words} {name}"),
            None => words.to_owned(),
        }
    }
}

fn generated(statements: &[&Statement], manifest: &Manifest, used: &SdkUse) -> Vec<Explained> {
    let mut all: BTreeMap<Permission, BTreeMap<&Reason, BTreeSet<String>>> = BTreeMap::new();
    for statement in statements {
        for permission in Permission::of_statement(statement) {
            let reasons = statement.reasons.of_action(&permission.action);
            let reasons: Vec<_> = reasons.collect();
            let known = all.entry(permission).or_default();
            for (reason, functions) in reasons {
                let of_reason = known.entry(reason).or_default();
                of_reason.extend(functions.iter().cloned());
            }
        }
    }
    all.into_iter()
        .map(|(permission, reasons)| {
            let is_of_code = reasons
                .keys()
                .any(|reason| matches!(reason, Reason::Grant { .. } | Reason::Used));
            let used_by = match is_of_code {
                true => uses(&permission.action, used),
                false => Vec::new(),
            };
            let reasons = reasons.into_iter();
            Explained {
                permission,
                reasons: reasons
                    .map(|(reason, functions)| Because::new(reason, functions, manifest))
                    .collect(),
                used_by,
            }
        })
        .collect()
}

/// The operations that take the action, with the lines that may call them.
fn uses(action: &str, used: &SdkUse) -> Vec<Use> {
    used.operations
        .iter()
        .filter(|operation| operation.may_take(action))
        .map(|operation| {
            let places = operation.places.iter();
            Use {
                operation: operation.title(),
                sources: places
                    .map(|place| format!("{}:{}", place.file, place.line))
                    .collect(),
            }
        })
        .collect()
}

/// The lines of the functions' handlers.
fn sources(functions: &BTreeSet<String>, manifest: &Manifest) -> Vec<String> {
    manifest
        .functions
        .iter()
        .filter(|function| functions.contains(&function.name))
        .filter_map(|function| function.kind.source())
        .map(|source| format!("{}:{}", source.file, source.line))
        .collect()
}
