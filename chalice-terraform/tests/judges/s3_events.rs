//! Events of buckets, by way of Amazon EventBridge.

use serde_json::{Value, json};

use crate::{
    mistakes,
    rich::{self, resource},
    terraform,
};

fn template() -> Value {
    let mut config = rich::config();
    config["s3_events"] = "eventbridge".into();
    rich::configured(&config)
}

#[test]
fn a_rule_invokes_the_function() {
    let template = template();
    let mut rule = resource(&template, "aws_cloudwatch_event_rule", "resize-event");
    let pattern = rule["event_pattern"].take();
    assert_eq!(
        rule,
        json!({ "name": "shop-dev-resize-event", "event_pattern": null })
    );
    let pattern: Value = serde_json::from_str(pattern.as_str().unwrap()).unwrap();
    assert_eq!(
        pattern,
        json!({
            "source": ["aws.s3"],
            "detail-type": ["Object Created"],
            "detail": {
                "bucket": { "name": ["shop.images"] },
                "object": { "key": [{ "wildcard": "in/*.jpg" }] },
            },
        })
    );
    assert_eq!(
        resource(&template, "aws_cloudwatch_event_target", "resize-event"),
        json!({
            "rule": "${aws_cloudwatch_event_rule.resize-event.name}",
            "target_id": "resize-event",
            "arn": "${aws_lambda_function.resize.arn}",
        })
    );
    assert_eq!(
        resource(&template, "aws_lambda_permission", "removed-event"),
        json!({
            "action": "lambda:InvokeFunction",
            "function_name": "${aws_lambda_function.removed.arn}",
            "principal": "events.amazonaws.com",
            "qualifier": "${aws_lambda_alias.removed.name}",
            "source_arn": "${aws_cloudwatch_event_rule.removed-event.arn}",
        })
    );
}

#[test]
fn nothing_sets_notifications_of_buckets() {
    let template = template();
    assert_eq!(
        template["resource"]["aws_s3_bucket_notification"],
        Value::Null
    );
    let text = template.to_string();
    assert!(!text.contains("s3.amazonaws.com"), "{text}");
}

#[test]
fn the_configuration_is_accepted() {
    let template = template();
    assert_eq!(mistakes(&template), [""; 0]);
    if let Some(terraform) = terraform::find() {
        let templates = [("buckets-by-eventbridge".to_owned(), template)];
        assert_eq!(terraform.diagnostics(&templates), [""; 0]);
    }
}
