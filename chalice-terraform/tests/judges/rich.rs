//! An app that has everything.

use chalice::{Application, prelude::*};
use chalice_core::manifest::model::Manifest;
use serde_json::{Value, json};

use crate::apps;

#[authorizer]
fn keys(_request: AuthRequest) -> AuthResponse {
    AuthResponse::allow(["*"], "somebody")
}

/// Costs 100 %{or} ${more}.
#[route("/price/<name>", cors, authorizer = keys)]
fn price(name: String) -> String {
    name
}

#[route("/export", stream)]
fn export() -> String {
    String::new()
}

#[lambda_function(on_failure = "arn:aws:sqs:eu-west-1:123456789012:failed")]
fn report(_event: Value) {}

#[schedule("cron(0 12 ? * MON *)", description = "every ${week}")]
fn weekly() {}

#[on_cw_event(
    pattern = { "detail": { "text": ["${a}"] } },
    event_bus = "shop",
    on_failure = "arn:aws:sns:eu-west-1:123456789012:failed"
)]
fn ordered() {}

#[on_s3_event(bucket = "shop.images", prefix = "in/", suffix = ".jpg")]
fn resize(_event: S3Event) {}

#[on_s3_event(bucket = "shop.images", events = ["s3:ObjectRemoved:*"])]
fn removed(_event: S3Event) {}

#[on_sns_message(
    topic = "news",
    filter_policy = { "store": ["${corp}"] },
    filter_policy_scope = "MessageBody"
)]
fn news(_event: SnsEvent) {}

#[on_sqs_message(queue = "orders", filters = [{ "body": { "kind": ["new"] } }])]
fn orders(_event: SqsEvent) {}

#[on_sqs_message(
    queue = "raw",
    report_batch_item_failures = false,
    maximum_concurrency = 7
)]
fn raw(_event: SqsEvent) {}

#[on_kinesis_record(
    stream = "clicks",
    starting_position = "AT_TIMESTAMP",
    starting_position_timestamp = 1767225600,
    parallelization_factor = 4,
    maximum_retry_attempts = 3,
    maximum_record_age_in_seconds = 3600,
    bisect_batch_on_function_error,
    on_failure = "arn:aws:sqs:eu-west-1:123456789012:failed"
)]
fn clicks(_event: KinesisEvent) {}

#[on_dynamodb_record(
    stream_arn = "arn:aws:dynamodb:us-east-1:123456789012:table/Orders/stream/2026-01-01T00:00:00.000"
)]
fn changes(_event: DynamoDbEvent) {}

#[on_ws_connect]
fn connect(_event: WebsocketEvent) {}

#[on_ws_message]
fn message(_event: WebsocketEvent) -> String {
    String::new()
}

#[on_ws_message(route_key = "leave")]
fn leave(_event: WebsocketEvent) {}

#[app]
static APP: App = App {
    name: "shop",
    handlers: [
        keys, price, export, report, weekly, ordered, resize, removed, news, orders, raw, clicks,
        changes, connect, message, leave,
    ],
};

/// Its configuration, with a setting of every kind.
pub(crate) fn config() -> Value {
    json!({
        "version": "2.0",
        "app_name": "shop",
        "lambda_architecture": "arm64",
        "tags": { "team": "shop" },
        "xray": true,
        "log_format": { "application_level": "WARN", "system_level": "DEBUG" },
        "log_retention_in_days": 30,
        "kms_key_arn": "arn:aws:kms:eu-west-1:123456789012:key/12345678-1234-1234-1234-123456789012",
        "permissions_boundary": "arn:aws:iam::123456789012:policy/developers",
        "role_path": "/apps/${app}/",
        "layers": ["arn:aws:lambda:eu-west-1:123456789012:layer:L1:1"],
        "subnet_ids": ["subnet-1"],
        "security_group_ids": ["sg-1"],
        "environment_variables": {
            "TEXT": "100 % $${x} %{y}",
            "PARAMETER": { "ssm": "/shop/${stage}/rates", "version": 3 },
            "SECRET": { "secrets_manager": "shop/key" },
            "MEMBER": { "secrets_manager": "shop/key", "key": "a \"b\" \\" },
        },
        "access_log": { "retention_in_days": 7 },
        "throttling": { "rate_limit": 100, "burst_limit": 200 },
        "minimum_compression_size": 1024,
        "api_gateway_endpoint_type": "REGIONAL",
        "api_gateway_custom_domain": {
            "domain_name": "api.example.com",
            "certificate_arn": "arn:aws:acm:eu-west-1:123456789012:certificate/c1",
            "url_prefix": "v1",
        },
        "websocket_api_custom_domain": {
            "domain_name": "ws.example.com",
            "certificate_arn": "arn:aws:acm:eu-west-1:123456789012:certificate/c2",
            "url_prefix": "v2",
            "tags": { "k": "v" },
        },
        "lambda_functions": {
            "api_handler": {
                "provisioned_concurrency": { "concurrent_executions": 5, "alias": "live" },
                "function_url": {
                    "auth_type": "NONE",
                    "cors": { "allow_origins": ["https://shop.example.com"], "max_age": 600 },
                },
            },
            "resize": {
                "ephemeral_storage": 4096,
                "dead_letter": "arn:aws:sqs:eu-west-1:123456789012:dead",
                "efs": {
                    "access_point_arn": "arn:aws:elasticfilesystem:eu-west-1:123456789012:access-point/fsap-0123456789abcdef0",
                    "local_mount_path": "/mnt/index",
                },
            },
            "raw": { "function_url": { "auth_type": "AWS_IAM" } },
            "orders": { "provisioned_concurrency": { "concurrent_executions": 1, "alias": "live" } },
            "weekly": { "provisioned_concurrency": { "concurrent_executions": 1, "alias": "live" } },
            "websocket_message": { "provisioned_concurrency": { "concurrent_executions": 1, "alias": "live" } },
            "removed": { "snap_start": "PublishedVersions" },
            "report": { "autogen_policy": false, "iam_policy_file": "policy.json" },
        },
    })
}

/// A policy with a variable of IAM's, which is none of Terraform's.
const POLICY: &str = r#"{
    "Version": "2012-10-17",
    "Statement": [{ "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/${aws:username}/*" }]
}"#;

pub(crate) fn template() -> Value {
    configured(&config())
}

pub(crate) fn configured(config: &Value) -> Value {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join(".chalice")).unwrap();
    let file = |name: &str| folder.path().join(".chalice").join(name);
    std::fs::write(file("config.json"), config.to_string()).unwrap();
    std::fs::write(file("policy.json"), POLICY).unwrap();
    let manifest = Manifest::from_json(APP::manifest()).unwrap();
    apps::template(&manifest, folder.path(), "dev")
}

pub(crate) fn resource(template: &Value, kind: &str, name: &str) -> Value {
    let resource = &template["resource"][kind][name];
    assert!(resource.is_object(), "{kind}.{name}");
    resource.clone()
}
