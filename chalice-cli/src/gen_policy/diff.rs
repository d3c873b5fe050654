//! `--diff FILE`: what has come and gone since a policy was written.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use serde::Serialize;
use serde_json::Value;

use super::permission::{Permission, groups};
use super::table::table;
use crate::Error;

/// A policy that was written before.
#[derive(Debug)]
pub(super) struct Earlier(BTreeSet<Permission>);

/// Why there is nothing to compare with.
#[derive(Debug, thiserror::Error)]
enum EarlierError {
    /// The file cannot be read.
    #[error(
        "cannot read {}, which `--diff` compares with: {reason}; write it with `cargo chalice gen-policy > {}`",
        .path.display(), .path.display()
    )]
    Unreadable {
        path: PathBuf,
        reason: std::io::Error,
    },
    /// It is not JSON.
    #[error("{} is not JSON, which `--diff` compares with: {reason}", .path.display())]
    NotJson {
        path: PathBuf,
        reason: serde_json::Error,
    },
    /// It is JSON of something else.
    #[error("{} is no policy of IAM, which `--diff` compares with: {reason}", .path.display())]
    NotAPolicy { path: PathBuf, reason: String },
}

/// What has come and gone.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(super) struct Difference {
    #[serde(serialize_with = "as_statements")]
    gained: BTreeSet<Permission>,
    #[serde(serialize_with = "as_statements")]
    lost: BTreeSet<Permission>,
}

impl Earlier {
    /// Reads the policy.
    pub(super) fn read(path: &Path) -> Result<Earlier, Error> {
        let path = path.to_owned();
        let text = match fs::read_to_string(&path) {
            Ok(text) => text,
            Err(reason) => return Err(EarlierError::Unreadable { path, reason }.into()),
        };
        let document: Value = match serde_json::from_str(&text) {
            Ok(document) => document,
            Err(reason) => return Err(EarlierError::NotJson { path, reason }.into()),
        };
        match Permission::of_document(&document) {
            Ok(permissions) => Ok(Earlier(permissions)),
            Err(reason) => Err(EarlierError::NotAPolicy { path, reason }.into()),
        }
    }

    /// What is different now. Texts are compared, and not what patterns are for.
    pub(super) fn difference(&self, now: &BTreeSet<Permission>) -> Difference {
        Difference {
            gained: now.difference(&self.0).cloned().collect(),
            lost: self.0.difference(now).cloned().collect(),
        }
    }
}

impl Difference {
    /// Whether nothing is different.
    pub(super) fn is_empty(&self) -> bool {
        self.gained.is_empty() && self.lost.is_empty()
    }

    /// For people: a row for each action and resource.
    pub(super) fn table(&self) -> String {
        let rows = |permissions: &BTreeSet<Permission>, sign: &str| -> Vec<[String; 4]> {
            let rows = permissions.iter().map(|it| {
                let condition = it.condition.clone().unwrap_or_default();
                [sign.to_owned(), it.words(), it.resource.clone(), condition]
            });
            rows.collect()
        };
        let all = [rows(&self.gained, "+"), rows(&self.lost, "-")].concat();
        table(["", "ACTION", "RESOURCE", "CONDITION"], &all)
    }
}

fn as_statements<S: serde::Serializer>(
    permissions: &BTreeSet<Permission>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    groups(permissions).serialize(serializer)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn permissions(statements: Value) -> BTreeSet<Permission> {
        Permission::of_document(&json!({ "Statement": statements })).unwrap()
    }

    #[test]
    fn what_has_come_and_gone() {
        let earlier = Earlier(permissions(json!([
            { "Effect": "Allow", "Action": ["s3:GetObject", "s3:PutObject"], "Resource": "a" },
            { "Effect": "Deny", "Action": "s3:*", "Resource": "secret" },
        ])));
        let now = permissions(json!([
            { "Effect": "Allow", "Action": ["s3:GetObject"], "Resource": ["a", "b"] },
            { "Effect": "Allow", "Action": ["s3:ListBucket"], "Resource": "b" },
        ]));
        let difference = earlier.difference(&now);
        assert_eq!(
            difference.table(),
            "   ACTION         RESOURCE\n\
             +  s3:GetObject   b\n\
             +  s3:ListBucket  b\n\
             -  s3:PutObject   a\n\
             -  Deny s3:*      secret\n"
        );
        assert_eq!(
            serde_json::to_value(&difference).unwrap(),
            json!({
                "gained": [{ "Effect": "Allow", "Action": ["s3:GetObject", "s3:ListBucket"], "Resource": "b" }],
                "lost": [
                    { "Effect": "Allow", "Action": ["s3:PutObject"], "Resource": "a" },
                    { "Effect": "Deny", "Action": ["s3:*"], "Resource": "secret" },
                ],
            })
        );
        assert!(!difference.is_empty());
        assert!(earlier.difference(&earlier.0).is_empty());
    }

    #[test]
    fn files_with_which_nothing_can_be_compared() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("policy.json");
        let problem = || Earlier::read(&file).unwrap_err().to_string();
        assert!(problem().contains("write it with `cargo chalice gen-policy > "));
        fs::write(&file, "{").unwrap();
        assert!(problem().contains("is not JSON, which `--diff` compares with: "));
        fs::write(&file, "{}").unwrap();
        assert!(
            problem().ends_with(
                "is no policy of IAM, which `--diff` compares with: it has no `Statement`"
            )
        );
    }
}
