//! What functions may do because somebody has written it down: grants in the code, policies in files.

use std::collections::{BTreeMap, BTreeSet};

use chalice_config::Stage;
use chalice_core::{
    manifest::model::{Grant, Manifest},
    suggest::list,
};
use chalice_resources::{FunctionRole, PolicyDocument, Resources};

use super::policy_file;
use crate::gen_policy::selection;

/// What is granted.
#[derive(Debug, Default)]
pub(super) struct Granted {
    /// Action by action, sorted.
    pub(super) entries: Vec<Entry>,
    /// Whether some function's role is the app's, so that what is not granted is not allowed.
    pub(super) is_known: bool,
    /// What is not known, a sentence each.
    pub(super) notes: Vec<String>,
}

/// An action that somebody has granted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Entry {
    /// As it is written: an action, or a pattern for several.
    pub(super) name: String,
    /// The actions.
    pub(super) actions: BTreeSet<String>,
    /// The functions that may perform it.
    pub(super) functions: BTreeSet<String>,
    /// Where it is written: a line, or a file.
    pub(super) source: String,
    /// By what else it may be used.
    pub(super) form: Form,
}

/// Where an entry is from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// A grant, which allows these actions together.
    Grant(BTreeSet<String>),
    /// A policy of a file.
    PolicyFile,
}

impl Granted {
    /// What is granted in the stage.
    pub(super) fn of(
        manifest: &Manifest,
        resources: &Resources,
        stage: &Stage,
    ) -> Result<Granted, String> {
        let mut granted = Granted::default();
        let mut grants: BTreeMap<Place<'_>, Together> = BTreeMap::new();
        let mut files: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        let mut documents = BTreeMap::new();
        let mut existing: Vec<&str> = Vec::new();
        for function in resources.functions.iter() {
            let role = match &function.role {
                FunctionRole::Existing(_) => {
                    existing.push(&function.name);
                    continue;
                }
                FunctionRole::Managed(role) => &resources.roles[*role],
            };
            granted.is_known = true;
            match &role.policy {
                PolicyDocument::Generated(_) => {
                    let of_function = manifest.grants_of_function(&function.name);
                    for grant in of_function.unwrap_or_default() {
                        let together = grants.entry(Place::of(grant)).or_default();
                        together.actions.extend(grant.actions.iter().cloned());
                        together.functions.insert(function.name.clone());
                    }
                }
                PolicyDocument::File(document) => {
                    let path = selection::policy_file(stage, function);
                    documents.insert(path.clone(), document);
                    files.entry(path).or_default().insert(function.name.clone());
                }
            }
        }
        granted.entries = entries(&grants);
        for (path, document) in documents {
            let functions = &files[&path];
            let file = policy_file::read(&path, document, functions)?;
            granted.entries.extend(file.entries);
            granted.notes.extend(file.note);
        }
        granted
            .entries
            .sort_by(|a, b| (&a.name, &a.source).cmp(&(&b.name, &b.source)));
        if !existing.is_empty() {
            granted.notes.push(format!(
                "what {} may do is not known here, since the role exists and is not made of the app",
                list(existing)
            ));
        }
        Ok(granted)
    }

    /// Whether an action is granted to any function.
    pub(super) fn allows(&self, action: &str) -> bool {
        self.entries.iter().any(|it| it.actions.contains(action))
    }
}

/// A resource that is granted in a line. Several grants of one, as `read_write` makes them, are one operation's.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Place<'m> {
    file: &'m str,
    line: u32,
    /// Of a resource of a type, its name or variable; of others, their ARNs.
    resource: Vec<&'m str>,
}

/// What is granted there.
#[derive(Debug, Default)]
struct Together {
    actions: BTreeSet<String>,
    functions: BTreeSet<String>,
}

impl<'m> Place<'m> {
    fn of(grant: &'m Grant) -> Place<'m> {
        let resources = grant.resources.iter();
        let mut resource: Vec<&str> = resources
            .map(|it| it.name.as_ref().or(it.variable.as_ref()).unwrap_or(&it.arn))
            .map(String::as_str)
            .collect();
        // A table and its indexes are one name.
        resource.dedup();
        Place {
            file: &grant.source.file,
            line: grant.source.line,
            resource,
        }
    }
}

fn entries(grants: &BTreeMap<Place<'_>, Together>) -> Vec<Entry> {
    grants
        .iter()
        .flat_map(|(place, together)| {
            together.actions.iter().map(|action| Entry {
                name: action.clone(),
                actions: BTreeSet::from([action.clone()]),
                functions: together.functions.clone(),
                source: format!("{}:{}", place.file, place.line),
                form: Form::Grant(together.actions.clone()),
            })
        })
        .collect()
}
