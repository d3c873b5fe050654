//! Settings of Lambda functions, a module per kind.

mod dead_letter;
mod efs;
mod environment_variables;
mod ephemeral_storage;
mod execution_roles;
mod function_url;
mod iam_policy_file;
mod iam_role;
mod kms_key_arn;
mod lambda_architecture;
mod lambda_memory_size;
mod lambda_timeout;
mod layers;
mod log_format;
mod log_retention;
mod package_files;
mod provisioned_concurrency;
mod reserved_concurrency;
mod s3_events;
mod snap_start;
mod tags;
mod vpc;

pub use dead_letter::{DeadLetter, DeadLetterTarget};
pub use efs::{Efs, EfsAccessPointArn, LocalMountPath};
pub use environment_variables::{
    EnvironmentValue, EnvironmentVariables, SecretsManagerReference, SsmReference,
    check_environment_variable, check_environment_variables,
};
pub use ephemeral_storage::EphemeralStorage;
pub use execution_roles::ExecutionRoles;
pub use function_url::{AuthType, FunctionUrl, FunctionUrlCors, InvokeMode};
pub use iam_policy_file::IamPolicyFile;
pub use iam_role::{IamRoleArn, PermissionsBoundary, RolePath};
pub use kms_key_arn::KmsKeyArn;
pub use lambda_architecture::LambdaArchitecture;
pub use lambda_memory_size::LambdaMemorySize;
pub use lambda_timeout::LambdaTimeout;
pub use layers::{LayerVersionArn, Layers};
pub use log_format::{ApplicationLogLevel, LogFormat, SystemLogLevel};
pub use log_retention::LogRetention;
pub use package_files::{PackageFile, PackageFiles};
pub use provisioned_concurrency::{AliasName, ProvisionedConcurrency};
pub use reserved_concurrency::ReservedConcurrency;
pub use s3_events::S3Events;
pub use snap_start::SnapStart;
pub use tags::Tags;
pub(crate) use tags::{MAX_TAGS, too_many as too_many_tags};
pub use vpc::{SecurityGroupId, SecurityGroupIds, SubnetId, SubnetIds, Vpc};
