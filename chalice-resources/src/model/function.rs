//! Lambda functions.

use std::collections::BTreeMap;

use chalice_config::{
    AliasName, AuthType, DeadLetter, Efs, EnvironmentVariables, EphemeralStorage, FunctionUrlCors,
    IamRoleArn, InvokeMode, KmsKeyArn, LambdaArchitecture, LambdaMemorySize, LambdaTimeout, Layers,
    LogFormat, ReservedConcurrency, SnapStart, Vpc,
};

use super::{LogGroup, Role};
use crate::Id;

/// A Lambda function (AWS Lambda, "CreateFunction"). Its runtime is `provided.al2023`, its code the
/// package of the app.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Function {
    /// Its name within the app, which is also its handler: the app's binary serves the function of
    /// that name.
    pub name: String,
    /// Its name in AWS: `<app>-<stage>-<name>`, and `<app>-<stage>` for the one that answers the routes.
    pub function_name: String,
    /// What AWS shows beside it.
    pub description: Option<String>,
    /// Its variables.
    pub environment_variables: EnvironmentVariables,
    /// Its tags, the framework's own included.
    pub tags: BTreeMap<String, String>,
    /// How long an invocation may take.
    pub timeout: LambdaTimeout,
    /// How much memory there is.
    pub memory_size: LambdaMemorySize,
    /// How large `/tmp` is.
    pub ephemeral_storage: EphemeralStorage,
    /// The processor.
    pub architecture: LambdaArchitecture,
    /// How many invocations may run at once; without, nothing is reserved.
    pub reserved_concurrency: Option<ReservedConcurrency>,
    /// The layers.
    pub layers: Layers,
    /// Its execution role.
    pub role: FunctionRole,
    /// Whether the code declares what it may do, by grants of its own, of its blueprints or of the app.
    pub has_grants: bool,
    /// The VPC, if it is connected to one.
    pub vpc: Option<Vpc>,
    /// The file system that it mounts.
    pub efs: Option<Efs>,
    /// Whether AWS X-Ray traces it (`TracingConfig`: `Active`, else `PassThrough`).
    pub xray: bool,
    /// The form of its log.
    pub log_format: LogFormat,
    /// Its log group, if that is created with the app.
    pub log_group: Option<Id<LogGroup>>,
    /// The key that encrypts its variables; without, AWS Lambda's own.
    pub kms_key_arn: Option<KmsKeyArn>,
    /// Where events of asynchronous invocations go that failed for good.
    pub dead_letter: Option<DeadLetter>,
    /// The ARN of where records of asynchronous invocations go that failed for good
    /// (AWS Lambda, "Capturing records of Lambda asynchronous invocations").
    pub on_failure: Option<String>,
    /// Whether it starts from a snapshot.
    pub snap_start: SnapStart,
    /// The alias through which it is invoked, if it has one; else it is invoked unqualified.
    pub alias: Option<Alias>,
    /// Its URL.
    pub url: Option<Url>,
}

impl Function {
    /// The name of the log group to which AWS Lambda writes what it prints.
    pub fn log_group_name(&self) -> String {
        format!("/aws/lambda/{}", self.function_name)
    }
}

/// An alias of a function's newest version (AWS Lambda, "Create an alias for a Lambda function").
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alias {
    /// Its name.
    pub name: AliasName,
    /// How many execution environments are kept ready for it.
    pub provisioned_concurrent_executions: Option<u32>,
}

/// The role that a function has while it runs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FunctionRole {
    /// One that is created with the app.
    Managed(Id<Role>),
    /// One that exists.
    Existing(IamRoleArn),
}

/// A function's URL (AWS Lambda, "Creating and managing Lambda function URLs").
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Url {
    /// Who may call it.
    pub auth_type: AuthType,
    /// How it answers.
    pub invoke_mode: InvokeMode,
    /// CORS as the URL itself does it; without, the app's own.
    pub cors: Option<FunctionUrlCors>,
}
