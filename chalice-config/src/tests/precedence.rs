//! Which of several places wins.

use serde_json::{Map, Value, json};

use super::{parse, stage};
use crate::*;

/// Where a setting may stand, the nearest to the function first; the order of
/// AWS Chalice's `Config._chain_lookup`, without what its command line says.
const PLACES: [&str; 4] = [
    "/stages/dev/lambda_functions/resize",
    "/stages/dev",
    "/lambda_functions/resize",
    "",
];

/// A configuration in which the places that `present` names have that setting, each its own.
fn with_setting(present: u8, key: &str, value: impl Fn(usize) -> Value) -> Stage {
    let mut config = json!({
        "lambda_functions": { "resize": {}, "other": { key: value(4) } },
        "stages": {
            "dev": { "lambda_functions": { "resize": {}, "other": { key: value(4) } } },
            "prod": { key: value(4) },
        },
    });
    for (number, place) in PLACES.into_iter().enumerate() {
        if present & (1 << number) != 0 {
            let place = config.pointer_mut(place).unwrap();
            place[key] = value(number);
        }
    }
    stage(config, "dev")
}

#[test]
fn the_nearest_place_wins_in_every_combination() {
    for present in 0..16_u8 {
        let nearest = (0..4).find(|number| present & (1 << number) != 0);

        let config = with_setting(present, "lambda_timeout", |number| json!(number + 1));
        let timeout = config.function("resize").lambda_timeout;
        let expected = nearest.map_or(60, |number| number + 1);
        assert_eq!(timeout.duration().as_secs(), expected, "{present:04b}");

        let config = with_setting(present, "lambda_memory_size", |number| json!(number + 200));
        let memory_size = config.function("resize").lambda_memory_size;
        let expected = nearest.map_or(128, |number| number as u16 + 200);
        assert_eq!(memory_size.megabytes(), expected, "{present:04b}");
    }
}

#[test]
fn environment_variables_are_merged_in_every_combination() {
    for present in 0..16_u8 {
        // Each place has a variable of its own, and all of them share one.
        let config = with_setting(present, "environment_variables", |number| {
            let mut variables = Map::new();
            variables.insert(format!("OWN_{number}"), json!(number.to_string()));
            variables.insert("SHARED".to_owned(), json!(number.to_string()));
            Value::Object(variables)
        });
        let function = config.function("resize");
        let variables: Vec<(&str, &str)> = function.environment_variables.texts().collect();
        let mut expected: Vec<(String, String)> = (0..4)
            .filter(|number| present & (1 << number) != 0)
            .map(|number| (format!("OWN_{number}"), number.to_string()))
            .collect();
        if let Some((_, nearest)) = expected.first().cloned() {
            expected.push(("SHARED".to_owned(), nearest));
        }
        let expected: Vec<(&str, &str)> = expected
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .collect();
        assert_eq!(variables, expected, "{present:04b}");
    }
}

#[test]
fn what_is_said_of_one_function_is_none_of_the_others() {
    let config = parse(json!({
        "lambda_timeout": 10,
        "lambda_functions": { "a": { "lambda_timeout": 1 }, "b": {} },
        "stages": { "dev": { "lambda_functions": { "c": { "lambda_timeout": 3 } } }, "prod": {} },
    }))
    .unwrap();
    let dev = config.stage("dev").unwrap();
    let seconds = |name: &str| dev.function(name).lambda_timeout.duration().as_secs();
    assert_eq!([seconds("a"), seconds("b"), seconds("c")], [1, 10, 3]);
    assert_eq!(dev.every_function().lambda_timeout.duration().as_secs(), 10);
    assert!(dev.function_names().into_iter().eq(["a", "b", "c"]));
    let prod = config.stage("prod").unwrap();
    assert!(prod.function_names().into_iter().eq(["a", "b"]));
    assert!(config.stages().eq(["dev", "prod"]));
}

#[test]
fn the_stage_of_the_api_is_that_of_the_stage_or_of_the_top() {
    let name = |config: Value| stage(config, "dev").api_gateway_stage().to_string();
    assert_eq!(name(json!({})), "api");
    assert_eq!(name(json!({ "api_gateway_stage": "v1" })), "v1");
    let stage = json!({ "api_gateway_stage": "v2" });
    assert_eq!(
        name(json!({ "api_gateway_stage": "v1", "stages": { "dev": stage } })),
        "v2"
    );
    assert_eq!(
        name(
            json!({ "api_gateway_stage": "v1", "stages": { "dev": { "api_gateway_stage": null } } })
        ),
        "v1"
    );
}

#[test]
fn the_way_of_bucket_events_is_that_of_the_stage_or_of_the_top() {
    let way = |config: Value| stage(config, "dev").s3_events();
    assert_eq!(way(json!({})), S3Events::Notification);
    let top = json!({ "s3_events": "eventbridge" });
    assert_eq!(way(top), S3Events::EventBridge);
    let both = |stage: &str| json!({ "s3_events": "eventbridge", "stages": { "dev": { "s3_events": stage }, "prod": {} } });
    assert_eq!(way(both("notification")), S3Events::Notification);
    let prod = stage(both("notification"), "prod").s3_events();
    assert_eq!(prod, S3Events::EventBridge);
}

/// Of each setting, only where it stands matters.
#[test]
fn tags_are_merged_and_lists_are_not() {
    let dev = stage(
        json!({
            "tags": { "team": "top", "cost": "top" },
            "layers": ["arn:aws:lambda:us-west-2:123456789012:layer:a:1"],
            "lambda_functions": { "f": { "tags": { "team": "f at the top", "own": "1" } } },
            "stages": { "dev": {
                "tags": { "cost": "dev" },
                "lambda_functions": { "f": { "layers": [] } },
            } },
        }),
        "dev",
    );
    let tags = dev.function("f").tags;
    let expected = [("cost", "dev"), ("own", "1"), ("team", "f at the top")];
    assert!(tags.iter().eq(expected), "{tags:?}");
    assert_eq!(dev.function("f").layers, Layers::default());
    assert_eq!(dev.every_function().layers.iter().count(), 1);
}

#[test]
fn the_command_line_wins_over_all_but_a_function_of_the_stage() {
    let dev = stage(
        json!({
            "autogen_policy": true,
            "api_gateway_stage": "top",
            "lambda_functions": { "top": { "autogen_policy": true } },
            "stages": { "dev": {
                "autogen_policy": true,
                "api_gateway_stage": "dev",
                "lambda_functions": { "own": { "autogen_policy": true } },
            } },
        }),
        "dev",
    );
    let dev = dev.with_command_line(CommandLine {
        autogen_policy: Some(false),
        api_gateway_stage: Some(ApiGatewayStage::new("given").unwrap()),
        lambda_architecture: Some(LambdaArchitecture::Arm64),
    });
    let is_generated = |function: FunctionConfiguration| {
        let Role::Managed { policy, .. } = function.role else {
            panic!("{function:?}");
        };
        policy == RolePolicy::Generated
    };
    assert!(is_generated(dev.function("own")));
    assert!(!is_generated(dev.function("top")));
    assert!(!is_generated(dev.every_function()));
    assert_eq!(dev.api().stage.as_str(), "given");
    assert_eq!(
        dev.function("own").lambda_architecture,
        LambdaArchitecture::Arm64
    );
}

#[test]
fn a_function_leaves_the_vpc_of_its_stage_by_empty_lists() {
    let dev = stage(
        json!({
            "subnet_ids": ["subnet-1"],
            "security_group_ids": ["sg-1"],
            "stages": { "dev": { "lambda_functions": {
                "out": { "subnet_ids": [], "security_group_ids": [] },
            } } },
        }),
        "dev",
    );
    dev.check(None).unwrap();
    assert!(dev.function("in").vpc.is_some());
    assert_eq!(dev.function("out").vpc, None);
}

#[test]
fn what_is_packed_is_of_the_nearest_place_alone() {
    let config = json!({
        "package_files": ["templates", "data/${stage}.json"],
        "stages": { "dev": {}, "prod": { "package_files": ["other"] }, "bare": { "package_files": [] } },
    });
    for (name, expected) in [
        ("dev", ["templates", "data/dev.json"].as_slice()),
        ("prod", &["other"]),
        ("bare", &[]),
        ("unlisted", &["templates", "data/unlisted.json"]),
    ] {
        let files = stage(config.clone(), name).package_files();
        let files: Vec<&str> = files.iter().map(PackageFile::as_str).collect();
        assert_eq!(files, expected, "{name}");
    }
}
