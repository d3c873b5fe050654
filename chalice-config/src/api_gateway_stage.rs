//! `api_gateway_stage`: the name of the REST API's stage, the first part of its URLs.

use std::fmt;

use serde_json::Value;

use crate::Refusal;

/// The name of a stage of the REST API: letters, digits, `-` and `_`, at most 128
/// (Amazon API Gateway, "CreateStage"). It is not the app's stage, of which AWS
/// resources have their names.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ApiGatewayStage(String);

impl ApiGatewayStage {
    /// AWS Chalice's default.
    pub const DEFAULT: &'static str = "api";

    /// A stage of that name.
    ///
    /// # Errors
    ///
    /// When Amazon API Gateway does not take it.
    pub fn new(name: impl Into<String>) -> Result<ApiGatewayStage, Refusal> {
        let name = name.into();
        let is_taken = (1..=128).contains(&name.len())
            && name
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'));
        if is_taken {
            return Ok(ApiGatewayStage(name));
        }
        Err(refusal())
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    pub(crate) fn read(value: &Value) -> Result<ApiGatewayStage, Refusal> {
        ApiGatewayStage::new(value.as_str().ok_or_else(refusal)?)
    }
}

impl Default for ApiGatewayStage {
    fn default() -> ApiGatewayStage {
        ApiGatewayStage(ApiGatewayStage::DEFAULT.to_owned())
    }
}

impl fmt::Display for ApiGatewayStage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

fn refusal() -> Refusal {
    Refusal::new(
        "Amazon API Gateway takes 1 to 128 letters, digits, `-` and `_` as the name of an API's stage",
        "write such a name; without the setting, it is \"api\"",
    )
}
