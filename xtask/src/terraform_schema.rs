//! `cargo xtask terraform-schema`: the part of the AWS provider's schema that tests of Terraform
//! configurations need.

use std::{fs, path::Path, process::ExitCode};

use serde_json::{Map, Value, json};

use crate::print;

const HELP: &str = "\
Takes what the tests of chalice-terraform need from a schema of Terraform's AWS provider.

Usage: cargo xtask terraform-schema <VERSION> <FILE>

Arguments:
  <VERSION>  The provider's version, such as 5.100.0, which its schema does not tell
  <FILE>     What `terraform providers schema -json` has printed
";

/// Where the extract is, below the root of the workspace.
const EXTRACT: &str = "chalice-terraform/tests/judges/aws-schema.json";

/// The provider's name in its schema.
const PROVIDER: &str = "registry.terraform.io/hashicorp/aws";

/// The types of resources that configurations of an app may have, its own and those that a team puts
/// beside them most.
const RESOURCES: &[&str] = &[
    "aws_api_gateway_base_path_mapping",
    "aws_api_gateway_deployment",
    "aws_api_gateway_domain_name",
    "aws_api_gateway_gateway_response",
    "aws_api_gateway_method_settings",
    "aws_api_gateway_rest_api",
    "aws_api_gateway_stage",
    "aws_apigatewayv2_api",
    "aws_apigatewayv2_api_mapping",
    "aws_apigatewayv2_authorizer",
    "aws_apigatewayv2_deployment",
    "aws_apigatewayv2_domain_name",
    "aws_apigatewayv2_integration",
    "aws_apigatewayv2_route",
    "aws_apigatewayv2_route_response",
    "aws_apigatewayv2_stage",
    "aws_cloudformation_stack",
    "aws_cloudwatch_event_rule",
    "aws_cloudwatch_event_target",
    "aws_cloudwatch_log_group",
    "aws_iam_policy",
    "aws_iam_role",
    "aws_iam_role_policy",
    "aws_iam_role_policy_attachment",
    "aws_lambda_alias",
    "aws_lambda_event_source_mapping",
    "aws_lambda_function",
    "aws_lambda_function_event_invoke_config",
    "aws_lambda_function_url",
    "aws_lambda_permission",
    "aws_lambda_provisioned_concurrency_config",
    "aws_s3_bucket_notification",
    "aws_sns_topic_subscription",
];

/// The types of data sources.
const DATA_SOURCES: &[&str] = &[
    "aws_caller_identity",
    "aws_partition",
    "aws_region",
    "aws_secretsmanager_secret_version",
    "aws_service",
    "aws_ssm_parameter",
];

/// Runs the command.
pub(crate) fn run(arguments: &[&str]) -> ExitCode {
    match arguments {
        ["-h" | "--help"] => print(HELP),
        [version, file] if !file.starts_with('-') && !version.starts_with('-') => {
            match refresh(version, Path::new(file)) {
                Ok(()) => ExitCode::SUCCESS,
                Err(error) => {
                    eprintln!("error: {error}");
                    ExitCode::FAILURE
                }
            }
        }
        _ => {
            eprintln!(
                "error: `cargo xtask terraform-schema` takes a version and a file: `cargo xtask terraform-schema 5.100.0 schema.json`"
            );
            ExitCode::from(2)
        }
    }
}

fn refresh(version: &str, file: &Path) -> Result<(), String> {
    let text = fs::read_to_string(file)
        .map_err(|error| format!("{} cannot be read: {error}", file.display()))?;
    let schema: Value = serde_json::from_str(&text)
        .map_err(|error| format!("{} is not JSON: {error}", file.display()))?;
    let extract = extract(version, &schema)?;
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("..")
        .join(EXTRACT);
    fs::write(&path, format!("{extract:#}\n"))
        .map_err(|error| format!("{} cannot be written: {error}", path.display()))
}

fn extract(version: &str, schema: &Value) -> Result<Value, String> {
    let provider = &schema["provider_schemas"][PROVIDER];
    let of = |key: &str, types: &[&str]| -> Result<Map<String, Value>, String> {
        types
            .iter()
            .map(|kind| match provider[key].get(*kind) {
                Some(schema) => Ok(((*kind).to_owned(), block(kind, &schema["block"])?)),
                None => Err(format!("the schema has no `{kind}` among its `{key}`")),
            })
            .collect()
    };
    Ok(json!({
        "source": format!("`terraform providers schema -json` with {PROVIDER} {version}"),
        "version": version,
        "licence": "Mozilla Public License 2.0, https://mozilla.org/MPL/2.0/; Copyright HashiCorp, Inc.",
        "resource": of("resource_schemas", RESOURCES)?,
        "data": of("data_source_schemas", DATA_SOURCES)?,
    }))
}

/// `attributes`, each in words such as `optional computed list(string)`, and `blocks`.
fn block(place: &str, block: &Value) -> Result<Value, String> {
    let mut slim = Map::new();
    let mut attributes = Map::new();
    for (name, attribute) in members(&block["attributes"]) {
        let mut words: Vec<String> = ["required", "optional", "computed", "deprecated"]
            .into_iter()
            .filter(|word| attribute[*word] == true)
            .map(str::to_owned)
            .collect();
        let kind = attribute.get("type").and_then(type_name);
        words.push(
            kind.ok_or_else(|| format!("`{name}` of `{place}` has a type that is not known here"))?,
        );
        attributes.insert(name.clone(), words.join(" ").into());
    }
    slim.insert("attributes".to_owned(), attributes.into());
    let mut blocks = Map::new();
    for (name, nested) in members(&block["block_types"]) {
        let mut entry = self::block(name, &nested["block"])?;
        for key in ["nesting_mode", "min_items", "max_items"] {
            if let Some(value) = nested.get(key) {
                entry[key] = value.clone();
            }
        }
        blocks.insert(name.clone(), entry);
    }
    if !blocks.is_empty() {
        slim.insert("blocks".to_owned(), blocks.into());
    }
    Ok(slim.into())
}

fn members(value: &Value) -> impl Iterator<Item = (&String, &Value)> {
    value.as_object().into_iter().flatten()
}

/// `string`, `list(string)`.
fn type_name(kind: &Value) -> Option<String> {
    match kind {
        Value::String(name) => Some(name.clone()),
        Value::Array(parts) => match &parts[..] {
            [Value::String(outer), inner @ Value::String(_)] => {
                Some(format!("{outer}({})", type_name(inner)?))
            }
            _ => None,
        },
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_are_words_and_blocks_stay_blocks() {
        let schema = json!({
            "attributes": {
                "name": { "type": "string", "required": true },
                "ids": { "type": ["set", "string"], "optional": true, "computed": true, "deprecated": true },
            },
            "block_types": {
                "inner": { "nesting_mode": "list", "max_items": 1, "block": {
                    "attributes": { "id": { "type": "number", "computed": true } },
                } },
            },
        });
        let expected = json!({
            "attributes": {
                "name": "required string",
                "ids": "optional computed deprecated set(string)",
            },
            "blocks": { "inner": {
                "attributes": { "id": "computed number" }, "nesting_mode": "list", "max_items": 1,
            } },
        });
        assert_eq!(block("thing", &schema), Ok(expected));
        let unknown = json!({ "attributes": { "a": { "type": ["object", {}] } } });
        let error = block("thing", &unknown).unwrap_err();
        assert!(error.contains("`a` of `thing`"), "{error}");
    }

    #[test]
    fn a_schema_without_the_provider_is_refused() {
        let error = extract("5.100.0", &json!({})).unwrap_err();
        assert!(
            error.contains("aws_api_gateway_base_path_mapping"),
            "{error}"
        );
    }
}
