//! Buckets of a pipeline.

use serde_json::{Map, Value, json};

use super::intrinsic::{attribute, policy, reference, substituted};

/// Adds a bucket that is encrypted, versioned and private, to which nobody talks without TLS. Objects expire after
/// that many days, if any is given; former versions do in any case.
pub(super) fn add(resources: &mut Map<String, Value>, id: &str, expiration: Option<u32>) {
    let mut rule = json!({
        "Id": "Expiration",
        "Status": "Enabled",
        "AbortIncompleteMultipartUpload": { "DaysAfterInitiation": 7 },
        "NoncurrentVersionExpiration": { "NoncurrentDays": expiration.unwrap_or(90) },
    });
    if let Some(days) = expiration {
        rule["ExpirationInDays"] = days.into();
    }
    resources.insert(
        id.to_owned(),
        json!({
            "Type": "AWS::S3::Bucket",
            "DeletionPolicy": "Retain",
            "UpdateReplacePolicy": "Retain",
            "Properties": {
                "BucketEncryption": {
                    "ServerSideEncryptionConfiguration": [
                        { "ServerSideEncryptionByDefault": { "SSEAlgorithm": "AES256" } },
                    ],
                },
                "LifecycleConfiguration": { "Rules": [rule] },
                "OwnershipControls": { "Rules": [{ "ObjectOwnership": "BucketOwnerEnforced" }] },
                "PublicAccessBlockConfiguration": {
                    "BlockPublicAcls": true,
                    "BlockPublicPolicy": true,
                    "IgnorePublicAcls": true,
                    "RestrictPublicBuckets": true,
                },
                "VersioningConfiguration": { "Status": "Enabled" },
            },
        }),
    );
    let statement = json!({
        "Sid": "TlsOnly",
        "Effect": "Deny",
        "Principal": "*",
        "Action": "s3:*",
        "Resource": [attribute(id, "Arn"), objects(id, "*")],
        "Condition": { "Bool": { "aws:SecureTransport": "false" } },
    });
    resources.insert(
        format!("{id}Policy"),
        json!({
            "Type": "AWS::S3::BucketPolicy",
            "Properties": {
                "Bucket": reference(id),
                "PolicyDocument": policy(vec![statement]),
            },
        }),
    );
}

/// The ARN of objects in the bucket.
pub(super) fn objects(id: &str, keys: &str) -> Value {
    substituted(format!("${{{id}.Arn}}/{keys}"))
}
