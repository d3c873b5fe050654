//! What functions need because of where their events are from and where their failures go.

use std::path::Path;

use chalice::{Application, prelude::*};
use chalice_config::{CommandLine, Config};
use chalice_core::manifest::model::Manifest;
use chalice_resources::{Resources, resources};

use crate::roles::actions;

#[on_dynamodb_record(
    stream_arn = "arn:aws:dynamodb:us-east-1:123456789012:table/orders/stream/2026-01-01T00:00:00.000",
    on_failure = "arn:aws:sns:us-east-1:123456789012:failed"
)]
fn change(_event: DynamoDbEvent) {}

#[on_kinesis_record(
    stream_arn = "arn:aws:kinesis:us-east-1:123456789012:stream/clicks/consumer/app:1767225600"
)]
fn click(_event: KinesisEvent) {}

#[on_sqs_message(queue_arn = "arn:aws:sqs:us-east-1:999999999999:theirs")]
fn order(_event: SqsEvent) {}

#[on_sns_message(topic = "arn:aws:sns:us-east-1:999999999999:theirs")]
fn notify(_event: SnsEvent) {}

#[lambda_function(on_failure = "arn:aws:lambda:us-east-1:123456789012:function:failed")]
fn to_function() {}

#[schedule(
    "rate(1 hour)",
    on_failure = "arn:aws:events:us-east-1:123456789012:event-bus/failed"
)]
fn to_event_bus() {}

#[on_s3_event(bucket = "photos", on_failure = "arn:aws:s3:::failed")]
fn to_bucket(_event: S3Event) {}

#[on_cw_event({ "source": ["shop"] }, on_failure = "arn:aws:sqs:us-east-1:123456789012:failed")]
fn to_queue() {}

#[app]
static APP: App = App {
    name: "sources",
    handlers: [
        change,
        click,
        order,
        notify,
        to_function,
        to_event_bus,
        to_bucket,
        to_queue,
    ],
};

fn of(settings: &str) -> Resources {
    let manifest = Manifest::from_json(APP::manifest()).unwrap();
    let text = format!(
        r#"{{"version": "2.0", "app_name": "sources", "execution_roles": "per_function"{settings}}}"#
    );
    let path = Path::new("config.json");
    let stage = Config::parse_stage(path, &text, "dev", CommandLine::default(), None).unwrap();
    resources(&manifest, &stage).unwrap()
}

/// What the function's role permits but to write logs.
fn permitted(resources: &Resources, function: &str) -> Vec<String> {
    let mut actions = actions(resources, &format!("{function}_role"));
    actions.retain(|action| !action.starts_with("logs:"));
    actions
}

#[test]
fn what_is_polled_and_where_failures_go_is_all_that_is_permitted() {
    let resources = of("");
    for (function, expected) in [
        (
            "change",
            &[
                "dynamodb:DescribeStream arn:aws:dynamodb:us-east-1:123456789012:table/orders/stream/2026-01-01T00:00:00.000",
                "dynamodb:GetRecords arn:aws:dynamodb:us-east-1:123456789012:table/orders/stream/2026-01-01T00:00:00.000",
                "dynamodb:GetShardIterator arn:aws:dynamodb:us-east-1:123456789012:table/orders/stream/2026-01-01T00:00:00.000",
                "dynamodb:ListStreams *",
                "sns:Publish arn:aws:sns:us-east-1:123456789012:failed",
            ][..],
        ),
        (
            "click",
            &[
                "kinesis:SubscribeToShard arn:aws:kinesis:us-east-1:123456789012:stream/clicks/consumer/app:1767225600",
                "kinesis:DescribeStreamConsumer arn:aws:kinesis:us-east-1:123456789012:stream/clicks/consumer/app:1767225600",
                "kinesis:GetRecords arn:aws:kinesis:us-east-1:123456789012:stream/clicks",
                "kinesis:GetShardIterator arn:aws:kinesis:us-east-1:123456789012:stream/clicks",
                "kinesis:DescribeStream arn:aws:kinesis:us-east-1:123456789012:stream/clicks",
                "kinesis:DescribeStreamSummary arn:aws:kinesis:us-east-1:123456789012:stream/clicks",
                "kinesis:ListShards arn:aws:kinesis:us-east-1:123456789012:stream/clicks",
                "kinesis:ListStreams *",
            ],
        ),
        (
            "order",
            &[
                "sqs:ReceiveMessage arn:aws:sqs:us-east-1:999999999999:theirs",
                "sqs:DeleteMessage arn:aws:sqs:us-east-1:999999999999:theirs",
                "sqs:GetQueueAttributes arn:aws:sqs:us-east-1:999999999999:theirs",
            ],
        ),
        // What invokes these does so with permissions of its own.
        ("notify", &[]),
        (
            "to_function",
            &["lambda:InvokeFunction arn:aws:lambda:us-east-1:123456789012:function:failed"],
        ),
        (
            "to_event_bus",
            &["events:PutEvents arn:aws:events:us-east-1:123456789012:event-bus/failed"],
        ),
        (
            "to_bucket",
            &[
                "s3:PutObject arn:aws:s3:::failed/*",
                "s3:ListBucket arn:aws:s3:::failed",
            ],
        ),
        (
            "to_queue",
            &["sqs:SendMessage arn:aws:sqs:us-east-1:123456789012:failed"],
        ),
    ] {
        assert_eq!(permitted(&resources, function), expected, "{function}");
    }
}

#[test]
fn a_file_system_and_a_key_are_those_of_the_settings() {
    let point =
        "arn:aws:elasticfilesystem:us-east-1:123456789012:access-point/fsap-0123456789abcdef0";
    let key = "arn:aws:kms:us-east-1:123456789012:key/12345678-1234-1234-1234-123456789012";
    let resources = of(&format!(
        r#", "lambda_functions": {{"notify": {{
            "subnet_ids": ["subnet-1"], "security_group_ids": ["sg-1"], "kms_key_arn": {key:?},
            "efs": {{"access_point_arn": {point:?}, "local_mount_path": "/mnt/data"}}
        }}}}"#
    ));
    let permitted = permitted(&resources, "notify");
    let permitted: Vec<&str> = permitted
        .iter()
        .map(|action| &**action)
        .filter(|action| !action.starts_with("ec2:"))
        .collect();
    assert_eq!(
        permitted,
        [
            "elasticfilesystem:ClientMount *",
            "elasticfilesystem:ClientWrite *",
            &format!("kms:Decrypt {key}"),
        ]
    );
    let mut roles = resources.roles.iter();
    let role = roles.find(|role| role.name == "notify_role").unwrap();
    let document = role.policy.document(|_| "".into()).to_string();
    assert!(
        document.contains(&format!(
            r#""Condition":{{"StringEquals":{{"elasticfilesystem:AccessPointArn":[{point:?}]}}}}"#
        )),
        "{document}"
    );
}
