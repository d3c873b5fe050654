//! `Outputs` of APIs

use chalice_config::ApiGatewayStage;
use serde_json::Value;

use crate::intrinsic::{escaped, substituted};

/// Where the stage of an API is.
pub(crate) fn endpoint_url(scheme: &str, api: &str, stage: &ApiGatewayStage) -> Value {
    let stage = escaped(stage.as_str());
    substituted(format!(
        "{scheme}://${{{api}}}.execute-api.${{AWS::Region}}.${{AWS::URLSuffix}}/{stage}/"
    ))
}
