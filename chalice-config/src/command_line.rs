//! What the command line says instead of the file.

use crate::{ApiGatewayStage, ApiSettings, FunctionSettings, LambdaArchitecture};

/// What the command line says. It wins over the file, except over what a stage has for a
/// single function, as for AWS Chalice.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CommandLine {
    /// `--autogen-policy`, `--no-autogen-policy`
    pub autogen_policy: Option<bool>,
    /// `--api-gateway-stage`
    pub api_gateway_stage: Option<ApiGatewayStage>,
    /// `--arch`
    pub lambda_architecture: Option<LambdaArchitecture>,
}

impl CommandLine {
    pub(crate) fn function_settings(&self) -> FunctionSettings {
        FunctionSettings {
            autogen_policy: self.autogen_policy,
            ..FunctionSettings::default()
        }
    }

    pub(crate) fn api_settings(&self) -> ApiSettings {
        ApiSettings {
            api_gateway_stage: self.api_gateway_stage.clone(),
            lambda_architecture: self.lambda_architecture,
            ..ApiSettings::default()
        }
    }

    /// The option that says what the setting says, if it is given.
    pub(crate) fn option(&self, key: &str) -> Option<&'static str> {
        match key {
            "autogen_policy" => self.autogen_policy.map(|autogen| match autogen {
                true => "--autogen-policy",
                false => "--no-autogen-policy",
            }),
            "api_gateway_stage" => self
                .api_gateway_stage
                .is_some()
                .then_some("--api-gateway-stage"),
            "lambda_architecture" => self.lambda_architecture.is_some().then_some("--arch"),
            _ => None,
        }
    }
}
