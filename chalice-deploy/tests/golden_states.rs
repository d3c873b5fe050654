//! What AWS Chalice 1.34 has written of the apps in `golden/` is read, and written again as it was.

use std::{collections::BTreeSet, fs, path::Path};

use chalice_deploy::{DeployedState, Status};
use serde_json::Value;

#[test]
fn states_of_aws_chalice_are_written_as_they_were() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/states");
    let mut types = BTreeSet::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let text = fs::read(&path).unwrap();
        let state = DeployedState::parse(&text)
            .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let before: Value = serde_json::from_slice(&text).unwrap();
        let after: Value = serde_json::from_str(&state.to_text()).unwrap();
        assert_eq!(before, after, "{}", path.display());
        assert_eq!(state.unknown().count(), 0, "{}", path.display());
        assert_eq!(state.interrupted().count(), 0, "{}", path.display());
        let origin = state.origin().unwrap();
        assert_eq!(
            (origin.account_id.as_str(), origin.region.as_str()),
            ("123456789012", "us-west-2")
        );
        for (record, value) in state
            .resources()
            .iter()
            .zip(before["resources"].as_array().unwrap())
        {
            assert_eq!(record.status(), Status::Deployed);
            // Each of its members has a place in the type.
            for key in value.as_object().unwrap().keys() {
                assert_eq!(record.extra(key), None, "{}: {key}", path.display());
            }
            types.insert(record.resource.resource_type().to_owned());
        }
    }
    let all = [
        "cloudwatch_event",
        "domain_name",
        "dynamodb_event",
        "iam_role",
        "kinesis_event",
        "lambda_function",
        "lambda_layer",
        "log_group",
        "rest_api",
        "s3_event",
        "sns_event",
        "sqs_event",
        "websocket_api",
    ];
    assert!(types.iter().eq(all), "{types:?}");
}
