//! `kms_key_arn`: the key that encrypts a function's environment variables.

use crate::reading::{
    arn::{behind, is_arn},
    text_setting,
};

text_setting! {
    /// The ARN of a key of AWS KMS, which encrypts environment variables at rest in place of AWS
    /// Lambda's own key (AWS Lambda, "Securing Lambda environment variables").
    pub struct KmsKeyArn;
    pattern: "arn:aws[a-z-]*:kms:[^:]+:[0-9]{12}:key/.+",
    is_taken: |text| is_arn(text, "kms", |arn| {
        !arn.region.is_empty() && !arn.account.is_empty() && behind(arn.resource, "key/").is_some()
    }),
    refusal: "AWS Lambda takes the ARN of a key of AWS KMS, not of an alias",
    "write `arn:aws:kms:<region>:<account>:key/<key id>`",
}
