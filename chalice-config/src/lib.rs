//! The configuration of an app's stages: `.chalice/config.json`, in the format 2.0 of AWS Chalice.
//!
//! [`Config`] is the file, with every value checked against what AWS takes;
//! [`Config::stage`] is one stage of it, with the precedence of Chalice applied. The file
//! is all that is read, and keys that are not known here are passed over.
//!
//! Each kind of setting is a module of its own, with its type, its limits and its default.

mod api_gateway_stage;
mod config;
mod environment_variables;
mod error;
mod key_path;
mod lambda_memory_size;
mod lambda_timeout;
mod refusal;
mod section;
mod settings;
mod stage;

pub use api_gateway_stage::ApiGatewayStage;
pub use config::{Config, PATH};
pub use environment_variables::{
    EnvironmentVariables, check_environment_variable, check_environment_variables,
};
pub use error::{ConfigError, Problem};
pub use lambda_memory_size::LambdaMemorySize;
pub use lambda_timeout::LambdaTimeout;
pub use refusal::Refusal;
pub use settings::FunctionSettings;
pub use stage::{FunctionConfiguration, Stage};

#[cfg(test)]
mod tests;
