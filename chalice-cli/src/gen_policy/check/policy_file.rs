//! What the policy of a file grants, action by action.

use std::collections::BTreeSet;

use chalice_iam::{Action, Catalog};
use serde_json::Value;

use super::granted::{Entry, Form};
use crate::gen_policy::permission::Permission;

/// What AWS Lambda and its extensions do with the role of a function, which no line of the program calls: the policy
/// of a file has to allow it, too.
const OF_THE_PLATFORM: &[&str] = &[
    "dynamodb:DescribeStream",
    "dynamodb:GetRecords",
    "dynamodb:GetShardIterator",
    "dynamodb:ListStreams",
    "ec2:*NetworkInterface*",
    "ec2:*PrivateIpAddresses",
    "ec2:Describe*",
    "elasticfilesystem:Client*",
    "events:PutEvents",
    "execute-api:ManageConnections",
    "kinesis:*Stream*",
    "kinesis:GetRecords",
    "kinesis:GetShardIterator",
    "kinesis:ListShards",
    "kinesis:SubscribeToShard",
    "kms:Decrypt",
    "lambda:InvokeFunction",
    "logs:*",
    "s3:ListBucket",
    "s3:PutObject",
    "sns:Publish",
    "sqs:ChangeMessageVisibility",
    "sqs:DeleteMessage",
    "sqs:GetQueueAttributes",
    "sqs:ReceiveMessage",
    "sqs:SendMessage",
    "xray:*",
];

/// What a file grants.
#[derive(Debug)]
pub(super) struct PolicyFile {
    pub(super) entries: Vec<Entry>,
    /// What is not taken into account.
    pub(super) note: Option<String>,
}

/// Reads the policy of a file.
///
/// # Errors
///
/// When it is none.
pub(super) fn read(
    path: &str,
    document: &Value,
    functions: &BTreeSet<String>,
) -> Result<PolicyFile, String> {
    let permissions = Permission::of_document(document)
        .map_err(|problem| format!("{path} is no policy of IAM: {problem}"))?;
    let (denials, allowed): (Vec<_>, Vec<_>) =
        permissions.iter().partition(|it| it.effect == "Deny");
    let (everywhere, somewhere): (Vec<_>, Vec<_>) = denials
        .into_iter()
        .partition(|it| it.resource == "*" && it.condition.is_none());
    let denied: BTreeSet<String> = everywhere
        .iter()
        .flat_map(|it| expand(&it.action))
        .collect();
    let patterns: BTreeSet<&str> = allowed.iter().map(|it| &*it.action).collect();
    let entries = patterns.into_iter().map(|pattern| {
        let actions = expand(pattern);
        Entry {
            name: pattern.to_owned(),
            actions: actions.difference(&denied).cloned().collect(),
            functions: functions.clone(),
            source: path.to_owned(),
            form: Form::PolicyFile,
        }
    });
    Ok(PolicyFile {
        entries: entries.filter(|it| !it.actions.is_empty()).collect(),
        note: (!somewhere.is_empty()).then(|| {
            format!(
                "{path} denies some actions on some resources or in some cases, which a comparison of actions leaves out"
            )
        }),
    })
}

/// Whether the platform may need what is granted.
pub(super) fn is_of_the_platform(actions: &BTreeSet<String>) -> bool {
    let mut patterns = OF_THE_PLATFORM.iter();
    patterns.any(|pattern| !expand(pattern).is_disjoint(actions))
}

/// The actions that a pattern is for, or all but those that `NotAction` excepts. An action that is new to IAM is
/// for itself.
fn expand(pattern: &str) -> BTreeSet<String> {
    let catalog = Catalog::get();
    let named = |pattern: &str| -> BTreeSet<String> {
        let actions = catalog.expand(pattern);
        match actions.is_empty() {
            true => BTreeSet::from([pattern.to_owned()]),
            false => names(actions.into_iter()),
        }
    };
    match pattern.strip_prefix("NotAction ") {
        Some(excepted) => {
            let excepted: BTreeSet<String> = excepted.split(", ").flat_map(named).collect();
            let all = names(catalog.actions());
            all.difference(&excepted).cloned().collect()
        }
        None => named(pattern),
    }
}

fn names(actions: impl Iterator<Item = &'static Action>) -> BTreeSet<String> {
    actions.map(|it| it.name().to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn of(statements: Value) -> PolicyFile {
        let functions = BTreeSet::from(["api_handler".to_owned()]);
        read("p.json", &json!({ "Statement": statements }), &functions).unwrap()
    }

    #[test]
    fn patterns_are_what_they_are_for() {
        let file = of(json!([
            { "Effect": "Allow", "Action": ["s3:GetObject*", "new:Thing"], "Resource": "*" },
            { "Effect": "Deny", "Action": "s3:GetObjectAcl", "Resource": "*" },
        ]));
        let [new, get] = &file.entries[..] else {
            panic!("{:?}", file.entries);
        };
        assert_eq!(new.actions, BTreeSet::from(["new:Thing".to_owned()]));
        assert_eq!((&*get.name, &*get.source), ("s3:GetObject*", "p.json"));
        assert!(get.actions.contains("s3:GetObjectTagging"));
        assert!(!get.actions.contains("s3:GetObjectAcl"));
        assert!(file.note.is_none());
    }

    #[test]
    fn all_but_some() {
        let file = of(json!({ "Effect": "Allow", "NotAction": "iam:*", "Resource": "*" }));
        let actions = &file.entries[0].actions;
        assert!(actions.contains("s3:GetObject") && !actions.contains("iam:PassRole"));
    }

    #[test]
    fn denials_of_some_resources_are_said() {
        let file = of(json!([
            { "Effect": "Allow", "Action": "s3:GetObject", "Resource": "*" },
            { "Effect": "Deny", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::secret/*" },
        ]));
        assert!(file.entries[0].actions.contains("s3:GetObject"));
        assert!(file.note.unwrap().starts_with("p.json denies some actions"));
    }

    #[test]
    fn every_pattern_of_the_platform_is_for_something() {
        for pattern in OF_THE_PLATFORM {
            assert!(!Catalog::get().expand(pattern).is_empty(), "{pattern}");
        }
        assert!(is_of_the_platform(&expand("logs:PutLogEvents")));
        assert!(!is_of_the_platform(&expand("s3:GetObject")));
    }
}
