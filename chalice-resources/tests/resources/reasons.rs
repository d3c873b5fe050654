//! Why policies allow what they allow.

use std::collections::BTreeSet;
use std::fs;

use chalice_config::{CommandLine, Config};
use chalice_resources::{Inputs, PolicyDocument, Reason, Resources};

use super::{grants, manifest, of, roles::actions, stage};

/// The reasons of an action of a role, each with its functions.
fn reasons(resources: &Resources, role: &str, action: &str) -> Vec<(Reason, Vec<String>)> {
    let role = resources.roles.iter().find(|it| it.name == role).unwrap();
    let PolicyDocument::Generated(statements) = &role.policy else {
        panic!("{role:?}");
    };
    let reasons = statements
        .iter()
        .flat_map(|statement| statement.reasons.of_action(action));
    reasons
        .map(|(reason, functions)| (reason.clone(), functions.iter().cloned().collect()))
        .collect()
}

fn because(reason: Reason, functions: &[&str]) -> (Reason, Vec<String>) {
    let functions = functions.iter().map(|&name| name.to_owned());
    (reason, functions.collect())
}

#[test]
fn every_action_has_a_reason() {
    for settings in ["", r#", "execution_roles": "per_function""#] {
        for role in of(settings).roles.iter() {
            let PolicyDocument::Generated(statements) = &role.policy else {
                panic!("{role:?}");
            };
            for statement in statements {
                for action in &statement.actions {
                    let of_action = statement.reasons.of_action(action);
                    assert!(of_action.count() > 0, "{action} of {}", role.name);
                }
            }
        }
    }
}

#[test]
fn a_role_that_functions_share_says_whose_reasons_they_are() {
    let resources = of(r#", "xray": true, "lambda_functions": {
        "order": {"dead_letter": "arn:aws:sqs:eu-west-1:123456789012:lost"}}"#);
    let reasons = |action| reasons(&resources, "default-role", action);
    assert_eq!(
        reasons("sqs:ReceiveMessage"),
        [because(
            Reason::EventSource("order-sqs-event-source".to_owned()),
            &["order"]
        )]
    );
    assert_eq!(
        reasons("sqs:SendMessage"),
        [
            because(Reason::DeadLetter, &["order"]),
            because(Reason::OnFailure, &["pure"])
        ]
    );
    assert_eq!(
        reasons("s3:ListBucket"),
        [because(Reason::OnFailure, &["click"])]
    );
    assert_eq!(
        reasons("execute-api:ManageConnections"),
        [because(
            Reason::WebsocketApi,
            &[
                "cheer",
                "websocket_connect",
                "websocket_disconnect",
                "websocket_message"
            ]
        )]
    );
    let [(Reason::Tracing, functions)] = &reasons("xray:PutTraceSegments")[..] else {
        panic!();
    };
    assert_eq!(functions.len(), resources.functions.len());
}

#[test]
fn grants_have_their_lines() {
    let resources =
        grants::of(r#", "environment_variables": {"PHOTOS_BUCKET": "photos-dev"}"#).unwrap();
    let of_get = reasons(&resources, "default-role", "s3:GetObject");
    // Two routes declare it.
    assert_eq!(of_get.len(), 2, "{of_get:?}");
    let mut lines = BTreeSet::new();
    for (reason, functions) in of_get {
        assert_eq!(functions, ["api_handler"]);
        let Reason::Grant { file, line } = reason else {
            panic!("{reason:?}");
        };
        assert!(file.ends_with("grants.rs"), "{file}");
        lines.insert(line);
    }
    assert_eq!(lines.len(), 2);
}

#[test]
fn without_grants_roles_allow_what_the_program_uses() {
    let used = ["dynamodb:GetItem", "s3:GetObject"].map(str::to_owned);
    for settings in ["", r#", "execution_roles": "per_function""#] {
        let (manifest, stage) = (manifest(), stage(settings));
        let inputs = Inputs::new(&manifest, &stage).with_used_actions(&used);
        let resources = inputs.resources().unwrap();
        for role in resources.roles.iter() {
            let actions = actions(&resources, &role.name);
            let [.., get, object] = &actions[..] else {
                panic!("{actions:?}");
            };
            assert_eq!([get, object], ["dynamodb:GetItem *", "s3:GetObject *"]);
            let reasons = reasons(&resources, &role.name, "dynamodb:GetItem");
            assert!(matches!(reasons[..], [(Reason::Used, _)]), "{reasons:?}");
        }
    }
}

#[test]
fn with_grants_roles_allow_these_alone() {
    let used = ["dynamodb:GetItem".to_owned()];
    let (manifest, stage) = (
        grants::manifest(),
        grants::stage(r#", "environment_variables": {"PHOTOS_BUCKET": "photos-dev"}"#),
    );
    let inputs = Inputs::new(&manifest, &stage).with_used_actions(&used);
    let resources = inputs.resources().unwrap();
    assert_eq!(reasons(&resources, "default-role", "dynamodb:GetItem"), []);
}

#[test]
fn a_policy_of_a_file_is_left_alone() {
    let project = tempfile::tempdir().unwrap();
    let directory = project.path();
    fs::create_dir(directory.join(".chalice")).unwrap();
    let policy = r#"{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:*", "Resource": "*"}]}"#;
    fs::write(directory.join(".chalice/policy-dev.json"), policy).unwrap();
    let config =
        r#"{"version": "2.0", "app_name": "shop", "stages": {"dev": {"autogen_policy": false}}}"#;
    fs::write(directory.join(".chalice/config.json"), config).unwrap();
    let stage = Config::load_stage(directory, "dev", CommandLine::default(), None).unwrap();
    let manifest = manifest();
    let used = ["dynamodb:GetItem".to_owned()];
    let inputs = Inputs::new(&manifest, &stage).with_used_actions(&used);
    for role in inputs.resources().unwrap().roles.iter() {
        let PolicyDocument::File(document) = &role.policy else {
            panic!("{role:?}");
        };
        assert_eq!(document["Statement"][0]["Action"], "s3:*");
    }
}
