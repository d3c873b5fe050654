//! One stage, with the precedence of AWS Chalice.

use std::collections::BTreeSet;

use crate::{
    ApiGatewayStage, EnvironmentVariables, FunctionSettings, LambdaMemorySize, LambdaTimeout,
    config::Scope,
};

/// A stage of the app, as the file configures it.
///
/// What stands nearest to a function wins: in the stage for the function, in the stage,
/// at the top for the function, at the top. Of environment variables, each one is looked up so.
#[derive(Clone, Copy, Debug)]
pub struct Stage<'a> {
    top: &'a Scope,
    stage: Option<&'a Scope>,
}

/// What a function of a stage is deployed with.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct FunctionConfiguration {
    /// The variables of all places that say something about the function.
    pub environment_variables: EnvironmentVariables,
    /// How long an invocation may take.
    pub lambda_timeout: LambdaTimeout,
    /// How much memory there is.
    pub lambda_memory_size: LambdaMemorySize,
}

impl<'a> Stage<'a> {
    pub(crate) fn new(top: &'a Scope, stage: Option<&'a Scope>) -> Stage<'a> {
        Stage { top, stage }
    }

    /// The name of the REST API's stage.
    pub fn api_gateway_stage(&self) -> ApiGatewayStage {
        self.stage
            .and_then(|stage| stage.api_gateway_stage.clone())
            .or_else(|| self.top.api_gateway_stage.clone())
            .unwrap_or_default()
    }

    /// The configuration of the function of that name: `api_handler` answers the routes.
    pub fn function(&self, name: &str) -> FunctionConfiguration {
        let of = |scope: &'a Scope| [Some(&scope.settings), scope.functions.get(name)];
        self.resolve(of)
    }

    /// What functions have of which the file says nothing by name.
    pub fn every_function(&self) -> FunctionConfiguration {
        self.resolve(|scope| [Some(&scope.settings), None])
    }

    /// The names of the functions for which the file has settings, at the top or in the stage.
    pub fn function_names(&self) -> BTreeSet<&'a str> {
        [Some(self.top), self.stage]
            .into_iter()
            .flatten()
            .flat_map(|scope| scope.functions.keys())
            .map(String::as_str)
            .collect()
    }

    /// Puts together what `of` finds at the top and in the stage, the nearest last.
    fn resolve(
        &self,
        of: impl Fn(&'a Scope) -> [Option<&'a FunctionSettings>; 2],
    ) -> FunctionConfiguration {
        let places = [Some(self.top), self.stage].into_iter().flatten();
        let mut configuration = FunctionConfiguration {
            environment_variables: EnvironmentVariables::default(),
            lambda_timeout: LambdaTimeout::DEFAULT,
            lambda_memory_size: LambdaMemorySize::DEFAULT,
        };
        for settings in places.flat_map(of).flatten() {
            configuration
                .environment_variables
                .override_with(&settings.environment_variables);
            if let Some(timeout) = settings.lambda_timeout {
                configuration.lambda_timeout = timeout;
            }
            if let Some(memory_size) = settings.lambda_memory_size {
                configuration.lambda_memory_size = memory_size;
            }
        }
        configuration
    }
}
