//! An HTTP API with all that templates can have of one.

use chalice::{Application as _, prelude::*};
use chalice_config::{Config, PATH};
use chalice_core::manifest::model::Manifest;
use serde_json::{Value, json};

const LOGIN: JwtAuthorizer =
    JwtAuthorizer::new("login", "https://login.example.com", &["my-client"]);

#[authorizer]
fn guard(_request: AuthRequest) -> AuthResponse {
    AuthResponse::deny("nobody")
}

#[route("/", cors, authorizer = guard)]
fn index() {}

#[route("/orders/<id>", methods = [ANY], authorizer = LOGIN.scopes(["orders"]))]
fn order(id: u64) -> Json<u64> {
    Json(id)
}

#[route("/admin/<path..>", authorizer = IamAuthorizer::new())]
fn admin(path: String) -> String {
    path
}

#[app]
static APP: App = App {
    name: "shop",
    handlers: [guard, index, order, admin],
};

/// The template of a stage with these settings.
fn written(settings: &str) -> Value {
    let configuration = format!(
        r#"{{ "version": "2.0", "app_name": "shop", "stages": {{ "dev": {{ "api_type": "http" {settings} }} }} }}"#
    );
    let config = Config::parse(PATH.as_ref(), &configuration).unwrap();
    let manifest = Manifest::from_json(APP::manifest()).unwrap();
    let stage = config.stage("dev").unwrap();
    let resources = chalice_resources::resources(&manifest, &stage).unwrap();
    chalice_sam::template(&resources).unwrap().into()
}

/// With a domain, a log and limits.
pub(crate) fn template() -> Value {
    written(
        r#", "api_gateway_stage": "v1",
        "access_log": { "retention_in_days": 30 },
        "throttling": { "rate_limit": 10.5, "burst_limit": 20 },
        "api_gateway_custom_domain": {
            "domain_name": "api.example.com",
            "certificate_arn": "arn:aws:acm:us-east-1:123456789012:certificate/12345678-1234-1234-1234-123456789012",
            "url_prefix": "shop"
        }"#,
    )
}

#[test]
fn an_http_api_is_its_definition() {
    let template = template();
    let resources = &template["Resources"];
    let properties = |id: &str| &resources[id]["Properties"];
    let body = &properties("HttpAPI")["Body"];
    assert_eq!(body["openapi"], "3.0.1");
    assert_eq!(
        body["paths"]["/"]["get"]["x-amazon-apigateway-integration"]["uri"],
        json!({ "Fn::Sub":
            "arn:${AWS::Partition}:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${APIHandler.Arn}/invocations" })
    );
    let api = json!({ "Ref": "HttpAPI" });
    assert_eq!(
        *properties("HttpAPIStage"),
        json!({
            "ApiId": api,
            "StageName": "v1",
            "AutoDeploy": true,
            "AccessLogSettings": properties("HttpAPIStage")["AccessLogSettings"],
            "DefaultRouteSettings": { "ThrottlingRateLimit": 10.5, "ThrottlingBurstLimit": 20 },
        })
    );
    assert!(properties("HttpAPIStage")["AccessLogSettings"]["Format"].is_string());
    assert_eq!(
        *properties("ApiGatewayCustomDomainMapping"),
        json!({
            "DomainName": { "Ref": "ApiGatewayCustomDomain" },
            "ApiId": api,
            "ApiMappingKey": "shop",
            "Stage": { "Ref": "HttpAPIStage" },
        })
    );
    for permission in ["APIHandlerInvokePermission", "GuardInvokePermission"] {
        let source = &properties(permission)["SourceArn"]["Fn::Sub"];
        assert_eq!(source[1], json!({ "HttpAPIId": api }));
        assert!(
            source[0].as_str().unwrap().ends_with(":${HttpAPIId}/*"),
            "{source}"
        );
    }
    assert!(resources["RestAPI"].is_null());
    assert_eq!(template["Outputs"]["HttpAPIId"]["Value"], api);
}

#[test]
fn the_default_stage_is_no_part_of_the_url() {
    let url = |settings: &str| written(settings)["Outputs"]["EndpointURL"]["Value"].clone();
    let host = "https://${HttpAPI}.execute-api.${AWS::Region}.${AWS::URLSuffix}/";
    assert_eq!(
        url(r#", "api_gateway_stage": "$default""#),
        json!({ "Fn::Sub": host })
    );
    assert_eq!(url(""), json!({ "Fn::Sub": format!("{host}api/") }));
}
