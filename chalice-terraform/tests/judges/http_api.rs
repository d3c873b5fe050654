//! An HTTP API.

use chalice::{Application, prelude::*};
use chalice_core::manifest::model::Manifest;
use serde_json::{Value, json};

use crate::{apps, mistakes, terraform};

const TOKENS: JwtAuthorizer = JwtAuthorizer::new("Tokens", "https://issuer.example.com", &["shop"]);

#[authorizer]
fn keys(_request: AuthRequest) -> AuthResponse {
    AuthResponse::allow(["*"], "somebody")
}

/// Costs ${more}.
#[route("/price/<name>", cors, authorizer = keys)]
fn price(name: String) -> String {
    name
}

#[route("/orders", methods = [POST], authorizer = TOKENS)]
fn orders() {}

#[app]
static APP: App = App {
    name: "shop",
    handlers: [keys, price, orders],
};

fn template(config: &Value) -> Value {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join(".chalice")).unwrap();
    std::fs::write(folder.path().join(chalice_config::PATH), config.to_string()).unwrap();
    apps::template(
        &Manifest::from_json(APP::manifest()).unwrap(),
        folder.path(),
        "dev",
    )
}

#[test]
fn it_is_made_of_its_definition() {
    let template = template(&json!({
        "version": "2.0",
        "app_name": "shop",
        "api_type": "http",
        "api_gateway_stage": "$default",
        "access_log": {},
        "throttling": { "rate_limit": 10, "burst_limit": 20 },
        "api_gateway_custom_domain": {
            "domain_name": "api.example.com",
            "certificate_arn": "arn:aws:acm:eu-west-1:123456789012:certificate/c1",
            "url_prefix": "v1/shop",
        },
    }));
    assert_eq!(mistakes(&template), [""; 0]);
    let resources = &template["resource"];
    assert_eq!(
        resources["aws_apigatewayv2_api"],
        json!({ "http_api": {
            "name": "shop", "protocol_type": "HTTP", "body": "${local.chalice_api_definition}",
        } })
    );
    assert_eq!(
        resources["aws_apigatewayv2_stage"],
        json!({ "http_api_stage": {
            "api_id": "${aws_apigatewayv2_api.http_api.id}",
            "name": "$default",
            "auto_deploy": true,
            "access_log_settings": {
                "destination_arn": "${aws_cloudwatch_log_group.http_api-access-log-group.arn}",
                "format": resources["aws_apigatewayv2_stage"]["http_api_stage"]["access_log_settings"]["format"],
            },
            "default_route_settings": {
                "throttling_rate_limit": 10.0, "throttling_burst_limit": 20,
            },
        } })
    );
    for name in ["http_api_invoke", "keys_invoke"] {
        assert_eq!(
            resources["aws_lambda_permission"][name]["source_arn"],
            "${aws_apigatewayv2_api.http_api.execution_arn}/*"
        );
    }
    let mapping = &resources["aws_apigatewayv2_api_mapping"]["api_gateway_custom_domain_mapping"];
    assert_eq!(mapping["api_mapping_key"], "v1/shop");
    assert_eq!(
        mapping["stage"],
        "${aws_apigatewayv2_stage.http_api_stage.id}"
    );
    let domain =
        "aws_apigatewayv2_domain_name.api_gateway_custom_domain.domain_name_configuration[0]";
    assert_eq!(
        template["output"],
        json!({
            "HttpAPIId": { "value": "${aws_apigatewayv2_api.http_api.id}" },
            "EndpointURL": { "value": "${aws_apigatewayv2_stage.http_api_stage.invoke_url}" },
            "AliasDomainName": { "value": format!("${{{domain}.target_domain_name}}") },
            "HostedZoneId": { "value": format!("${{{domain}.hosted_zone_id}}") },
        })
    );
    let definition = template["locals"]["chalice_api_definition"]
        .as_str()
        .unwrap();
    let definition: Value = serde_json::from_str(definition).unwrap();
    let operation = &definition["paths"]["/price/{name}"]["get"];
    assert_eq!(operation["summary"], "Costs $${more}.");
    assert_eq!(
        operation["x-amazon-apigateway-integration"]["uri"],
        "${aws_lambda_function.api_handler.invoke_arn}"
    );
    let keys = &definition["components"]["securitySchemes"]["keys"];
    assert_eq!(
        keys["x-amazon-apigateway-authorizer"]["authorizerUri"],
        "${aws_lambda_function.keys.invoke_arn}"
    );
    if let Some(terraform) = terraform::find() {
        let templates = [("http".to_owned(), template)];
        assert_eq!(terraform.diagnostics(&templates), [""; 0]);
    }
}
