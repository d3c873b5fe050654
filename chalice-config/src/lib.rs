//! The configuration of an app's stages: `.chalice/config.json`, in the format 2.0 of AWS Chalice.
//!
//! [`Config`] is the file, with every value checked against what AWS takes;
//! [`Config::stage`] is one stage of it, with the precedence of Chalice applied, and
//! [`Stage::check`] checks what its settings mean for each other. [`Stage::function`] and
//! [`Stage::api`] are what a function and the APIs are deployed with. [`json_schema`] tells
//! editors what the file may hold.
//!
//! One table of keys, in `settings.rs`, says which there are and where each may stand: what is
//! read, what is refused, and the schema follow from it. Each kind of setting is a module of its
//! own, with its type, its limits and its default.

mod api;
mod api_configuration;
mod app;
mod check;
mod command_line;
mod config;
mod error;
mod function;
mod function_configuration;
mod key;
mod notice;
mod policy_document;
mod reading;
mod refusal;
mod schema;
mod scope;
mod settings;
mod stage;

pub use api::{
    AccessLog, AccessLogDestination, AccessLogFormat, ApiGatewayPolicyFile, ApiGatewayStage,
    ApiType, CertificateArn, CustomDomain, DomainName, EndpointType, MinimumCompressionSize,
    RequestValidation, Throttling, TlsVersion, UrlPrefix, VpcEndpointId, VpcEndpointIds,
};
pub use api_configuration::{ApiConfiguration, Endpoint};
pub use app::{AppName, StateBucket};
pub use command_line::CommandLine;
pub use config::{Config, DEFAULT_STAGE, PATH};
pub use error::{ConfigError, Problem};
pub use function::{
    AliasName, ApplicationLogLevel, AuthType, DeadLetter, DeadLetterTarget, Efs, EfsAccessPointArn,
    EnvironmentValue, EnvironmentVariables, EphemeralStorage, ExecutionRoles, FunctionUrl,
    FunctionUrlCors, IamPolicyFile, IamRoleArn, InvokeMode, KmsKeyArn, LambdaArchitecture,
    LambdaMemorySize, LambdaTimeout, LayerVersionArn, Layers, LocalMountPath, LogFormat,
    LogRetention, PackageFile, PackageFiles, PermissionsBoundary, ProvisionedConcurrency,
    ReservedConcurrency, RolePath, S3Events, SecretsManagerReference, SecurityGroupId,
    SecurityGroupIds, SnapStart, SsmReference, SubnetId, SubnetIds, SystemLogLevel, Tags, Vpc,
    check_environment_variable, check_environment_variables,
};
pub use function_configuration::{FunctionConfiguration, Role, RolePolicy};
pub use refusal::Refusal;
pub use schema::{SCHEMA_TEXT, json_schema};
pub use stage::Stage;

pub(crate) use settings::{ApiSettings, FunctionSettings};

#[cfg(test)]
mod tests;
