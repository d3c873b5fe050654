//! Environment variables: texts, and what is read from elsewhere while Terraform plans.

use chalice_config::EnvironmentValue;
use chalice_resources::Function;
use serde_json::{Map, Value, json};

use crate::{
    expression::{literal, quoted},
    template::Template,
};

impl Template<'_> {
    /// A function's variables; `None` when it has none.
    pub(crate) fn environment(&mut self, function: &Function) -> Option<Value> {
        let mut variables = Map::new();
        for (name, value) in function.environment_variables.iter() {
            // No `-` is in names of variables, so that no two variables have one of these.
            let source = format!("{}-{name}", function.name);
            let value = self.variable(&source, value);
            variables.insert(name.to_owned(), value.into());
        }
        (!variables.is_empty()).then(|| json!({ "variables": variables }))
    }

    fn variable(&mut self, source: &str, value: &EnvironmentValue) -> String {
        match value {
            EnvironmentValue::Text(text) => literal(text),
            EnvironmentValue::Ssm(reference) => {
                let name = match reference.version {
                    None => reference.name.clone(),
                    Some(version) => format!("{}:{version}", reference.name),
                };
                let name = json!({ "name": literal(&name) });
                let name = self.data_source("aws_ssm_parameter", source, name);
                format!("${{data.aws_ssm_parameter.{name}.value}}")
            }
            EnvironmentValue::SecretsManager(reference) => {
                let secret = json!({ "secret_id": literal(&reference.secret_id) });
                let name = self.data_source("aws_secretsmanager_secret_version", source, secret);
                let secret = format!("data.aws_secretsmanager_secret_version.{name}.secret_string");
                match &reference.key {
                    None => format!("${{{secret}}}"),
                    Some(key) => format!("${{jsondecode({secret})[{}]}}", quoted(key)),
                }
            }
        }
    }
}
