//! Functions with roles of their own.

use chalice_core::manifest::model::Manifest;
use serde_json::{Value, json};

use crate::contents::{golden_manifest, written};

/// The apps with event sources and with a WebSocket API, each function with its own role.
pub(crate) fn templates() -> [Value; 2] {
    ["03-events-sam", "05-websockets"].map(|name| own_roles(&golden_manifest(name)))
}

fn own_roles(manifest: &Manifest) -> Value {
    written(manifest, r#", "execution_roles": "per_function""#).unwrap()
}

#[test]
fn each_function_has_its_own() {
    let template = own_roles(&golden_manifest("05-websockets"));
    let resources = template["Resources"].as_object().unwrap();
    let of_type = |kind: &'static str| {
        resources
            .iter()
            .filter(move |(_, resource)| resource["Type"] == kind)
    };
    let mut roles: Vec<&Value> = of_type("AWS::Serverless::Function")
        .map(|(_, function)| &function["Properties"]["Role"]["Fn::GetAtt"][0])
        .collect();
    roles.sort_by_key(|role| role.as_str());
    let mut all: Vec<&str> = of_type("AWS::IAM::Role").map(|(id, _)| &**id).collect();
    all.sort_unstable();
    assert_eq!(roles, all);
    assert!(!all.contains(&"DefaultRole"), "{all:?}");
}

#[test]
fn functions_reply_through_the_api_of_the_stage_alone() {
    let template = own_roles(&golden_manifest("05-websockets"));
    let role = &template["Resources"]["WebsocketMessageRole"]["Properties"];
    let statements = &role["Policies"][0]["PolicyDocument"]["Statement"];
    let reply = statements.as_array().unwrap().last().unwrap();
    assert_eq!(
        *reply,
        json!({
            "Effect": "Allow",
            "Action": ["execute-api:ManageConnections"],
            "Resource": {
                "Fn::Sub": "arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}:\
                            ${WebsocketAPI}/api/*/@connections/*"
            },
        })
    );
}
