//! An app and a configuration with all that templates can have.

use chalice::{Application as _, prelude::*};
use chalice_config::{Config, PATH};
use chalice_core::manifest::model::Manifest;
use chalice_resources::Resources;

#[authorizer]
fn guard(_request: AuthRequest) -> AuthResponse {
    AuthResponse::deny("nobody")
}

#[route("/", cors(allow_origin = "https://a.example.com", allow_credentials), authorizer = guard)]
fn index() {}

#[route("/stream", stream)]
fn stream() -> StreamingBody {
    StreamingBody::channel().1
}

#[lambda_function(
    description = "Does ${everything}",
    on_failure = "arn:aws:sqs:us-east-1:123456789012:failed"
)]
fn pure() {}

#[schedule("rate(1 hour)", on_failure = "arn:aws:s3:::failed-records")]
fn sweep() {}

/// What was pushed.
#[on_cw_event({ "source": ["aws.codecommit"] }, description = "What was pushed")]
fn pushed() {}

#[on_cw_event({ "source": ["shop"] }, event_bus = "shop")]
fn sold() {}

#[on_sns_message(topic = "orders", filter_policy = { "kind": ["order"] }, filter_policy_scope = "MessageBody")]
fn ordered(_event: SnsEvent) {}

#[on_sqs_message(queue = "orders", filters = [{ "body": { "kind": ["order"] } }])]
fn queued(_event: SqsEvent) {}

#[on_kinesis_record(
    stream = "clicks",
    starting_position = "AT_TIMESTAMP",
    starting_position_timestamp = 1767225600,
    parallelization_factor = 4,
    maximum_retry_attempts = 3,
    maximum_record_age_in_seconds = 3600,
    bisect_batch_on_function_error,
    tumbling_window_in_seconds = 60,
    on_failure = "arn:aws:sqs:us-east-1:123456789012:failed"
)]
fn clicked(_event: KinesisEvent) -> WindowState<u64> {
    WindowState::new(0)
}

#[on_s3_event(bucket = "a.bucket", prefix = "in/")]
fn uploaded(_event: S3Event) {}

#[on_s3_event(bucket = "a.bucket", events = ["s3:ObjectRemoved:*"])]
fn removed(_event: S3Event) {}

#[on_s3_event(bucket = "a-bucket")]
fn other(_event: S3Event) {}

#[on_ws_connect]
fn connect(_event: WebsocketEvent) {}

#[on_ws_message]
fn message(_event: WebsocketEvent) {}

#[on_ws_message(route_key = "leave")]
fn leave(_event: WebsocketEvent) {}

#[app]
static APP: App = App {
    name: "rich",
    handlers: [
        guard, index, stream, pure, sweep, pushed, sold, ordered, queued, clicked, uploaded,
        removed, other, connect, message, leave,
    ],
};

const CONFIGURATION: &str = r#"{
    "version": "2.0", "app_name": "rich", "lambda_architecture": "arm64",
    "permissions_boundary": "arn:aws:iam::123456789012:policy/boundary", "role_path": "/apps/",
    "stages": { "dev": {
        "xray": true, "api_gateway_stage": "v1",
        "access_log": { "retention_in_days": 30 },
        "throttling": { "rate_limit": 10.5, "burst_limit": 20 },
        "log_format": { "application_level": "DEBUG", "system_level": "WARN" },
        "log_retention_in_days": 14,
        "kms_key_arn": "arn:aws:kms:us-east-1:123456789012:key/12345678-1234-1234-1234-123456789012",
        "environment_variables": {
            "PLAIN": "$${stage}",
            "PARAMETER": { "ssm": "/shop/table" },
            "SECRET": { "secrets_manager": "shop/key", "key": "password" }
        },
        "lambda_functions": {
            "api_handler": {
                "provisioned_concurrency": 2,
                "function_url": { "auth_type": "NONE", "cors": { "allow_origins": ["https://a.example.com"], "max_age": 60 } }
            },
            "pure": {
                "ephemeral_storage": 1024, "reserved_concurrency": 2,
                "dead_letter": "arn:aws:sqs:us-east-1:123456789012:dead",
                "subnet_ids": ["subnet-0123456789abcdef0"], "security_group_ids": ["sg-0123456789abcdef0"],
                "efs": {
                    "access_point_arn": "arn:aws:elasticfilesystem:us-east-1:123456789012:access-point/fsap-0123456789abcdef0",
                    "local_mount_path": "/mnt/data"
                }
            },
            "uploaded": { "provisioned_concurrency": { "concurrent_executions": 1, "alias": "live-1" } },
            "pushed": { "provisioned_concurrency": 1 },
            "websocket_message": { "provisioned_concurrency": 1 }
        }
    } }
}"#;

/// All resources of the stage `dev`.
pub(crate) fn resources() -> Resources {
    configured(CONFIGURATION)
}

fn configured(configuration: &str) -> Resources {
    let config = Config::parse(PATH.as_ref(), configuration).unwrap();
    let manifest = Manifest::from_json(APP::manifest()).unwrap();
    chalice_resources::resources(&manifest, &config.stage("dev").unwrap()).unwrap()
}

/// Their template.
pub(crate) fn template() -> serde_json::Value {
    chalice_sam::template(&resources()).unwrap().into()
}

/// The template of the same stage with rules of Amazon EventBridge in place of notifications.
pub(crate) fn by_eventbridge() -> serde_json::Value {
    let configuration = CONFIGURATION.replacen('{', r#"{ "s3_events": "eventbridge","#, 1);
    chalice_sam::template(&configured(&configuration))
        .unwrap()
        .into()
}
