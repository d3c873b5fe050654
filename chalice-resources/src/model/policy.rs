//! Policies that are too large to be inline, and how large policies are.

use serde_json::Value;

use super::PolicyDocument;

/// The longest name of a partition.
const LONGEST_PARTITION: &str = "aws-us-gov";

/// The longest name of a region.
const LONGEST_REGION: &str = "us-isof-south-1";

const ACCOUNT: &str = "123456789012";

/// Ids of APIs have ten characters.
const API_ID: &str = "a1b2c3d4e5";

/// A customer managed policy, of which a role has several when what it permits is too large for an
/// inline policy (AWS Identity and Access Management, "Managed policies and inline policies").
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct ManagedPolicy {
    /// Its name within the app: `<role>-policy`, or `<role>-policy-` and some digits. A name in AWS
    /// is not chosen here, since names of managed policies are unique in an account.
    pub name: String,
    /// Its part of what the role permits.
    pub document: PolicyDocument,
}

impl PolicyDocument {
    /// How large it is at most, in characters, wherever the stage is deployed: with the longest partition and
    /// region. White space, which IAM does not count, is none (AWS Identity and Access Management, "IAM
    /// and AWS STS quotas").
    ///
    /// ```
    /// use chalice_resources::PolicyDocument;
    /// let everything = r#"{"Statement":[],"Version":"2012-10-17"}"#;
    /// assert_eq!(PolicyDocument::Generated(Vec::new()).size(), everything.len());
    /// ```
    pub fn size(&self) -> usize {
        let document = self.document(|arn| {
            Value::String(arn.text(LONGEST_PARTITION, LONGEST_REGION, ACCOUNT, API_ID))
        });
        document.to_string().chars().count()
    }
}
