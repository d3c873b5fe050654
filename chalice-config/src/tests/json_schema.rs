//! The schema for editors.

use std::path::PathBuf;

use jsonschema::Validator;
use serde_json::{Value, json};

use super::golden;
use crate::{SCHEMA_TEXT, json_schema};

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
