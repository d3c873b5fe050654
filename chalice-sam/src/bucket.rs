//! Notifications of buckets that exist.
//!
//! AWS CloudFormation can say which notifications a bucket has that it creates itself, and no
//! other. So a function of the template does, in a custom resource per bucket (AWS CloudFormation,
//! "Create custom provisioning logic with custom resources").

use std::collections::BTreeMap;

use chalice_resources::{Arn, EventSource, EventSourceKind, S3Notification};
use serde_json::{Value, json};

use crate::{
    SamError,
    hash::hash,
    intrinsic::{arn, arn_of, substituted},
    logical_id::logical_id,
    writer::Writer,
};

/// The function's logical id.
const FUNCTION: &str = "BucketNotifications";

/// The logical id of its role.
const ROLE: &str = "BucketNotificationsRole";

/// What the function does. It has no package: AWS CloudFormation takes it out of the template.
const CODE: &str = include_str!("bucket_notifications.py");

impl Writer<'_> {
    pub(crate) fn buckets(&mut self) -> Result<(), SamError> {
        let mut buckets: BTreeMap<&str, Vec<(&EventSource, &S3Notification)>> = BTreeMap::new();
        for source in self.resources.event_sources.iter() {
            if let EventSourceKind::S3(notification) = &source.kind {
                let sources = buckets.entry(&notification.bucket).or_default();
                sources.push((source, notification));
            }
        }
        if buckets.is_empty() {
            return Ok(());
        }
        let names: Vec<&str> = buckets.keys().copied().collect();
        self.add(
            ROLE,
            "the role that sets notifications of buckets",
            "AWS::IAM::Role",
            role(&names),
        )?;
        self.add(
            FUNCTION,
            "the function that sets notifications of buckets",
            "AWS::Lambda::Function",
            json!({
                "Description": "Sets the notifications of buckets that the app has handlers for",
                "Runtime": "python3.13",
                "Handler": "index.handler",
                "Architectures": ["arm64"],
                "Timeout": 120,
                "Role": arn_of(ROLE),
                "Code": { "ZipFile": CODE },
            }),
        )?;
        for (bucket, sources) in buckets {
            self.bucket(bucket, &sources)?;
        }
        Ok(())
    }

    fn bucket(
        &mut self,
        bucket: &str,
        sources: &[(&EventSource, &S3Notification)],
    ) -> Result<(), SamError> {
        let notifications: Vec<Value> = sources
            .iter()
            .map(|(source, notification)| {
                let rules: Vec<Value> = [
                    ("prefix", &notification.prefix),
                    ("suffix", &notification.suffix),
                ]
                .into_iter()
                .filter_map(|(name, value)| Some(json!({ "Name": name, "Value": value.as_ref()? })))
                .collect();
                let mut configuration = json!({
                    "Id": source.name,
                    "LambdaFunctionArn": self.invocable_arn(source.function),
                    "Events": notification.events,
                });
                if !rules.is_empty() {
                    configuration["Filter"] = json!({ "Key": { "FilterRules": rules } });
                }
                configuration
            })
            .collect();
        // Of names that differ in `.` and `-` the words are the same.
        let id = format!(
            "{}{}Notifications",
            logical_id(&format!("bucket-{bucket}")),
            hash(bucket.as_bytes())
        );
        self.add(
            &id,
            format!("the notifications of the bucket `{bucket}`"),
            "Custom::BucketNotifications",
            json!({
                "ServiceToken": arn_of(FUNCTION),
                "ServiceTimeout": 180,
                "Bucket": bucket,
                "LambdaFunctionConfigurations": notifications,
            }),
        )?;
        // Amazon S3 tries whether it may invoke the functions.
        let permissions = sources.iter();
        let permissions = permissions
            .map(|(source, _)| format!("{}Permission", logical_id(&source.name)))
            .collect();
        self.depends_on(&id, permissions);
        Ok(())
    }
}

/// The role of the function: its log, and the notifications of these buckets.
fn role(buckets: &[&str]) -> Value {
    let buckets: Vec<Value> = buckets
        .iter()
        .map(|bucket| {
            arn(&Arn::Global {
                service: "s3",
                resource: (*bucket).to_owned(),
            })
        })
        .collect();
    let log = "arn:${AWS::Partition}:logs:${AWS::Region}:${AWS::AccountId}:log-group:/aws/lambda/*";
    json!({
        "AssumeRolePolicyDocument": chalice_resources::Role::trust_policy(),
        "Policies": [{
            "PolicyName": format!("{ROLE}Policy"),
            "PolicyDocument": {
                "Version": "2012-10-17",
                "Statement": [
                    {
                        "Effect": "Allow",
                        "Action": ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"],
                        "Resource": substituted(log),
                    },
                    {
                        "Effect": "Allow",
                        "Action": ["s3:GetBucketNotification", "s3:PutBucketNotification"],
                        "Resource": buckets,
                    },
                ],
            },
        }],
    })
}
