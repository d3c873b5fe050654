mod checks;
mod golden;
mod guide;
mod json_schema;
mod precedence;
mod problems;
mod references;
mod values;

use std::path::Path;

use serde_json::{Value, json};

use crate::*;

/// The configuration with the two keys that every one has.
fn framed(mut config: Value) -> Value {
    config["version"] = json!("2.0");
    config["app_name"] = json!("images");
    config
}

fn parse(config: Value) -> Result<Config, ConfigError> {
    Config::parse(Path::new(PATH), &framed(config).to_string())
}

fn stage(config: Value, name: &str) -> Stage {
    parse(config).unwrap().stage(name).unwrap()
}

/// The problems of a configuration, as they are shown.
fn problems(config: Value) -> Vec<String> {
    problems_of(&framed(config).to_string())
}

fn problems_of(text: &str) -> Vec<String> {
    shown(Config::parse(Path::new(PATH), text).unwrap_err())
}

fn shown(error: ConfigError) -> Vec<String> {
    match error {
        ConfigError::Invalid { problems, .. } => problems.iter().map(ToString::to_string).collect(),
        other => panic!("{other}"),
    }
}
