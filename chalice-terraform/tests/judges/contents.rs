//! What becomes of an app that has everything.

use serde_json::{Value, json};

use crate::{
    mistakes,
    rich::{config, configured, resource, template},
    terraform,
};

#[test]
fn everything_is_accepted() {
    let template = template();
    assert_eq!(mistakes(&template), [""; 0]);
    if let Some(terraform) = terraform::find() {
        let templates = [("rich".to_owned(), template)];
        assert_eq!(terraform.diagnostics(&templates), [""; 0]);
    }
}

#[test]
fn the_same_resources_are_the_same_text() {
    assert_eq!(template().to_string(), template().to_string());
}

#[test]
fn texts_of_users_stand_for_themselves() {
    let template = template();
    let function = resource(&template, "aws_lambda_function", "orders");
    assert_eq!(function["tags"]["team"], "shop");
    let variables = &function["environment"]["variables"];
    assert_eq!(variables["TEXT"], "100 % $${x} %%{y}");
    let definition = template["locals"]["chalice_api_swagger"].as_str().unwrap();
    let definition: Value = serde_json::from_str(definition).unwrap();
    let operation = &definition["paths"]["/price/{name}"]["get"];
    assert_eq!(operation["summary"], "Costs 100 %%{or} $${more}.");
    let policy = resource(&template, "aws_iam_role_policy", "report_role");
    let policy = policy["policy"].as_str().unwrap();
    assert!(
        policy.contains("arn:aws:s3:::b/$${aws:username}/*"),
        "{policy}"
    );
    let rule = resource(&template, "aws_cloudwatch_event_rule", "ordered-event");
    assert_eq!(rule["event_pattern"], r#"{"detail":{"text":["$${a}"]}}"#);
    let rule = resource(&template, "aws_cloudwatch_event_rule", "weekly-event");
    assert_eq!(rule["description"], "every $${week}");
}

#[test]
fn parameters_and_secrets_are_read_once_each() {
    let template = template();
    let expected = json!({ "changes-PARAMETER": { "name": "/shop/dev/rates:3" } });
    let parameters = &template["data"]["aws_ssm_parameter"];
    assert_eq!(parameters.as_object().unwrap().len(), 1);
    let secrets = &template["data"]["aws_secretsmanager_secret_version"];
    assert_eq!(secrets.as_object().unwrap().len(), 1);
    let (parameter, arguments) = parameters.as_object().unwrap().iter().next().unwrap();
    assert_eq!(*arguments, expected["changes-PARAMETER"]);
    let (secret, arguments) = secrets.as_object().unwrap().iter().next().unwrap();
    assert_eq!(*arguments, json!({ "secret_id": "shop/key" }));
    for name in ["orders", "api_handler"] {
        let function = resource(&template, "aws_lambda_function", name);
        let variables = &function["environment"]["variables"];
        assert_eq!(
            variables["PARAMETER"],
            format!("${{data.aws_ssm_parameter.{parameter}.value}}")
        );
        let secret = format!("data.aws_secretsmanager_secret_version.{secret}.secret_string");
        assert_eq!(variables["SECRET"], format!("${{{secret}}}"));
        assert_eq!(
            variables["MEMBER"],
            format!(r#"${{jsondecode({secret})["a \"b\" \\"]}}"#)
        );
    }
}

#[test]
fn a_function_with_an_alias_is_invoked_by_it() {
    let template = template();
    let alias = "${aws_lambda_alias.api_handler.name}";
    let function = resource(&template, "aws_lambda_function", "api_handler");
    assert_eq!(function["publish"], true);
    assert_eq!(
        resource(&template, "aws_lambda_alias", "api_handler"),
        json!({
            "name": "live",
            "function_name": "${aws_lambda_function.api_handler.function_name}",
            "function_version": "${aws_lambda_function.api_handler.version}",
        })
    );
    let kind = "aws_lambda_provisioned_concurrency_config";
    assert_eq!(
        resource(&template, kind, "api_handler"),
        json!({
            "function_name": "${aws_lambda_function.api_handler.function_name}",
            "qualifier": alias,
            "provisioned_concurrent_executions": 5,
        })
    );
    let url = resource(&template, "aws_lambda_function_url", "api_handler");
    assert_eq!(url["qualifier"], alias);
    assert_eq!(url["invoke_mode"], "RESPONSE_STREAM");
    let stack = resource(&template, "aws_cloudformation_stack", "api_handler");
    assert_eq!(stack["name"], "function-url-shop-dev");
    let stack: Value = serde_json::from_str(stack["template_body"].as_str().unwrap()).unwrap();
    assert_eq!(
        stack["Resources"]["PublicInvocations"]["Properties"],
        json!({
            "Action": "lambda:InvokeFunction",
            "FunctionName": "${aws_lambda_alias.api_handler.arn}",
            "InvokedViaFunctionUrl": true,
            "Principal": "*",
        })
    );
    let permission = resource(&template, "aws_lambda_permission", "rest_api_invoke");
    assert_eq!(permission["qualifier"], alias);

    let definition = template["locals"]["chalice_api_swagger"].as_str().unwrap();
    let definition: Value = serde_json::from_str(definition).unwrap();
    let uri =
        |path: &str| &definition["paths"][path]["get"]["x-amazon-apigateway-integration"]["uri"];
    assert_eq!(
        uri("/price/{name}"),
        "${aws_lambda_alias.api_handler.invoke_arn}"
    );
    assert_eq!(
        uri("/export"),
        "arn:${data.aws_partition.chalice.partition}:apigateway:${local.chalice_region}:\
         lambda:path/2021-11-15/functions/${aws_lambda_alias.api_handler.arn}/response-streaming-invocations"
    );
    let authorizer = &definition["securityDefinitions"]["keys"]["x-amazon-apigateway-authorizer"];
    assert_eq!(
        authorizer["authorizerUri"],
        "${aws_lambda_function.keys.invoke_arn}"
    );

    let mapping = resource(
        &template,
        "aws_lambda_event_source_mapping",
        "orders-sqs-event-source",
    );
    assert_eq!(mapping["function_name"], "${aws_lambda_alias.orders.arn}");
    let target = resource(&template, "aws_cloudwatch_event_target", "weekly-event");
    assert_eq!(target["arn"], "${aws_lambda_alias.weekly.arn}");
    let integration = resource(
        &template,
        "aws_apigatewayv2_integration",
        "websocket_message_api_integration",
    );
    assert_eq!(
        integration["integration_uri"],
        "${aws_lambda_alias.websocket_message.invoke_arn}"
    );
}

#[test]
fn a_url_for_signed_requests_is_not_public() {
    let template = template();
    let url = resource(&template, "aws_lambda_function_url", "raw");
    assert_eq!(
        template["output"]["raw_url"]["value"],
        "${aws_lambda_function_url.raw.function_url}"
    );
    assert_eq!(
        url,
        json!({
            "function_name": "${aws_lambda_function.raw.function_name}",
            "authorization_type": "AWS_IAM",
            "invoke_mode": "BUFFERED",
        })
    );
    let stacks = &template["resource"]["aws_cloudformation_stack"];
    assert_eq!(stacks.get("raw"), None);
}

#[test]
fn refusals_of_the_gateway_can_be_read_by_pages() {
    let template = template();
    let definition = template["locals"]["chalice_api_swagger"].as_str().unwrap();
    let definition: Value = serde_json::from_str(definition).unwrap();
    let responses = &definition["x-amazon-apigateway-gateway-responses"];
    for kind in ["DEFAULT_4XX", "DEFAULT_5XX"] {
        assert_eq!(
            responses[kind]["responseParameters"],
            json!({ "gatewayresponse.header.Access-Control-Allow-Origin": "'*'" })
        );
    }
}

#[test]
fn a_bucket_has_one_configuration_behind_its_permissions() {
    let template = template();
    let buckets = template["resource"]["aws_s3_bucket_notification"]
        .as_object()
        .unwrap();
    assert_eq!(
        *buckets,
        *json!({ "shop_images_notify": {
            "bucket": "shop.images",
            "lambda_function": [
                {
                    "lambda_function_arn": "${aws_lambda_function.resize.arn}",
                    "events": ["s3:ObjectCreated:*"],
                    "filter_prefix": "in/",
                    "filter_suffix": ".jpg",
                },
                {
                    "lambda_function_arn": "${aws_lambda_alias.removed.arn}",
                    "events": ["s3:ObjectRemoved:*"],
                },
            ],
            "depends_on": [
                "aws_lambda_permission.resize-s3event",
                "aws_lambda_permission.removed-s3event",
            ],
        } })
        .as_object()
        .unwrap()
    );
    let permission = resource(&template, "aws_lambda_permission", "removed-s3event");
    assert_eq!(
        permission["source_account"],
        "${data.aws_caller_identity.chalice.account_id}"
    );
    assert_eq!(
        permission["source_arn"],
        "arn:${data.aws_partition.chalice.partition}:s3:::shop.images"
    );
}

#[test]
fn deployments_change_with_what_they_deploy() {
    let template = template();
    let deployment = resource(&template, "aws_api_gateway_deployment", "rest_api");
    assert_eq!(
        deployment["triggers"],
        json!({
            "definition": "${sha256(local.chalice_api_swagger)}",
            "minimum_compression_size": "1024",
        })
    );
    let deployment = resource(
        &template,
        "aws_apigatewayv2_deployment",
        "websocket_api_deployment",
    );
    let triggers = deployment["triggers"].as_object().unwrap();
    let keys: Vec<&str> = triggers.keys().map(String::as_str).collect();
    assert_eq!(keys, ["$connect", "$default", "leave"]);
    assert_eq!(
        triggers["leave"],
        "${aws_apigatewayv2_route.leave_route.target} ${aws_apigatewayv2_integration.leave_api_integration.integration_uri}"
    );
    let needed = deployment["depends_on"].as_array().unwrap();
    assert!(
        needed.contains(&"aws_apigatewayv2_route_response.websocket_message_route_response".into())
    );
    assert!(
        !needed
            .contains(&"aws_apigatewayv2_route_response.websocket_connect_route_response".into())
    );
}

#[test]
fn sources_have_all_that_the_model_says() {
    let template = template();
    let kind = "aws_lambda_event_source_mapping";
    assert_eq!(
        resource(&template, kind, "clicks-kinesis-event-source"),
        json!({
            "event_source_arn": "arn:${data.aws_partition.chalice.partition}:kinesis:${local.chalice_region}:\
                ${data.aws_caller_identity.chalice.account_id}:stream/clicks",
            "function_name": "${aws_lambda_function.clicks.arn}",
            "batch_size": 100,
            "maximum_batching_window_in_seconds": 0,
            "starting_position": "AT_TIMESTAMP",
            "starting_position_timestamp": "${timeadd(\"1970-01-01T00:00:00Z\", \"1767225600s\")}",
            "parallelization_factor": 4,
            "maximum_retry_attempts": 3,
            "maximum_record_age_in_seconds": 3600,
            "bisect_batch_on_function_error": true,
            "destination_config": {
                "on_failure": { "destination_arn": "arn:aws:sqs:eu-west-1:123456789012:failed" },
            },
            "function_response_types": ["ReportBatchItemFailures"],
            "depends_on": ["aws_iam_role_policy.default-role"],
        })
    );
    let raw = resource(&template, kind, "raw-sqs-event-source");
    assert_eq!(raw["scaling_config"], json!({ "maximum_concurrency": 7 }));
    assert_eq!(raw.get("function_response_types"), None);
    let orders = resource(&template, kind, "orders-sqs-event-source");
    assert_eq!(
        orders["filter_criteria"],
        json!({ "filter": [{ "pattern": r#"{"body":{"kind":["new"]}}"# }] })
    );
    let news = resource(
        &template,
        "aws_sns_topic_subscription",
        "news-sns-subscription",
    );
    assert_eq!(news["filter_policy"], r#"{"store":["$${corp}"]}"#);
    assert_eq!(news["filter_policy_scope"], "MessageBody");
    let rule = resource(&template, "aws_cloudwatch_event_rule", "ordered-event");
    assert_eq!(rule["event_bus_name"], "shop");
    let target = resource(&template, "aws_cloudwatch_event_target", "ordered-event");
    assert_eq!(target["event_bus_name"], "shop");
    let kind = "aws_lambda_function_event_invoke_config";
    assert_eq!(
        resource(&template, kind, "report")["destination_config"],
        json!({ "on_failure": { "destination": "arn:aws:sqs:eu-west-1:123456789012:failed" } })
    );
}

#[test]
fn stages_have_their_logs_limits_and_domains() {
    let template = template();
    let stage = resource(&template, "aws_api_gateway_stage", "rest_api");
    assert_eq!(stage["xray_tracing_enabled"], true);
    assert_eq!(
        stage["access_log_settings"]["destination_arn"],
        "${aws_cloudwatch_log_group.rest_api-access-log-group.arn}"
    );
    let settings = resource(&template, "aws_api_gateway_method_settings", "rest_api");
    assert_eq!(
        settings["settings"],
        json!({ "throttling_rate_limit": 100.0, "throttling_burst_limit": 200 })
    );
    let stage = resource(&template, "aws_apigatewayv2_stage", "websocket_api_stage");
    assert_eq!(stage["default_route_settings"], settings["settings"]);
    let mapping = resource(
        &template,
        "aws_api_gateway_base_path_mapping",
        "api_gateway_custom_domain_mapping",
    );
    assert_eq!(mapping["base_path"], "v1");
    let group = resource(&template, "aws_cloudwatch_log_group", "resize-log-group");
    assert_eq!(
        group,
        json!({ "name": "/aws/lambda/shop-dev-resize", "retention_in_days": 30 })
    );
    let function = resource(&template, "aws_lambda_function", "resize");
    assert_eq!(
        function["logging_config"],
        json!({
            "log_format": "JSON",
            "application_log_level": "WARN",
            "system_log_level": "DEBUG",
            "log_group": "${aws_cloudwatch_log_group.resize-log-group.name}",
        })
    );
    let function = resource(&template, "aws_lambda_function", "removed");
    assert_eq!(
        function["snap_start"],
        json!({ "apply_on": "PublishedVersions" })
    );
    assert_eq!(
        function["depends_on"],
        json!(["aws_iam_role_policy.default-role"])
    );
}

#[test]
fn a_prefix_of_several_parts_is_a_mapping_of_another_kind() {
    let mut config = config();
    config["api_gateway_custom_domain"]["url_prefix"] = "v1/shop".into();
    let template = configured(&config);
    assert_eq!(mistakes(&template), [""; 0]);
    let mapping = resource(
        &template,
        "aws_apigatewayv2_api_mapping",
        "api_gateway_custom_domain_mapping",
    );
    assert_eq!(mapping["api_mapping_key"], "v1/shop");
}
