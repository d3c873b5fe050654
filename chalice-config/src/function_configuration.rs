//! What a function of a stage is deployed with.

use crate::{
    AliasName, DeadLetter, Efs, EnvironmentVariables, EphemeralStorage, FunctionSettings,
    FunctionUrl, IamPolicyFile, IamRoleArn, KmsKeyArn, LambdaArchitecture, LambdaMemorySize,
    LambdaTimeout, Layers, LogFormat, LogRetention, PermissionsBoundary, ProvisionedConcurrency,
    ReservedConcurrency, RolePath, SnapStart, Tags, Vpc,
};

/// What a function of a stage is deployed with, of all places that say something about it.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct FunctionConfiguration {
    /// Its variables.
    pub environment_variables: EnvironmentVariables,
    /// Its tags, without the framework's own.
    pub tags: Tags,
    /// How long an invocation may take.
    pub lambda_timeout: LambdaTimeout,
    /// How much memory there is.
    pub lambda_memory_size: LambdaMemorySize,
    /// How large `/tmp` is.
    pub ephemeral_storage: EphemeralStorage,
    /// The processor: that of all functions of the stage.
    pub lambda_architecture: LambdaArchitecture,
    /// How many invocations may run at once; without, nothing is reserved.
    pub reserved_concurrency: Option<ReservedConcurrency>,
    /// What is kept ready; without, nothing.
    pub provisioned_concurrency: Option<ProvisionedConcurrency>,
    /// Whether it starts from a snapshot.
    pub snap_start: SnapStart,
    /// The layers.
    pub layers: Layers,
    /// The role.
    pub role: Role,
    /// The VPC, if it is connected to one.
    pub vpc: Option<Vpc>,
    /// The file system that it mounts.
    pub efs: Option<Efs>,
    /// Whether invocations are traced.
    pub xray: bool,
    /// The form of its log.
    pub log_format: LogFormat,
    /// For how long its log is kept; without, for ever, and the log group is AWS Lambda's to create.
    pub log_retention_in_days: Option<LogRetention>,
    /// The key that encrypts the variables; without, AWS Lambda's own.
    pub kms_key_arn: Option<KmsKeyArn>,
    /// Where events go that failed for good.
    pub dead_letter: Option<DeadLetter>,
    /// Its URL, if it has one.
    pub function_url: Option<FunctionUrl>,
}

/// The IAM role of a function.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Role {
    /// One that is created with the app. Functions whose roles are equal, with a generated
    /// policy, share one.
    Managed {
        /// What it permits.
        policy: RolePolicy,
        /// What limits that.
        permissions_boundary: Option<PermissionsBoundary>,
        /// The path of its name.
        path: RolePath,
    },
    /// One that exists.
    Existing(IamRoleArn),
}

/// Where a managed role has its policy from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RolePolicy {
    /// It is worked out from the app.
    Generated,
    /// A file.
    File(IamPolicyFile),
}

impl FunctionConfiguration {
    /// The alias through which the function is invoked, if it has one: of provisioned concurrency, or
    /// for the published version that starts from a snapshot.
    pub fn alias(&self) -> Option<AliasName> {
        match (&self.provisioned_concurrency, self.snap_start) {
            (Some(provisioned), _) => Some(provisioned.alias.clone()),
            (None, SnapStart::PublishedVersions) => Some(AliasName::default()),
            (None, SnapStart::None) => None,
        }
    }

    /// The configuration in which those settings result, in the stage of that name.
    pub(crate) fn new(
        settings: FunctionSettings,
        lambda_architecture: Option<LambdaArchitecture>,
        stage: &str,
    ) -> FunctionConfiguration {
        FunctionConfiguration {
            role: Role::of(&settings, stage),
            vpc: Vpc::of(
                settings.subnet_ids.as_ref(),
                settings.security_group_ids.as_ref(),
            ),
            environment_variables: settings.environment_variables.unwrap_or_default(),
            tags: settings.tags.unwrap_or_default(),
            lambda_timeout: settings.lambda_timeout.unwrap_or(LambdaTimeout::DEFAULT),
            lambda_memory_size: settings
                .lambda_memory_size
                .unwrap_or(LambdaMemorySize::DEFAULT),
            ephemeral_storage: settings
                .ephemeral_storage
                .unwrap_or(EphemeralStorage::DEFAULT),
            lambda_architecture: lambda_architecture.unwrap_or_default(),
            reserved_concurrency: settings.reserved_concurrency,
            provisioned_concurrency: settings.provisioned_concurrency,
            snap_start: settings.snap_start.unwrap_or_default(),
            layers: settings.layers.unwrap_or_default(),
            efs: settings.efs,
            xray: settings.xray.unwrap_or_default(),
            log_format: settings.log_format.unwrap_or_default(),
            log_retention_in_days: settings.log_retention_in_days,
            kms_key_arn: settings.kms_key_arn,
            dead_letter: settings.dead_letter,
            function_url: settings.function_url,
        }
    }
}

impl Role {
    fn of(settings: &FunctionSettings, stage: &str) -> Role {
        if settings.manage_iam_role == Some(false)
            && let Some(arn) = &settings.iam_role_arn
        {
            return Role::Existing(arn.clone());
        }
        let policy = match settings.autogen_policy {
            Some(false) => RolePolicy::File(
                settings
                    .iam_policy_file
                    .clone()
                    .unwrap_or_else(|| IamPolicyFile::of_stage(stage)),
            ),
            _ => RolePolicy::Generated,
        };
        Role::Managed {
            policy,
            permissions_boundary: settings.permissions_boundary.clone(),
            path: settings.role_path.clone().unwrap_or_default(),
        }
    }
}
