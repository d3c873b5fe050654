//! Who may invoke functions, in what AWS's translator makes of templates.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use verifiers::sam_translations;

use crate::{
    contents::{golden_manifest, written},
    http, rich,
};

/// The principals of permissions, with the place of the account of those whose `SourceArn` is a text.
fn checked(template: &Value, found: &mut BTreeSet<String>) {
    for (id, resource) in template["Resources"].as_object().unwrap() {
        if resource["Type"] != "AWS::Lambda::Permission" {
            continue;
        }
        let permission = &resource["Properties"];
        let principal = permission["Principal"].as_str().unwrap();
        if principal == "*" {
            // SAM's own, of a URL that everybody may call.
            let is_of_url = permission["FunctionUrlAuthType"] == "NONE"
                || permission["InvokedViaFunctionUrl"] == true;
            assert!(is_of_url, "{id}: {permission}");
            continue;
        }
        let source = &permission["SourceArn"];
        let account = permission.get("SourceAccount");
        if principal == "s3.amazonaws.com" {
            assert_eq!(account, Some(&json!({ "Ref": "AWS::AccountId" })), "{id}");
            let arn = source["Fn::Sub"].as_str().unwrap();
            assert!(
                arn.starts_with("arn:${AWS::Partition}:s3:::"),
                "{id}: {arn}"
            );
        } else {
            assert_eq!(account, None, "{id}");
            let text = match &source["Fn::Sub"] {
                Value::Array(parts) => parts[0].as_str(),
                text => text.as_str().or(source.as_str()),
            };
            match text {
                Some(text) => {
                    let account = text
                        .replace("AWS::", "")
                        .split(':')
                        .nth(4)
                        .map(str::to_owned);
                    let own = account.as_deref() == Some("${AccountId}");
                    let other = account.is_some_and(|it| it.bytes().all(|it| it.is_ascii_digit()));
                    assert!(own || other, "{id}: {text}");
                }
                // The ARN of a rule.
                None => assert_eq!(source["Fn::GetAtt"][1], "Arn", "{id}: {source}"),
            }
        }
        found.insert(principal.to_owned());
    }
}

#[test]
fn each_permission_is_for_one_source_of_one_account() {
    let events = written(&golden_manifest("03-events-sam"), "").unwrap();
    let templates = [rich::template(), http::template(), events];
    let translations = sam_translations(&templates).unwrap_or_else(|error| panic!("{error}"));
    let mut found = BTreeSet::new();
    for translation in &translations {
        checked(translation, &mut found);
    }
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
    let resources = translations[2]["Resources"].as_object().unwrap();
    let of_others = resources.values().filter(|resource| {
        resource["Properties"]["SourceArn"] == "arn:aws:sns:us-east-1:999999999999:remote"
    });
    assert_eq!(of_others.count(), 1);
}
