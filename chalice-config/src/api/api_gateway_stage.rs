//! `api_gateway_stage`: the name of the API's stage, the first part of its URLs.

use crate::reading::text_setting;

text_setting! {
    /// The name of a stage of the API: letters, digits, `-` and `_`, at most 128
    /// (Amazon API Gateway, "CreateStage"), or `$default`, the stage of an HTTP API that is no part of
    /// its URLs. It is not the app's stage, of which AWS resources have their names.
    pub struct ApiGatewayStage;
    pattern: r"\$default|[A-Za-z0-9_-]{1,128}",
    is_taken: |name| name == "$default" || (1..=128).contains(&name.len())
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_')),
    refusal: "Amazon API Gateway takes 1 to 128 letters, digits, `-` and `_` as the name of an API's stage",
    "write such a name; without the setting, it is \"api\"",
}

impl ApiGatewayStage {
    /// AWS Chalice's default.
    pub const DEFAULT: &'static str = "api";

    /// Whether it is `$default`, which HTTP APIs alone have.
    pub fn is_default_of_http_apis(&self) -> bool {
        self.0 == "$default"
    }
}

impl Default for ApiGatewayStage {
    fn default() -> ApiGatewayStage {
        ApiGatewayStage(ApiGatewayStage::DEFAULT.to_owned())
    }
}
