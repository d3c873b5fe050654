//! How far the deployment of a resource is.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// What AWS Chalice does not record of a resource: the member `cargo_chalice` of its record.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Progress {
    /// Where it is between not being there and being deployed.
    #[serde(default)]
    pub status: Status,
    /// The [`settings_hash`](crate::settings_hash) of what it was last deployed with, by which the next deployment
    /// knows whether there is something to change.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub settings_hash: Option<String>,
    /// The SHA-256 of a function's package, in base64, as AWS Lambda tells it (`CodeSha256`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code_sha256: Option<String>,
    /// What other versions say besides.
    #[serde(flatten)]
    pub extra: Map<String, Value>,
}

/// Where a resource is between not being there and being deployed.
///
/// Every step is written before it is made. So whatever interrupts a deployment, the next one knows what may be there,
/// and in which state.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// It is as its record says. So is every resource of AWS Chalice.
    #[default]
    Deployed,
    /// It is about to be created: whether it is there has to be looked up, by the name that it was to have.
    Creating,
    /// It is there, and about to be changed: it may have some of its new settings.
    Updating,
    /// It is about to be deleted: it may be gone.
    Deleting,
}
