//! `--check`: what the program uses, beside what is granted.

mod granted;
mod policy_file;
mod report;

use std::collections::BTreeSet;

use chalice_config::Stage;
use chalice_core::manifest::model::{Manifest, Source};
use chalice_resources::Resources;

use self::granted::{Entry, Form, Granted};
pub(super) use self::report::Report;
use self::report::{Missing, UnknownUse, Unused};
use crate::sdk_use::{Place, SdkUse, Takes, UsedOperation};
use crate::typed_grant::smallest_operation;

/// Compares what the program uses with what is granted in a stage. All functions are one program, so that what it
/// uses may be granted to any of them.
///
/// # Errors
///
/// When a policy of a file is none.
pub(super) fn check(
    manifest: &Manifest,
    resources: &Resources,
    stage: &Stage,
    used: &SdkUse,
    is_allowed_by_default: bool,
) -> Result<Report, String> {
    let granted = Granted::of(manifest, resources, stage)?;
    let mut missing = Vec::new();
    if granted.is_known && !is_allowed_by_default {
        let operations = used.of_app();
        missing.extend(operations.filter_map(|it| missing_of(it, &granted, manifest)));
    }
    missing.sort();
    let (unused, uncertain) = unused(&granted, used);
    let unknown = used.unknown().map(|operation| UnknownUse {
        operation: operation.title(),
        may_take: match &operation.takes {
            Takes::Unknown {
                prefix: Some(prefix),
            } => {
                let of_service = uncertain.iter().filter(|action| is_of(action, prefix));
                of_service.cloned().collect()
            }
            _ => BTreeSet::new(),
        },
        sources: sources(&operation.places),
    });
    Ok(Report {
        stage: resources.stage.clone(),
        missing,
        unused,
        unknown: unknown.collect(),
        notes: granted.notes,
    })
}

/// What an operation takes that is not granted.
fn missing_of(
    operation: &UsedOperation,
    granted: &Granted,
    manifest: &Manifest,
) -> Option<Missing> {
    let Takes::Actions {
        actions,
        is_by_request,
        ..
    } = &operation.takes
    else {
        return None;
    };
    let mut missing: BTreeSet<String> = actions.iter().map(|it| it.name().to_owned()).collect();
    missing.retain(|action| !granted.allows(action));
    // Which of them the requests take is not known; with one, somebody has decided.
    if missing.is_empty() || *is_by_request && missing.len() < actions.len() {
        return None;
    }
    Some(Missing {
        actions: missing,
        is_one_of: *is_by_request,
        operation: operation.title(),
        functions: functions(&operation.places, manifest),
        sources: sources(&operation.places),
    })
}

/// What is granted and not used; and what may be used by operations of which that is not known.
fn unused(granted: &Granted, used: &SdkUse) -> (Vec<Unused>, BTreeSet<String>) {
    let mut taken: BTreeSet<&str> = BTreeSet::new();
    let mut unknown: BTreeSet<&str> = BTreeSet::new();
    for operation in &used.operations {
        match &operation.takes {
            Takes::Actions {
                actions, optional, ..
            } => {
                for action in actions.iter().chain(optional) {
                    taken.insert(action.name());
                    taken.extend(action.dependent_actions());
                }
            }
            Takes::Unknown { prefix } => unknown.extend(prefix),
        }
    }
    let mut unused: Vec<Unused> = Vec::new();
    let mut uncertain = BTreeSet::new();
    for entry in granted.entries.iter().filter(|it| !is_used(it, &taken)) {
        if unknown.iter().any(|prefix| is_of(&entry.name, prefix)) {
            uncertain.insert(entry.name.clone());
            continue;
        }
        let known = unused
            .iter_mut()
            .find(|it| it.action == entry.name && it.source == entry.source);
        match known {
            Some(known) => known.functions.extend(entry.functions.iter().cloned()),
            None => unused.push(Unused {
                action: entry.name.clone(),
                functions: entry.functions.clone(),
                source: entry.source.clone(),
            }),
        }
    }
    (unused, uncertain)
}

/// Whether operations take some of what the entry is for. Of a typed resource, what its smallest operation allows is one
/// thing: whoever sends messages to a queue may ask for its URL.
fn is_used(entry: &Entry, taken: &BTreeSet<&str>) -> bool {
    if entry.actions.iter().any(|it| taken.contains(&**it)) {
        return true;
    }
    match &entry.form {
        Form::PolicyFile => policy_file::is_of_the_platform(&entry.actions),
        Form::Grant(together) => {
            let together = together.iter().map(String::as_str).collect();
            let operation = smallest_operation(&entry.name, &together);
            operation.is_some_and(|actions| actions.iter().any(|it| taken.contains(it)))
        }
    }
}

fn is_of(action: &str, prefix: &str) -> bool {
    action.split(':').next() == Some(prefix)
}

fn sources(places: &[Place]) -> Vec<String> {
    places
        .iter()
        .map(|place| format!("{}:{}", place.file, place.line))
        .collect()
}

/// The functions in whose handlers the places are; those in other code may be of any function.
fn functions(places: &[Place], manifest: &Manifest) -> BTreeSet<String> {
    let routes = manifest.routes.iter().map(|route| &route.source);
    let answers = manifest
        .functions
        .iter()
        .find(|it| it.kind.source().is_none());
    let of_routes = routes.filter_map(|source| Some((source, &answers?.name)));
    let of_others = manifest.functions.iter();
    let of_others = of_others.filter_map(|it| Some((it.kind.source()?, &it.name)));
    of_routes
        .chain(of_others)
        .filter(|(source, _)| places.iter().any(|place| is_within(place, source)))
        .map(|(_, name)| name.clone())
        .collect()
}

/// Whether a place is in the handler of that source.
fn is_within(place: &Place, source: &Source) -> bool {
    let Some(function) = &place.function else {
        return false;
    };
    let (modules, name) = function.rsplit_once("::").unwrap_or(("", function));
    place.file == source.file && name == source.item && source.module.ends_with(modules)
}

#[cfg(test)]
mod tests;
