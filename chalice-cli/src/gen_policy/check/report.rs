//! What a check has found.

use std::collections::BTreeSet;

use serde::Serialize;
use serde_json::json;

use crate::gen_policy::table::table;
use crate::typed_grant;

/// What a check has found.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::gen_policy) struct Report {
    pub(super) stage: String,
    /// What is used and not granted, sorted.
    pub(super) missing: Vec<Missing>,
    /// What is granted and not used, sorted.
    pub(super) unused: Vec<Unused>,
    /// Operations of which it is not known what they take.
    pub(super) unknown: Vec<UnknownUse>,
    /// What else is not known.
    pub(super) notes: Vec<String>,
}

/// Actions that are used and not granted.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub(super) struct Missing {
    pub(super) actions: BTreeSet<String>,
    /// Whether it depends on the request which of the actions are needed.
    #[serde(rename = "one_of")]
    pub(super) is_one_of: bool,
    /// What takes them.
    pub(super) operation: String,
    /// The functions whose handlers call it; other code may be that of any function.
    pub(super) functions: BTreeSet<String>,
    /// The lines that may call it.
    pub(super) sources: Vec<String>,
}

/// An action that is granted and not used.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(super) struct Unused {
    /// The action, or the pattern of a policy.
    pub(super) action: String,
    /// Who may perform it.
    pub(super) functions: BTreeSet<String>,
    /// Where it is granted.
    pub(super) source: String,
}

/// An operation of which it is not known what it takes.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(super) struct UnknownUse {
    pub(super) operation: String,
    /// What is granted of its service and not used otherwise.
    pub(super) may_take: BTreeSet<String>,
    pub(super) sources: Vec<String>,
}

/// Used and granted disagree.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "the program and its permissions in the stage `{stage}` disagree: {missing} {} used and not granted, {unused} {} \
     granted and not used; declare what is used in `grants`, and leave out what is not",
    are(*missing), are(*unused)
)]
pub(in crate::gen_policy) struct Disagreement {
    stage: String,
    missing: usize,
    unused: usize,
}

impl Report {
    /// # Errors
    ///
    /// When something is used and not granted, or granted and not used.
    pub(in crate::gen_policy) fn verdict(&self) -> Result<(), Disagreement> {
        let missing = self.missing_actions().len();
        if missing == 0 && self.unused.is_empty() {
            return Ok(());
        }
        Err(Disagreement {
            stage: self.stage.clone(),
            missing,
            unused: self.unused.len(),
        })
    }

    /// What there is to know besides, a sentence each.
    pub(in crate::gen_policy) fn notes(&self) -> Vec<String> {
        let mut notes = self.notes.clone();
        let missing = self.missing_actions();
        if !missing.is_empty() {
            let lines: String = typed_grant::declarations(&missing)
                .iter()
                .map(|line| format!("\n    {line}"))
                .collect();
            notes.push(format!("what is not granted could be declared so:{lines}"));
        }
        notes
    }

    fn missing_actions(&self) -> BTreeSet<&str> {
        let actions = self.missing.iter().flat_map(|it| &it.actions);
        actions.map(String::as_str).collect()
    }

    /// For machines.
    pub(in crate::gen_policy) fn json(&self) -> serde_json::Value {
        json!({
            "stage": self.stage,
            "agree": self.verdict().is_ok(),
            "used_but_not_granted": self.missing,
            "granted_but_not_used": self.unused,
            "unknown": self.unknown,
        })
    }

    /// For people: a table for each list that has something.
    pub(in crate::gen_policy) fn table(&self) -> String {
        let joined = |texts: &BTreeSet<String>| -> String {
            let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
            texts.join(", ")
        };
        let missing: Vec<_> = self
            .missing
            .iter()
            .flat_map(|it| {
                let actions: Vec<String> = match it.is_one_of {
                    true => vec![format!("some of {}", joined(&it.actions))],
                    false => it.actions.iter().cloned().collect(),
                };
                actions.into_iter().map(move |action| {
                    let functions = joined(&it.functions);
                    [
                        action,
                        it.operation.clone(),
                        functions,
                        it.sources.join(", "),
                    ]
                })
            })
            .collect();
        let unused: Vec<_> = self
            .unused
            .iter()
            .map(|it| [it.action.clone(), joined(&it.functions), it.source.clone()])
            .collect();
        let unknown: Vec<_> = self
            .unknown
            .iter()
            .map(|it| {
                [
                    it.operation.clone(),
                    joined(&it.may_take),
                    it.sources.join(", "),
                ]
            })
            .collect();
        let parts = [
            (
                "Used but not granted:",
                table(["ACTION", "OPERATION", "FUNCTIONS", "SOURCE"], &missing),
            ),
            (
                "Granted but not used:",
                table(["ACTION", "FUNCTIONS", "SOURCE"], &unused),
            ),
            (
                "Used, and not known what it takes:",
                table(["OPERATION", "GRANTED, MAY BE FOR IT", "SOURCE"], &unknown),
            ),
        ];
        let parts = parts.iter().filter(|(_, table)| !table.is_empty());
        let texts: Vec<String> = parts
            .map(|(title, table)| format!("{title}\n{table}"))
            .collect();
        texts.join("\n")
    }
}

fn are(count: usize) -> &'static str {
    match count {
        1 => "action is",
        _ => "actions are",
    }
}
