//! Who may invoke functions.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::{apps, rich};

/// Checks the permissions, and answers with their principals.
fn checked(template: &Value, found: &mut BTreeSet<String>) {
    let permissions = template["resource"]["aws_lambda_permission"].as_object();
    for (name, permission) in permissions.into_iter().flatten() {
        let principal = permission["principal"].as_str().unwrap();
        let source = permission["source_arn"].as_str().unwrap();
        let account = permission.get("source_account");
        let own = "${data.aws_caller_identity.chalice.account_id}";
        if principal == "s3.amazonaws.com" {
            assert_eq!(account, Some(&own.into()), "{name}");
            assert!(
                source.starts_with("arn:${data.aws_partition.chalice.partition}:s3:::"),
                "{name}: {source}"
            );
        } else {
            assert_eq!(account, None, "{name}");
            let of_others = source.split(':').nth(4).unwrap_or_default();
            let has_account = source.contains(own)
                // AWS chooses what is behind these, in the app's account.
                || source.contains("execution_arn}/*")
                || source.starts_with("${aws_cloudwatch_event_rule.")
                || (of_others.len() == 12 && of_others.bytes().all(|it| it.is_ascii_digit()));
            assert!(has_account, "{name}: {source}");
        }
        found.insert(principal.to_owned());
    }
}

#[test]
fn each_permission_is_for_one_source_of_one_account() {
    let apps = golden::apps().unwrap();
    let events = apps.iter().find(|app| app.name == "03-events-sam").unwrap();
    let events = apps::template(&events.manifest, &events.directory(), events.stages[0]);
    let mut found = BTreeSet::new();
    checked(&rich::template(), &mut found);
    checked(&events, &mut found);
    assert_eq!(
        Vec::from_iter(&found),
        [
            "apigateway.amazonaws.com",
            "events.amazonaws.com",
            "s3.amazonaws.com",
            "sns.amazonaws.com"
        ]
    );
    // A topic of another account is that of the ARN in the code.
    let permissions = events["resource"]["aws_lambda_permission"].as_object();
    let of_others = permissions.unwrap().values().filter(|permission| {
        permission["source_arn"] == "arn:aws:sns:us-east-1:999999999999:remote"
    });
    assert_eq!(of_others.count(), 1);
}
