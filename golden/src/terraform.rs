//! Configurations of Terraform beside AWS Chalice's.

use serde_json::{Map, Value};

use crate::{Comparison, Intended, intended, sam::normalize_statements};

const ALL: &[&str] = &[
    "01-basic-routes",
    "02-authorizers",
    "03-events-sam",
    "04-s3-events",
    "05-websockets",
    "05b-websockets-message-only",
    "06-config-full",
    "07-custom-domains",
    "08-private-endpoint",
    "09-automatic-layer-arm64",
    "11-merge-template",
    "13-pure-lambda-only",
];
const REST: &[&str] = &[
    "01-basic-routes",
    "02-authorizers",
    "05b-websockets-message-only",
    "06-config-full",
    "07-custom-domains",
    "08-private-endpoint",
    "09-automatic-layer-arm64",
    "11-merge-template",
];
const WITHOUT_SWAGGER: &[&str] = &["04-s3-events", "05-websockets", "13-pure-lambda-only"];
const WITH_CORS: &[&str] = &["01-basic-routes", "02-authorizers"];
const WITH_WEBSOCKETS: &[&str] = &[
    "05-websockets",
    "05b-websockets-message-only",
    "07-custom-domains",
];

/// Every difference between configurations of Terraform that is meant to be.
pub const INTENDED: &[Intended] = &[
    Intended {
        apps: ALL,
        path: "/terraform/required_version",
        reason: "Chalice refuses every Terraform since 1.4",
    },
    Intended {
        apps: ALL,
        path: "/terraform/required_providers/aws/version",
        reason: "Chalice refuses every AWS provider since version 5",
    },
    Intended {
        apps: ALL,
        path: "/terraform/required_providers/aws/source",
        reason: "without it, OpenTofu and Terraform guess",
    },
    Intended {
        apps: ALL,
        path: "/terraform/required_providers/null",
        reason: "nothing needs that provider",
    },
    Intended {
        apps: ALL,
        path: "/data/null_data_source",
        reason: "deprecated, and nothing refers to it",
    },
    Intended {
        apps: ALL,
        path: "/resource/aws_lambda_function/*/ephemeral_storage",
        reason: "the provider keeps what is not mentioned, so that a setting could not be taken back",
    },
    Intended {
        apps: ALL,
        path: "/resource/aws_lambda_function/*/logging_config",
        reason: "the provider keeps what is not mentioned",
    },
    Intended {
        apps: ALL,
        path: "/resource/aws_lambda_function/*/tracing_config",
        reason: "the provider keeps what is not mentioned: Chalice cannot switch tracing off",
    },
    Intended {
        apps: WITHOUT_SWAGGER,
        path: "/locals",
        reason: "Chalice has the block without anything in it",
    },
    Intended {
        apps: REST,
        path: "/output/EndpointURL/value",
        reason: "the attribute of the deployment is deprecated; the stage has the same",
    },
    Intended {
        apps: REST,
        path: "/resource/aws_api_gateway_deployment/rest_api/stage_*",
        reason: "deprecated: the stage is a resource of its own",
    },
    Intended {
        apps: REST,
        path: "/resource/aws_api_gateway_deployment/rest_api/triggers",
        reason: "what makes a new deployment, in place of the description of a stage",
    },
    Intended {
        apps: REST,
        path: "/resource/aws_api_gateway_stage",
        reason: "the stage is a resource of its own, which has tracing, too",
    },
    Intended {
        apps: &["01-basic-routes"],
        path: "/locals/chalice_api_swagger/paths/~1any/any",
        reason: "Chalice's key for `ANY`, which is no extension of API Gateway and no method of Swagger",
    },
    Intended {
        apps: &["01-basic-routes"],
        path: "/locals/chalice_api_swagger/paths/~1any/x-amazon-apigateway-any-method",
        reason: "API Gateway's key for it",
    },
    Intended {
        apps: &["01-basic-routes"],
        path: "/locals/chalice_api_swagger/paths/~1proxy~1{proxy+}/get/parameters",
        reason: "greedy placeholders are parameters, too: Swagger wants all declared",
    },
    Intended {
        apps: WITH_CORS,
        path: "/locals/chalice_api_swagger/x-amazon-apigateway-gateway-responses",
        reason: "pages can read why API Gateway refuses a request",
    },
    Intended {
        apps: &["03-events-sam"],
        path: "/data/aws_service",
        reason: "the region, without a deprecated attribute",
    },
    Intended {
        apps: &["03-events-sam"],
        path: "/locals/chalice_region",
        reason: "the region, without a deprecated attribute",
    },
    Intended {
        apps: &["03-events-sam"],
        path: "/resource/aws_cloudwatch_event_rule/*/name",
        reason: "Chalice's names are the same for every app and stage of an account",
    },
    Intended {
        apps: &["03-events-sam"],
        path: "/resource/aws_cloudwatch_event_rule/*/description",
        reason: "Chalice writes empty ones",
    },
    Intended {
        apps: &["03-events-sam"],
        path: "/resource/aws_lambda_function/sched_rate/description",
        reason: "the description is also the function's",
    },
    Intended {
        apps: &["03-events-sam"],
        path: "/resource/aws_lambda_event_source_mapping/*/depends_on",
        reason: "AWS Lambda takes no mapping that the role does not permit yet",
    },
    Intended {
        apps: &["03-events-sam"],
        path: "/resource/aws_lambda_event_source_mapping/*/function_response_types",
        reason: "failures are reported record by record",
    },
    Intended {
        apps: &["03-events-sam"],
        path: "/resource/aws_lambda_event_source_mapping/*/maximum_record_age_in_seconds",
        reason: "the provider keeps what is not mentioned",
    },
    Intended {
        apps: &["03-events-sam"],
        path: "/resource/aws_lambda_event_source_mapping/*/maximum_retry_attempts",
        reason: "the provider keeps what is not mentioned",
    },
    Intended {
        apps: &["03-events-sam"],
        path: "/resource/aws_lambda_event_source_mapping/*/parallelization_factor",
        reason: "the provider keeps what is not mentioned",
    },
    Intended {
        apps: &["03-events-sam"],
        path: "/resource/aws_lambda_event_source_mapping/*-dynamodb-event-source/event_source_arn",
        reason: "the tables of Chalice's app have names of one letter, which Amazon DynamoDB refuses",
    },
    Intended {
        apps: &["04-s3-events"],
        path: "/resource/aws_s3_bucket_notification/*/depends_on",
        reason: "Amazon S3 refuses functions that it may not invoke yet",
    },
    Intended {
        apps: &["04-s3-events"],
        path: "/resource/aws_s3_bucket_notification/bucket-a_notify/lambda_function/1/events/1",
        reason: "another event, because two handlers of one event of Chalice's app are an error of the compiler here",
    },
    Intended {
        apps: &["04-s3-events"],
        path: "/resource/aws_s3_bucket_notification/mybucket_notify/bucket",
        reason: "a bucket by its name: references are none in an attribute of Rust",
    },
    Intended {
        apps: &["04-s3-events"],
        path: "/resource/aws_lambda_permission/s3_tfref-s3event/source_arn",
        reason: "a bucket by its name",
    },
    Intended {
        apps: WITH_WEBSOCKETS,
        path: "/resource/aws_apigatewayv2_deployment/websocket_api_deployment/depends_on/*",
        reason: "the responses of routes are deployed, too",
    },
    Intended {
        apps: WITH_WEBSOCKETS,
        path: "/resource/aws_apigatewayv2_deployment/websocket_api_deployment/lifecycle",
        reason: "a stage cannot lose its deployment",
    },
    Intended {
        apps: WITH_WEBSOCKETS,
        path: "/resource/aws_apigatewayv2_deployment/websocket_api_deployment/triggers",
        reason: "changes of routes are deployed",
    },
    Intended {
        apps: WITH_WEBSOCKETS,
        path: "/resource/aws_apigatewayv2_route/websocket_message_route/route_response_selection_expression",
        reason: "what the function answers reaches the client",
    },
    Intended {
        apps: WITH_WEBSOCKETS,
        path: "/resource/aws_apigatewayv2_route_response",
        reason: "what the function answers reaches the client",
    },
    Intended {
        apps: WITH_WEBSOCKETS,
        path: "/resource/aws_apigatewayv2_integration/*/integration_uri",
        reason: "an attribute of the function with the same value",
    },
    Intended {
        apps: WITH_WEBSOCKETS,
        path: "/resource/aws_lambda_permission/*_invoke_permission/source_arn",
        reason: "from an attribute of the API with the same value",
    },
    Intended {
        apps: WITH_WEBSOCKETS,
        path: "/output/WebsocketConnectEndpointURL/value",
        reason: "from an attribute of the stage, which is right in China, too",
    },
    Intended {
        apps: &["06-config-full"],
        path: "/resource/aws_iam_role_policy/default-role/policy/Statement/ec2:CreateNetworkInterface (2)",
        reason: "Chalice has the statement for VPCs twice",
    },
    Intended {
        apps: &["06-config-full"],
        path: "/resource/aws_lambda_function/*/depends_on",
        reason: "AWS Lambda takes no function in a VPC whose role permits no network interfaces yet",
    },
    Intended {
        apps: &["06-config-full"],
        path: "/resource/aws_lambda_function/fn_top/environment/variables/NOT_MERGED",
        reason: "Chalice ignores variables of a function at the top of the configuration",
    },
    Intended {
        apps: &["07-custom-domains"],
        path: "/resource/aws_api_gateway_base_path_mapping/api_gateway_custom_domain_mapping/base_path",
        reason: "Chalice ignores `url_prefix`",
    },
    Intended {
        apps: &["07-custom-domains"],
        path: "/resource/aws_api_gateway_base_path_mapping/api_gateway_custom_domain_mapping/*_name",
        reason: "references, because the stage and the domain have to be there before the mapping",
    },
    Intended {
        apps: &["07-custom-domains"],
        path: "/resource/aws_api_gateway_domain_name/api_gateway_custom_domain/security_policy",
        reason: "API Gateway has no security policy TLS_1_1",
    },
    Intended {
        apps: &["07-custom-domains"],
        path: "/resource/aws_apigatewayv2_domain_name/websocket_api_custom_domain/domain_name_configuration/security_policy",
        reason: "the provider wants one",
    },
    Intended {
        apps: &["07-custom-domains"],
        path: "/resource/aws_apigatewayv2_api_mapping/websocket_api_custom_domain_mapping/api_mapping_key",
        reason: "Chalice ignores `url_prefix`",
    },
    Intended {
        apps: &["07-custom-domains"],
        path: "/output/WebsocketAliasDomainName",
        reason: "the domain of the WebSocket API needs a record in the DNS, too",
    },
    Intended {
        apps: &["07-custom-domains"],
        path: "/output/WebsocketHostedZoneId",
        reason: "the domain of the WebSocket API needs a record in the DNS, too",
    },
    Intended {
        apps: &["08-private-endpoint"],
        path: "/resource/aws_api_gateway_rest_api/rest_api/endpoint_configuration/vpc_endpoint_ids",
        reason: "the provider would remove what the definition alone has",
    },
    Intended {
        apps: &["09-automatic-layer-arm64"],
        path: "/resource/aws_lambda_layer_version",
        reason: "dependencies are in the executable",
    },
    Intended {
        apps: &["09-automatic-layer-arm64"],
        path: "/resource/aws_lambda_function/*/layers/*",
        reason: "there is no layer of dependencies before the others",
    },
];

/// Compares a configuration of the app of that name with Chalice's.
pub fn compare(app: &str, expected: &Value, found: &Value) -> Comparison {
    let mut expected = normalized(expected);
    with_region(&mut expected);
    intended::compare(INTENDED, app, &expected, &normalized(found))
}

/// The entries of [`INTENDED`] for the app that none of its stages has.
pub fn without_effect(app: &str, comparisons: &[Comparison]) -> Vec<&'static Intended> {
    intended::without_effect(INTENDED, app, comparisons)
}

/// Without what cannot be the same: the language, the names of handlers, the version of the
/// framework, spaces in documents, the order of a policy's statements.
fn normalized(template: &Value) -> Value {
    let mut template = template.clone();
    let functions = template["resource"]["aws_lambda_function"].as_object_mut();
    for function in functions.into_iter().flat_map(Map::values_mut) {
        if let Some(arguments) = function.as_object_mut() {
            for name in ["runtime", "handler"] {
                arguments.remove(name);
            }
        }
        let tag = &mut function["tags"]["aws-chalice"];
        if let Some((_, rest)) = tag.as_str().and_then(|tag| tag.split_once(':')) {
            *tag = format!("version=*:{rest}").into();
        }
    }
    with_documents(&mut template);
    normalize_statements(&mut template);
    template
}

/// Texts that are JSON as what they say.
fn with_documents(value: &mut Value) {
    match value {
        Value::String(text) if text.starts_with('{') => {
            if let Ok(document) = serde_json::from_str(text) {
                *value = document;
            }
        }
        Value::Array(elements) => elements.iter_mut().for_each(with_documents),
        Value::Object(members) => members.values_mut().for_each(with_documents),
        _ => {}
    }
}

/// The region where it is found without an attribute that the provider has deprecated.
fn with_region(value: &mut Value) {
    match value {
        Value::String(text) => {
            *text = text.replace("${data.aws_region.chalice.name}", "${local.chalice_region}");
        }
        Value::Array(elements) => elements.iter_mut().for_each(with_region),
        Value::Object(members) => members.values_mut().for_each(with_region),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn template(role: &str, documents: [&str; 2]) -> Value {
        json!({
            "resource": {
                "aws_lambda_function": { "f": {
                    "runtime": role, "handler": role, "role": role,
                    "tags": { "aws-chalice": format!("version={role}:stage=dev:app=x") },
                } },
                "aws_iam_role_policy": { "r": { "policy": documents[0] } },
            },
            "locals": { "chalice_api_swagger": documents[1] },
        })
    }

    #[test]
    fn documents_are_compared_by_what_they_say() {
        let expected = template("a", ["{ \"a\" : 1 }", "{}"]);
        let found = template("b", ["{\"a\":1}", "{ \"paths\": {} }"]);
        let places: Vec<String> = compare("none", &expected, &found)
            .unintended
            .into_iter()
            .map(|difference| difference.path)
            .collect();
        assert_eq!(
            places,
            [
                "/locals/chalice_api_swagger/paths",
                "/resource/aws_lambda_function/f/role"
            ]
        );
    }

    #[test]
    fn every_entry_names_apps_that_there_are() {
        let apps: Vec<&str> = crate::apps().unwrap().iter().map(|app| app.name).collect();
        assert_eq!(apps, ALL);
        for intended in INTENDED {
            assert!(intended.apps.iter().all(|app| apps.contains(app)));
        }
    }
}
