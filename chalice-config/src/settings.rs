//! The settings that stand in one place of the file.

use crate::{EnvironmentVariables, LambdaMemorySize, LambdaTimeout, Problem, section::Section};

/// Settings of functions, as one place of the file has them: for every function of
/// the app, for those of a stage, or for one function.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct FunctionSettings {
    /// `environment_variables`
    pub environment_variables: EnvironmentVariables,
    /// `lambda_timeout`
    pub lambda_timeout: Option<LambdaTimeout>,
    /// `lambda_memory_size`
    pub lambda_memory_size: Option<LambdaMemorySize>,
}

impl FunctionSettings {
    pub(crate) fn read(section: &Section<'_>, problems: &mut Vec<Problem>) -> FunctionSettings {
        let variables = section.section("environment_variables", problems);
        FunctionSettings {
            environment_variables: variables
                .map(|variables| EnvironmentVariables::read(&variables, problems))
                .unwrap_or_default(),
            lambda_timeout: section.setting("lambda_timeout", problems, LambdaTimeout::read),
            lambda_memory_size: section.setting(
                "lambda_memory_size",
                problems,
                LambdaMemorySize::read,
            ),
        }
    }
}
