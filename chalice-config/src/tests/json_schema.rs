//! The schema for editors.

use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use jsonschema::Validator;
use proptest::prelude::*;
use serde_json::{Value, json};

use super::{framed, golden};
use crate::{CommandLine, Config, PATH, SCHEMA_TEXT, json_schema, key};

pub(super) fn validator() -> Validator {
    let schema = json_schema();
    if let Err(error) = jsonschema::draft202012::meta::validate(&schema) {
        panic!("the schema is not one: {error}");
    }
    jsonschema::draft202012::new(&schema).unwrap()
}

#[test]
fn the_committed_schema_is_the_one_of_the_table() {
    let text = format!("{:#}\n", json_schema());
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("config.schema.json");
    expectorate::assert_contents(path, &text);
    assert_eq!(SCHEMA_TEXT, text);
}

#[test]
fn it_takes_what_is_a_configuration() {
    let validator = validator();
    for name in golden::names() {
        let config: Value = serde_json::from_str(&golden::text(&name)).unwrap();
        let errors: Vec<String> = validator
            .iter_errors(&config)
            .map(|e| e.to_string())
            .collect();
        assert!(errors.is_empty(), "{name}: {errors:?}");
    }
}

/// The configurations of this repository: of new projects, and of an app in tests.
#[test]
fn it_takes_what_is_written_here() {
    let repository = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    for path in [
        "chalice-cli/templates/new-project/config.json.template",
        "chalice/tests/stages/.chalice/config.json",
    ] {
        let text = std::fs::read_to_string(repository.join(path)).unwrap();
        let text = text.replace("{{name}}", "helloworld");
        let config: Value = serde_json::from_str(&text).unwrap();
        assert!(validator().is_valid(&config), "{path}");
        let config = Config::parse(Path::new(PATH), &text).unwrap();
        for stage in config.stages() {
            config.stage(stage).unwrap().check(None).unwrap();
        }
    }
}

#[test]
fn it_refuses_what_is_none() {
    let validator = validator();
    let config = |member: &str, value: Value| {
        let mut config = json!({ "version": "2.0", "app_name": "a", "stages": { "dev": {} } });
        config[member] = value;
        config
    };
    assert!(validator.is_valid(&config("lambda_timeout", json!(5))));
    for bad in [
        json!([]),
        json!({ "version": "2.0" }),
        json!({ "app_name": "a" }),
        config("version", json!("1.0")),
        config("lambda_timout", json!(5)),
        config("function_url", json!({ "auth_type": "NONE" })),
        config("stages", json!({ "dev": { "app_name": "a" } })),
        config("stages", json!({ "a b": {} })),
        config(
            "lambda_functions",
            json!({ "f": { "api_gateway_stage": "a" } }),
        ),
        config("lambda_functions", json!({ "f": 1 })),
    ] {
        assert!(!validator.is_valid(&bad), "{bad}");
    }
}

/// Values that might be one of a setting.
fn any_value() -> impl Strategy<Value = Value> {
    let word = prop::sample::select(vec![
        "",
        "a",
        "${stage}",
        "json",
        "AWS_IAM",
        "vpce-1",
        "subnet-1",
        "policy.json",
        "/mnt/a",
        "arn:aws:iam::123456789012:role/a",
        "auth_type",
        "ssm",
        "rate_limit",
        "burst_limit",
        "concurrent_executions",
    ]);
    let leaf = prop_oneof![
        any::<bool>().prop_map(Value::from),
        (-2..1000_i64).prop_map(Value::from),
        word.clone().prop_map(Value::from),
        "\\PC{0,6}".prop_map(Value::from),
    ];
    leaf.prop_recursive(2, 8, 3, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..3).prop_map(Value::from),
            prop::collection::btree_map(word.clone().prop_map(str::to_owned), inner, 0..3)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

proptest! {
    #[test]
    fn it_takes_what_is_read(
        key in prop::sample::select(key::keys().map(|key| key.name).collect::<Vec<_>>()),
        value in any_value(),
        in_function: bool,
    ) {
        static VALIDATOR: LazyLock<Validator> = LazyLock::new(validator);
        let mut config = framed(json!({}));
        match in_function {
            true => config["lambda_functions"] = json!({ "f": { key: value } }),
            false => config[key] = value,
        }
        let text = config.to_string();
        // Whatever it is, checking what settings mean for each other ends as well.
        let _ = Config::parse_stage(Path::new(PATH), &text, "dev", CommandLine::default(), None);
        if Config::parse(Path::new(PATH), &text).is_ok() {
            prop_assert!(VALIDATOR.is_valid(&config), "{}", config);
        }
    }
}
