//! Operations of the types that stand for resources in `grants`, such as `Bucket::get`, and what they allow.

use std::collections::{BTreeMap, BTreeSet};

use chalice_iam::Catalog;

/// A type that stands for a resource.
#[derive(Debug)]
struct Handle {
    /// Its name in Rust.
    name: &'static str,
    /// What the names of its actions begin with.
    prefix: &'static str,
    /// ARNs of such resources.
    arns: &'static [&'static str],
    /// Its operations, with all that each of them allows.
    operations: &'static [Operation],
}

/// An operation: the name of the method, and the actions that it allows.
type Operation = (&'static str, &'static [&'static str]);

const HANDLES: &[Handle] = &[
    Handle {
        name: "Bucket",
        prefix: "s3",
        arns: &["arn:aws:s3:::name", "arn:aws:s3:::name/key"],
        operations: &[
            ("get", &["s3:GetObject"]),
            ("put", &["s3:PutObject"]),
            ("delete", &["s3:DeleteObject"]),
            ("list", &["s3:ListBucket"]),
            (
                "read_write",
                &[
                    "s3:DeleteObject",
                    "s3:GetObject",
                    "s3:ListBucket",
                    "s3:PutObject",
                ],
            ),
        ],
    },
    Handle {
        name: "Table",
        prefix: "dynamodb",
        arns: &[
            "arn:aws:dynamodb:us-east-1:123456789012:table/name",
            "arn:aws:dynamodb:us-east-1:123456789012:table/name/index/index",
        ],
        operations: &[
            ("get", &["dynamodb:BatchGetItem", "dynamodb:GetItem"]),
            ("query", &["dynamodb:Query"]),
            ("scan", &["dynamodb:Scan"]),
            (
                "read",
                &[
                    "dynamodb:BatchGetItem",
                    "dynamodb:ConditionCheckItem",
                    "dynamodb:GetItem",
                    "dynamodb:Query",
                    "dynamodb:Scan",
                ],
            ),
            (
                "write",
                &[
                    "dynamodb:BatchWriteItem",
                    "dynamodb:DeleteItem",
                    "dynamodb:PutItem",
                    "dynamodb:UpdateItem",
                ],
            ),
            (
                "read_write",
                &[
                    "dynamodb:BatchGetItem",
                    "dynamodb:BatchWriteItem",
                    "dynamodb:ConditionCheckItem",
                    "dynamodb:DeleteItem",
                    "dynamodb:GetItem",
                    "dynamodb:PutItem",
                    "dynamodb:Query",
                    "dynamodb:Scan",
                    "dynamodb:UpdateItem",
                ],
            ),
        ],
    },
    Handle {
        name: "Queue",
        prefix: "sqs",
        arns: &["arn:aws:sqs:us-east-1:123456789012:name"],
        operations: &[
            ("send", &["sqs:GetQueueUrl", "sqs:SendMessage"]),
            (
                "receive",
                &[
                    "sqs:ChangeMessageVisibility",
                    "sqs:DeleteMessage",
                    "sqs:GetQueueUrl",
                    "sqs:ReceiveMessage",
                ],
            ),
        ],
    },
    Handle {
        name: "Topic",
        prefix: "sns",
        arns: &["arn:aws:sns:us-east-1:123456789012:name"],
        operations: &[("publish", &["sns:Publish"])],
    },
    Handle {
        name: "Secret",
        prefix: "secretsmanager",
        arns: &["arn:aws:secretsmanager:us-east-1:123456789012:secret:name-AbCdEf"],
        operations: &[("read", &["secretsmanager:GetSecretValue"])],
    },
    Handle {
        name: "Parameter",
        prefix: "ssm",
        arns: &["arn:aws:ssm:us-east-1:123456789012:parameter/name"],
        operations: &[
            ("read", &["ssm:GetParameter", "ssm:GetParameters"]),
            ("read_by_path", &["ssm:GetParametersByPath"]),
            ("write", &["ssm:PutParameter"]),
        ],
    },
    Handle {
        name: "Function",
        prefix: "lambda",
        arns: &["arn:aws:lambda:us-east-1:123456789012:function:name"],
        operations: &[("invoke", &["lambda:InvokeFunction"])],
    },
    Handle {
        name: "EventBus",
        prefix: "events",
        arns: &["arn:aws:events:us-east-1:123456789012:event-bus/name"],
        operations: &[("put_events", &["events:PutEvents"])],
    },
    Handle {
        name: "StateMachine",
        prefix: "states",
        arns: &["arn:aws:states:us-east-1:123456789012:stateMachine:name"],
        operations: &[
            ("start", &["states:StartExecution"]),
            ("start_sync", &["states:StartSyncExecution"]),
        ],
    },
];

/// The actions of the smallest operation that allows this action, of those operations that allow nothing but what
/// is `granted`.
pub(crate) fn smallest_operation(
    action: &str,
    granted: &BTreeSet<&str>,
) -> Option<&'static [&'static str]> {
    let operations = HANDLES.iter().flat_map(|handle| handle.operations);
    operations
        .map(|(_, actions)| *actions)
        .filter(|actions| actions.contains(&action))
        .filter(|actions| actions.iter().all(|it| granted.contains(it)))
        .min_by_key(|actions| actions.len())
}

/// Lines of code that declare the actions, with `..` for what only the app's author knows: on which resources.
///
/// Each is as narrow as the types have it; what none of them is for is an action on ARNs.
pub(crate) fn declarations(actions: &BTreeSet<&str>) -> Vec<String> {
    let mut lines = Vec::new();
    let mut rest: BTreeSet<&str> = actions.clone();
    for handle in HANDLES {
        let calls = handle.calls(&mut rest);
        if !calls.is_empty() {
            lines.push(format!("grants = [{}]", calls.join(", ")));
        }
    }
    let mut by_arn: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for action in rest {
        by_arn.entry(arn(action)).or_default().push(action);
    }
    lines.extend(by_arn.into_iter().map(|(arn, actions)| {
        let actions = quoted(&actions);
        format!("grants = [Grant::allow(&[{actions}]).on(&[\"{arn}\"])]")
    }));
    lines
}

impl Handle {
    /// What declares those of the actions that are for this type, which are taken out.
    fn calls(&self, rest: &mut BTreeSet<&str>) -> Vec<String> {
        let own: BTreeSet<&str> = rest
            .iter()
            .copied()
            .filter(|action| action.split(':').next() == Some(self.prefix))
            .collect();
        let mut open = own.clone();
        let mut chosen: BTreeSet<usize> = BTreeSet::new();
        // The largest first that allow nothing else, then the smallest for what is left.
        let mut by_size: Vec<usize> = (0..self.operations.len()).collect();
        by_size.sort_by_key(|&at| std::cmp::Reverse(self.operations[at].1.len()));
        let allows_no_more = |at: &usize| self.operations[*at].1.iter().all(|it| own.contains(it));
        let no_more: Vec<usize> = by_size.iter().copied().filter(allows_no_more).collect();
        for at in no_more.into_iter().chain(by_size.into_iter().rev()) {
            let allowed = self.operations[at].1;
            if allowed.iter().any(|action| open.contains(action)) {
                open.retain(|action| !allowed.contains(action));
                chosen.insert(at);
            }
        }
        let further: Vec<&str> = open
            .iter()
            .copied()
            .filter(|action| {
                let action = Catalog::get().action(action);
                action.is_some_and(|it| self.arns.iter().any(|arn| it.applies_to(arn)))
            })
            .collect();
        rest.retain(|action| {
            !own.contains(action) || open.contains(action) && !further.contains(action)
        });
        let resource = format!("{}::named(\"..\")", self.name);
        let mut calls: Vec<String> = chosen
            .into_iter()
            .map(|at| format!("{resource}.{}()", self.operations[at].0))
            .collect();
        if !further.is_empty() {
            calls.push(format!("{resource}.allow(&[{}])", quoted(&further)));
        }
        calls
    }
}

/// The ARN of what the action is for, as far as it is known: `*` if AWS takes nothing narrower.
fn arn(action: &str) -> String {
    let types = Catalog::get()
        .action(action)
        .map(|it| it.resource_types())
        .unwrap_or_default();
    let required = types.iter().find(|it| it.is_required());
    let Some(resource_type) = required.or(types.first()) else {
        return "*".to_owned();
    };
    let format = resource_type.arn_format();
    let mut arn = String::with_capacity(format.len());
    let mut rest = format;
    while let Some((before, variable)) = rest.split_once("${") {
        let Some((name, after)) = variable.split_once('}') else {
            break;
        };
        arn += before;
        arn += match name {
            "Partition" => "aws",
            "Region" | "Account" => "*",
            _ => "..",
        };
        rest = after;
    }
    arn + rest
}

fn quoted(actions: &[&str]) -> String {
    let quoted: Vec<String> = actions.iter().map(|it| format!("\"{it}\"")).collect();
    quoted.join(", ")
}

#[cfg(test)]
mod tests {
    use chalice_core::grant::{
        Bucket, EventBus, Function, Grant, Parameter, Queue, Secret, StateMachine, Table, Topic,
        entry, entry_length,
    };
    use chalice_core::manifest::model;
    use serde_json::Value;

    use super::*;

    fn actions(entry: &[u8]) -> BTreeSet<String> {
        let entry: Value = serde_json::from_slice(entry).unwrap();
        let grants: Vec<model::Grant> = serde_json::from_value(entry["grants"].clone()).unwrap();
        grants.into_iter().flat_map(|it| it.actions).collect()
    }

    /// The operations as the framework has them.
    macro_rules! declared {
        ($($handle:ident.$method:ident)*) => {
            [$({
                const GRANTS: &[Grant] = &[$handle::named("name").$method()];
                const LENGTH: usize = entry_length(r#"{"a":1}"#, GRANTS);
                let entry = entry::<LENGTH>(r#"{"a":1}"#, GRANTS);
                (stringify!($handle), stringify!($method), actions(&entry))
            }),*]
        };
    }

    #[test]
    fn operations_are_those_of_the_framework() {
        let declared = declared! {
            Bucket.get Bucket.put Bucket.delete Bucket.list Bucket.read_write
            Table.get Table.query Table.scan Table.read Table.write Table.read_write
            Queue.send Queue.receive Topic.publish Secret.read
            Parameter.read Parameter.read_by_path Parameter.write
            Function.invoke EventBus.put_events StateMachine.start StateMachine.start_sync
        };
        let known: Vec<(&str, &str, BTreeSet<String>)> = HANDLES
            .iter()
            .flat_map(|handle| {
                let operations = handle.operations.iter();
                operations.map(|(method, actions)| {
                    let actions = actions.iter().map(|&it| it.to_owned()).collect();
                    (handle.name, *method, actions)
                })
            })
            .collect();
        assert_eq!(known, declared);
    }

    #[test]
    fn every_action_is_for_its_resource() {
        for handle in HANDLES {
            for action in handle.operations.iter().flat_map(|it| it.1) {
                let known = Catalog::get().action(action).unwrap();
                assert!(
                    handle.arns.iter().any(|arn| known.applies_to(arn)),
                    "{action}"
                );
                assert_eq!(known.prefix(), handle.prefix);
            }
        }
    }

    #[test]
    fn the_smallest_operation() {
        let read = BTreeSet::from([
            "dynamodb:BatchGetItem",
            "dynamodb:ConditionCheckItem",
            "dynamodb:GetItem",
            "dynamodb:Query",
            "dynamodb:Scan",
        ]);
        let smallest = |action| smallest_operation(action, &read);
        assert_eq!(
            smallest("dynamodb:GetItem").unwrap(),
            ["dynamodb:BatchGetItem", "dynamodb:GetItem"]
        );
        assert_eq!(smallest("dynamodb:ConditionCheckItem").unwrap().len(), 5);
        assert!(smallest("dynamodb:PutItem").is_none());
    }

    fn lines(actions: &[&str]) -> Vec<String> {
        declarations(&actions.iter().copied().collect())
    }

    #[test]
    fn declarations_are_as_narrow_as_the_types_have_them() {
        assert_eq!(
            lines(&["s3:GetObject"]),
            [r#"grants = [Bucket::named("..").get()]"#]
        );
        assert_eq!(
            lines(&[
                "dynamodb:GetItem",
                "dynamodb:PutItem",
                "dynamodb:Query",
                "dynamodb:DescribeTable",
            ]),
            [
                r#"grants = [Table::named("..").get(), Table::named("..").query(), Table::named("..").write(), Table::named("..").allow(&["dynamodb:DescribeTable"])]"#
            ]
        );
        assert_eq!(
            lines(&[
                "s3:DeleteObject",
                "s3:GetObject",
                "s3:ListBucket",
                "s3:PutObject",
                "s3:ListAllMyBuckets",
            ]),
            [
                r#"grants = [Bucket::named("..").read_write()]"#,
                r#"grants = [Grant::allow(&["s3:ListAllMyBuckets"]).on(&["*"])]"#,
            ]
        );
        assert_eq!(
            lines(&["kms:Decrypt", "kms:Encrypt", "sqs:SendMessage"]),
            [
                r#"grants = [Queue::named("..").send()]"#,
                r#"grants = [Grant::allow(&["kms:Decrypt", "kms:Encrypt"]).on(&["arn:aws:kms:*:*:key/.."])]"#,
            ]
        );
    }
}
