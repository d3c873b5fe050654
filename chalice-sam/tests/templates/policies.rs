//! Policies of roles: those that are too large for an inline one, and what parliament says of all.

use chalice_config::{CommandLine, Config};
use chalice_core::manifest::model::{Grant, GrantSource, GrantedResource, ResourceKind};
use serde_json::{Value, json};
use verifiers::{Roles, policy_mistakes};

use crate::{
    contents::{golden_manifest, written},
    rich, roles,
};

/// The app with a WebSocket API, with a role in a path that may do something with so many tables.
pub(crate) fn with_tables(count: usize) -> Value {
    let mut manifest = golden_manifest("05-websockets");
    let grants = (0..count).map(|number| {
        let table = |arn: &str| GrantedResource {
            kind: ResourceKind::Table,
            name: Some(format!("orders-{number}")),
            variable: None,
            arn: format!("arn:{{partition}}:dynamodb:{{region}}:{{account}}:table/{{name}}{arn}"),
        };
        Grant {
            actions: vec!["dynamodb:Query".to_owned()],
            resources: vec![table(""), table("/index/*")],
            source: GrantSource {
                file: "src/main.rs".to_owned(),
                line: 1,
            },
        }
    });
    manifest.app.grants = grants.collect();
    written(&manifest, r#", "role_path": "/apps/""#).unwrap()
}

/// The text that AWS CloudFormation makes, in one region and account.
fn resolved(value: &Value) -> Value {
    match value {
        Value::Object(members) => match members.get("Fn::Sub") {
            Some(text) => text
                .as_str()
                .unwrap()
                .replace("${AWS::Partition}", "aws")
                .replace("${AWS::Region}", "eu-west-1")
                .replace("${AWS::AccountId}", "123456789012")
                .replace("${WebsocketAPI}", "a1b2c3d4e5")
                .replace("${!", "${")
                .into(),
            None => members
                .iter()
                .map(|(name, member)| (name.clone(), resolved(member)))
                .collect::<serde_json::Map<_, _>>()
                .into(),
        },
        Value::Array(elements) => elements.iter().map(resolved).collect(),
        other => other.clone(),
    }
}

/// The policies of a template, each with its role or its own id.
fn policies(template: &Value) -> Vec<(String, Value)> {
    let resources = template["Resources"].as_object().unwrap();
    let mut policies = Vec::new();
    for (id, resource) in resources {
        let properties = &resource["Properties"];
        let inline = properties["Policies"].as_array().into_iter().flatten();
        let own = resource["Type"] == "AWS::IAM::ManagedPolicy";
        let documents = inline
            .chain(own.then_some(properties))
            .map(|policy| (id.clone(), resolved(&policy["PolicyDocument"])));
        policies.extend(documents);
    }
    policies
}

#[test]
fn a_policy_that_is_too_large_becomes_managed_policies_of_the_role() {
    let few = with_tables(3);
    let role = &few["Resources"]["DefaultRole"]["Properties"];
    assert_eq!(role["Policies"].as_array().unwrap().len(), 1);
    assert_eq!(role.get("ManagedPolicyArns"), None);

    let many = with_tables(150);
    let resources = many["Resources"].as_object().unwrap();
    let role = &resources["DefaultRole"]["Properties"];
    assert_eq!(role.get("Policies"), None);
    let managed: Vec<&String> = resources
        .iter()
        .filter(|(_, resource)| resource["Type"] == "AWS::IAM::ManagedPolicy")
        .map(|(id, _)| id)
        .collect();
    assert!((4..=10).contains(&managed.len()), "{managed:?}");
    let mut attached: Vec<&str> = role["ManagedPolicyArns"]
        .as_array()
        .unwrap()
        .iter()
        .map(|arn| arn["Ref"].as_str().unwrap())
        .collect();
    attached.sort_unstable();
    assert_eq!(attached, managed);
    let mut statements = 0;
    for id in managed {
        assert!(id.starts_with("DefaultRolePolicy"), "{id}");
        let properties = &resources[id]["Properties"];
        // Names are unique in an account, so that AWS CloudFormation chooses them.
        let keys: Vec<&String> = properties.as_object().unwrap().keys().collect();
        assert_eq!(keys, ["Path", "PolicyDocument"]);
        assert_eq!(properties["Path"], "/apps/");
        let document = &properties["PolicyDocument"];
        assert!(resolved(document).to_string().len() <= 6_144);
        statements += document["Statement"].as_array().unwrap().len();
    }
    let inline = &few["Resources"]["DefaultRole"]["Properties"]["Policies"][0]["PolicyDocument"];
    let of_three = inline["Statement"].as_array().unwrap().len();
    assert_eq!(statements, of_three + 147);
    assert_eq!(with_tables(150), many);
}

#[test]
fn parliament_finds_no_mistakes_in_policies() {
    let mut named = vec![
        ("rich".to_owned(), rich::template()),
        ("tables".to_owned(), with_tables(150)),
    ];
    for app in golden::apps().unwrap() {
        for stage in app.stages {
            let stage =
                Config::load_stage(&app.directory(), stage, CommandLine::default(), None).unwrap();
            let resources = chalice_resources::resources(&app.manifest, &stage).unwrap();
            let template = chalice_sam::template(&resources).unwrap();
            named.push((app.name.to_owned(), template.into()));
        }
    }
    assert_good(&named, Roles::Shared, 20);
    // Also of what sets notifications of buckets.
    let of_rich = policies(&named[0].1);
    assert!(
        of_rich
            .iter()
            .any(|(id, _)| id == "BucketNotificationsRole")
    );
    let own = roles::templates().map(|template| ("own roles".to_owned(), template));
    assert_good(&own, Roles::Own, 10);
}

/// The policies of files that AWS Chalice's app has, which are not generated: all actions of two services on everything.
const OF_FILES: [&str; 2] = [
    include_str!("../../../golden/06-config-full/.chalice/custom-policy.json"),
    include_str!("../../../golden/06-config-full/.chalice/policy-prod.json"),
];

fn is_of_a_file(policy: &Value) -> bool {
    let mut files = OF_FILES.iter().map(|it| serde_json::from_str::<Value>(it));
    files.any(|it| it.unwrap() == *policy)
}

fn assert_good(named: &[(String, Value)], roles: Roles, at_least: usize) {
    let policies: Vec<(String, Value)> = named
        .iter()
        .flat_map(|(name, template)| {
            let policies = policies(template).into_iter();
            policies.map(move |(id, document)| (format!("{name}: {id}"), document))
        })
        .filter(|(_, policy)| !is_of_a_file(policy))
        .collect();
    assert!(policies.len() >= at_least, "{}", policies.len());
    let documents: Vec<Value> = policies.iter().map(|(_, it)| it.clone()).collect();
    let verdicts = policy_mistakes(&documents, roles).unwrap_or_else(|error| panic!("{error}"));
    let bad: Vec<_> = policies
        .iter()
        .zip(verdicts)
        .filter(|(_, mistakes)| !mistakes.is_empty())
        .collect();
    assert!(bad.is_empty(), "{bad:#?}");
}

#[test]
fn references_are_resolved_as_aws_cloudformation_does() {
    assert_eq!(
        resolved(&json!({ "Fn::Sub": "arn:${AWS::Partition}:s3:::${!a}" })),
        "arn:aws:s3:::${a}"
    );
}
