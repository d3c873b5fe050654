//! Events of buckets, by way of Amazon EventBridge.

use chalice::{Application as _, prelude::*};
use chalice_core::manifest::model::Manifest;
use serde_json::{Value, json};

use crate::{contents::written, rich};

#[on_s3_event(
    bucket = "photos",
    prefix = "in/",
    suffix = ".jpg",
    description = "Makes thumbnails"
)]
fn resize(_event: S3Event) {}

#[on_s3_event(bucket = "photos", events = ["s3:ObjectRemoved:*", "s3:ObjectTagging:Put"])]
fn forget(_event: S3Event) {}

#[app]
static APP: App = App {
    name: "photos",
    handlers: [resize, forget],
};

/// The template of the app.
pub(crate) fn template() -> Value {
    let manifest = Manifest::from_json(APP::manifest()).unwrap();
    written(&manifest, r#", "s3_events": "eventbridge""#).unwrap()
}

#[test]
fn rules_are_events_of_the_functions() {
    let template = template();
    let resources = template["Resources"].as_object().unwrap();
    assert_eq!(
        resources["Forget"]["Properties"]["Events"],
        json!({ "ForgetEvent": {
            "Type": "CloudWatchEvent",
            "Properties": { "Pattern": {
                "source": ["aws.s3"],
                "$or": [
                    { "detail-type": ["Object Deleted"], "detail": { "reason": ["DeleteObject"] } },
                    { "detail-type": ["Object Tags Added"] },
                ],
                "detail": { "bucket": { "name": ["photos"] } },
            } },
        } })
    );
    // SAM's events have no description.
    assert_eq!(resources["Resize"]["Properties"]["Events"], Value::Null);
    assert_eq!(
        resources["ResizeResizeEvent"],
        json!({ "Type": "AWS::Events::Rule", "Properties": {
            "Description": "Makes thumbnails",
            "EventPattern": {
                "source": ["aws.s3"],
                "detail-type": ["Object Created"],
                "detail": {
                    "bucket": { "name": ["photos"] },
                    "object": { "key": [{ "wildcard": "in/*.jpg" }] },
                },
            },
            "Targets": [{ "Arn": { "Fn::GetAtt": ["Resize", "Arn"] }, "Id": "ResizeResizeEventLambdaTarget" }],
        } })
    );
    assert_eq!(
        resources["ResizeResizeEventPermission"]["Properties"],
        json!({
            "FunctionName": { "Ref": "Resize" },
            "Action": "lambda:InvokeFunction",
            "Principal": "events.amazonaws.com",
            "SourceArn": { "Fn::GetAtt": ["ResizeResizeEvent", "Arn"] },
        })
    );
}

#[test]
fn nothing_sets_notifications_of_buckets() {
    let template = template();
    let mut names: Vec<&String> = template["Resources"].as_object().unwrap().keys().collect();
    names.sort();
    assert_eq!(
        names,
        [
            "DefaultRole",
            "Forget",
            "Resize",
            "ResizeResizeEvent",
            "ResizeResizeEventPermission"
        ]
    );
    for template in [template, rich::by_eventbridge()] {
        let text = template.to_string();
        for absent in ["BucketNotification", "s3.amazonaws.com"] {
            assert!(!text.contains(absent), "{absent}: {text}");
        }
    }
    let uploaded = &rich::by_eventbridge()["Resources"]["Uploaded"]["Properties"];
    assert_eq!(
        uploaded["Events"]["UploadedEvent"]["Type"],
        "CloudWatchEvent"
    );
}
