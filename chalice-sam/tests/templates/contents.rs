//! What is in templates, beyond what AWS Chalice writes.

use chalice_config::Config;
use chalice_core::manifest::model::{Function, FunctionKind, Manifest};
use chalice_resources::resources;
use chalice_sam::{SamError, template};
use serde_json::{Value, json};

use crate::rich;

fn resource(name: &str) -> Value {
    rich::template()["Resources"][name].clone()
}

fn properties(name: &str) -> Value {
    resource(name)["Properties"].clone()
}

#[test]
fn functions_with_an_alias_are_invoked_through_it() {
    let handler = properties("APIHandler");
    assert_eq!(handler["AutoPublishAlias"], "live");
    assert_eq!(handler["AutoPublishAliasAllProperties"], true);
    assert_eq!(
        handler["ProvisionedConcurrencyConfig"],
        json!({ "ProvisionedConcurrentExecutions": 2 })
    );
    let alias = json!({ "Ref": "APIHandler.Alias" });
    let permission = properties("APIHandlerInvokePermission");
    assert_eq!(permission["FunctionName"], alias);
    let integration = "/DefinitionBody/paths/~1/get/x-amazon-apigateway-integration/uri/Fn::Sub";
    let uri = properties("RestAPI").pointer(integration).cloned();
    let uri = uri.unwrap();
    let uri = uri.as_str().unwrap();
    assert!(
        uri.ends_with("functions/${APIHandler.Alias}/invocations"),
        "{uri}"
    );
    let integration = properties("WebsocketMessageAPIIntegration");
    assert_eq!(
        integration["IntegrationUri"]["Fn::Sub"],
        json!([
            "arn:${AWS::Partition}:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${WebsocketHandler}/invocations",
            { "WebsocketHandler": { "Ref": "WebsocketMessage.Alias" } },
        ])
    );
    let rule = properties("PushedPushedEvent");
    assert_eq!(rule["Targets"][0]["Arn"], json!({ "Ref": "Pushed.Alias" }));
    assert_eq!(rule["Description"], "What was pushed");
}

#[test]
fn urls_have_an_output() {
    let template = rich::template();
    assert_eq!(
        template["Outputs"]["APIHandlerUrl"]["Value"],
        json!({ "Fn::GetAtt": ["APIHandlerUrl", "FunctionUrl"] })
    );
    assert_eq!(
        properties("APIHandler")["FunctionUrlConfig"],
        json!({
            "AuthType": "NONE",
            "InvokeMode": "RESPONSE_STREAM",
            "Cors": { "AllowCredentials": false, "AllowOrigins": ["https://a.example.com"], "MaxAge": 60 },
        })
    );
}

#[test]
fn variables_are_texts_or_dynamic_references() {
    assert_eq!(
        properties("Pure")["Environment"]["Variables"],
        json!({
            "PLAIN": "${stage}",
            "PARAMETER": "{{resolve:ssm:/shop/table}}",
            "SECRET": "{{resolve:secretsmanager:shop/key:SecretString:password}}",
        })
    );
}

#[test]
fn roles_have_their_boundary_and_path() {
    let role = properties("DefaultRole");
    assert_eq!(
        role["PermissionsBoundary"],
        "arn:aws:iam::123456789012:policy/boundary"
    );
    assert_eq!(role["Path"], "/apps/");
}

#[test]
fn apis_have_their_log_limits_and_tracing() {
    let api = properties("RestAPI");
    assert_eq!(api["TracingEnabled"], true);
    assert_eq!(
        api["AccessLogSetting"]["DestinationArn"],
        json!({ "Fn::GetAtt": ["RestApiAccessLogGroup", "Arn"] })
    );
    assert_eq!(
        api["MethodSettings"],
        json!([{
            "HttpMethod": "*",
            "ResourcePath": "/*",
            "ThrottlingRateLimit": 10.5,
            "ThrottlingBurstLimit": 20,
        }])
    );
    let stage = properties("WebsocketAPIStage");
    assert_eq!(stage["DefaultRouteSettings"]["ThrottlingBurstLimit"], 20);
    assert_eq!(
        stage["AccessLogSettings"]["DestinationArn"],
        json!({ "Fn::GetAtt": ["WebsocketApiAccessLogGroup", "Arn"] })
    );
    let headers = json!({ "responseParameters": {
        "gatewayresponse.header.Access-Control-Allow-Origin": "'https://a.example.com'",
        "gatewayresponse.header.Access-Control-Allow-Credentials": "'true'",
    } });
    assert_eq!(
        api["DefinitionBody"]["x-amazon-apigateway-gateway-responses"],
        json!({ "DEFAULT_4XX": headers, "DEFAULT_5XX": headers })
    );
}

#[test]
fn a_bucket_has_one_custom_resource() {
    let template = rich::template();
    let resources = template["Resources"].as_object().unwrap();
    let buckets: Vec<&Value> = resources
        .values()
        .filter(|resource| resource["Type"] == "Custom::BucketNotifications")
        .collect();
    assert_eq!(buckets.len(), 2);
    let bucket = buckets
        .iter()
        .find(|bucket| bucket["Properties"]["Bucket"] == "a.bucket");
    let bucket = bucket.unwrap();
    assert_eq!(
        bucket["DependsOn"],
        json!(["UploadedS3eventPermission", "RemovedS3eventPermission"])
    );
    assert_eq!(
        bucket["Properties"]["LambdaFunctionConfigurations"],
        json!([
            {
                "Id": "uploaded-s3event",
                "LambdaFunctionArn": { "Ref": "Uploaded.Alias" },
                "Events": ["s3:ObjectCreated:*"],
                "Filter": { "Key": { "FilterRules": [{ "Name": "prefix", "Value": "in/" }] } },
            },
            {
                "Id": "removed-s3event",
                "LambdaFunctionArn": { "Fn::GetAtt": ["Removed", "Arn"] },
                "Events": ["s3:ObjectRemoved:*"],
            },
        ])
    );
    let permission = properties("UploadedS3eventPermission");
    assert_eq!(
        permission["SourceAccount"],
        json!({ "Ref": "AWS::AccountId" })
    );
    let role = &properties("BucketNotificationsRole")["Policies"][0]["PolicyDocument"];
    assert_eq!(
        role["Statement"][1],
        json!({
            "Effect": "Allow",
            "Action": ["s3:GetBucketNotification", "s3:PutBucketNotification"],
            "Resource": [
                { "Fn::Sub": "arn:${AWS::Partition}:s3:::a-bucket" },
                { "Fn::Sub": "arn:${AWS::Partition}:s3:::a.bucket" },
            ],
        })
    );
}

pub(crate) fn golden_manifest(name: &str) -> Manifest {
    let apps = golden::apps().unwrap();
    let app = apps.into_iter().find(|app| app.name == name);
    app.unwrap().manifest
}

pub(crate) fn written(manifest: &Manifest, settings: &str) -> Result<Value, SamError> {
    let name = &manifest.app.name;
    let config = format!(r#"{{ "version": "2.0", "app_name": "{name}" {settings} }}"#);
    let config = Config::parse(chalice_config::PATH.as_ref(), &config).unwrap();
    let resources = resources(manifest, &config.stage("dev").unwrap()).unwrap();
    template(&resources).map(Value::from)
}

#[test]
fn a_changed_route_is_a_new_deployment() {
    let deployment = |manifest: &Manifest, settings: &str| {
        let template = written(manifest, settings).unwrap();
        let stage = &template["Resources"]["WebsocketAPIStage"]["Properties"];
        let id = stage["DeploymentId"]["Ref"].as_str().unwrap().to_owned();
        let resource = &template["Resources"][&id];
        assert_eq!(resource["Type"], "AWS::ApiGatewayV2::Deployment", "{id}");
        id
    };
    let whole = golden_manifest("05-websockets");
    let mut changed = whole.clone();
    changed.functions.pop();
    let first = deployment(&whole, "");
    assert_eq!(deployment(&whole, ""), first);
    assert_eq!(deployment(&whole, r#", "lambda_timeout": 7"#), first);
    assert_ne!(deployment(&changed, ""), first);
    assert_ne!(
        deployment(&whole, r#", "provisioned_concurrency": 1"#),
        first
    );
}

/// An app with pure functions of these names.
fn with_functions(names: &[&str]) -> Manifest {
    let mut manifest = golden_manifest("13-pure-lambda-only");
    let function = manifest.functions[0].clone();
    assert!(matches!(function.kind, FunctionKind::PureLambda(_)));
    let functions = names.iter().map(|name| Function {
        name: (*name).to_owned(),
        ..function.clone()
    });
    manifest.functions = functions.collect();
    manifest
}

#[test]
fn two_resources_with_one_id_are_an_error() {
    let error = written(&with_functions(&["send_mail", "send-mail"]), "").unwrap_err();
    let text = error.to_string();
    assert!(
        text.starts_with(
            "the function `send_mail` and the function `send-mail` would both have the logical id `SendMail`"
        ),
        "{text}"
    );
    let error = written(&with_functions(&["default_role"]), "").unwrap_err();
    let text = error.to_string();
    assert!(
        text.starts_with("the role `default-role` and the function `default_role`"),
        "{text}"
    );
    let error = written(&with_functions(&["__"]), "").unwrap_err();
    assert!(
        error
            .to_string()
            .starts_with("the function `__` has no letter or digit"),
        "{error}"
    );
}

#[test]
fn more_than_a_stack_takes_is_an_error() {
    let names: Vec<String> = (0..500).map(|number| format!("f{number}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    // With the role, one too many.
    let error = written(&with_functions(&names), "").unwrap_err();
    assert!(
        matches!(error, SamError::TooMany { count: 501, .. }),
        "{error}"
    );
    assert!(written(&with_functions(&names[1..]), "").is_ok());
    // Each with a version and an alias.
    let error = written(
        &with_functions(&names[..167]),
        r#", "provisioned_concurrency": 1"#,
    );
    assert!(
        matches!(error, Err(SamError::TooMany { count: 502, .. })),
        "{error:?}"
    );
}
