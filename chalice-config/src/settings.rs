//! The settings that stand in one place of the file.

use crate::{
    AccessLog, ApiGatewayPolicyFile, ApiGatewayStage, ApiType, CustomDomain, DeadLetter, Efs,
    EndpointType, EnvironmentVariables, EphemeralStorage, ExecutionRoles, FunctionUrl,
    IamPolicyFile, IamRoleArn, KmsKeyArn, LambdaArchitecture, LambdaMemorySize, LambdaTimeout,
    Layers, LogFormat, LogRetention, MinimumCompressionSize, PackageFiles, PermissionsBoundary,
    Problem, ProvisionedConcurrency, RequestValidation, ReservedConcurrency, RolePath, S3Events,
    SecurityGroupIds, SnapStart, StateBucket, SubnetIds, Tags, Throttling, VpcEndpointIds,
    key::{ANYWHERE, FUNCTION, Key, TOP_AND_STAGE},
    reading::{Section, Setting},
};

/// Defines settings: a field each, the table of their keys, how they are read and put together.
macro_rules! settings {
    (
        $(#[$meta:meta])*
        struct $Name:ident {
            $( $(#[doc = $meaning:literal])+ $key:ident: $Type:ty, $places:ident; )+
        }
    ) => {
        $(#[$meta])*
        #[derive(Clone, Debug, Default, PartialEq)]
        pub(crate) struct $Name {
            $( $(#[doc = $meaning])+ pub(crate) $key: Option<$Type>, )+
        }

        impl $Name {
            /// The keys.
            pub(crate) const KEYS: &'static [Key] = &[
                $( Key {
                    name: stringify!($key),
                    places: $places,
                    meaning: concat!($($meaning, "\n"),+),
                    schema: <$Type as Setting>::schema,
                }, )+
            ];

            pub(crate) fn read(section: &Section<'_>, problems: &mut Vec<Problem>) -> $Name {
                $Name { $( $key: section.setting(stringify!($key), problems), )+ }
            }

            /// Adds the settings of a place that is nearer to the function.
            pub(crate) fn override_with(&mut self, nearer: &$Name) {
                $( self.$key = match (nearer.$key.clone(), self.$key.take()) {
                    (Some(nearer), Some(outer)) => Some(nearer.within(outer)),
                    (nearer, outer) => nearer.or(outer),
                }; )+
            }

            /// Whether the setting stands here.
            pub(crate) fn has(&self, key: &str) -> bool {
                match key {
                    $( stringify!($key) => self.$key.is_some(), )+
                    _ => false,
                }
            }
        }
    };
}

settings! {
    /// Settings of a stage as a whole and of its APIs, as the top of the file or a stage has them.
    struct ApiSettings {
        /// What the routes become: a REST API (`rest`, the default) or an HTTP API (`http`).
        api_type: ApiType, TOP_AND_STAGE;
        /// The name of the API's stage, the first part of its URLs. Default: `api`.
        api_gateway_stage: ApiGatewayStage, TOP_AND_STAGE;
        /// Where the REST API is reached: `EDGE` (the default), `REGIONAL` or `PRIVATE`.
        api_gateway_endpoint_type: EndpointType, TOP_AND_STAGE;
        /// The VPC endpoints, one or a list, through which a private REST API is called.
        api_gateway_endpoint_vpce: VpcEndpointIds, TOP_AND_STAGE;
        /// The file with the resource policy of the REST API, relative to the folder `.chalice`.
        api_gateway_policy_file: ApiGatewayPolicyFile, TOP_AND_STAGE;
        /// The domain of the REST or HTTP API.
        api_gateway_custom_domain: CustomDomain, TOP_AND_STAGE;
        /// The domain of the WebSocket API.
        websocket_api_custom_domain: CustomDomain, TOP_AND_STAGE;
        /// The size in bytes from which on the REST API compresses answers. Default: none.
        minimum_compression_size: MinimumCompressionSize, TOP_AND_STAGE;
        /// A line for each request to the API: where to, and what it consists of. Default: none.
        access_log: AccessLog, TOP_AND_STAGE;
        /// What the REST API refuses with 400 before the function is invoked: `none` (the default), `body`,
        /// by the schemas of `Json<T>`, `parameters` that a query string has to have, or `all`.
        request_validation: RequestValidation, TOP_AND_STAGE;
        /// How many requests the API lets through. Default: the limits of the account.
        throttling: Throttling, TOP_AND_STAGE;
        /// The processors of the functions: `x86_64` (the default) or `arm64`.
        lambda_architecture: LambdaArchitecture, TOP_AND_STAGE;
        /// Files and folders of the project, relative to its Cargo.toml, that the functions find in the
        /// folder in which they run. Default: none, the executable is all.
        package_files: PackageFiles, TOP_AND_STAGE;
        /// Whose roles are: `per_function`, each with what that function needs, on what it needs it; or
        /// `shared` (the default): one for all, as AWS Chalice has it, with its statements.
        execution_roles: ExecutionRoles, TOP_AND_STAGE;
        /// How events of buckets reach the functions: by `notification` (the default), which is set at each bucket, or
        /// by rules of Amazon EventBridge (`eventbridge`), for buckets that send it their events.
        s3_events: S3Events, TOP_AND_STAGE;
        /// The bucket of Amazon S3 that keeps what `cargo chalice deploy` has deployed, for those who deploy from
        /// several machines. Default: none, the file `.chalice/deployed/<stage>.json`.
        state_bucket: StateBucket, TOP_AND_STAGE;
        /// For AWS Chalice, whether dependencies are a layer. Here they are in the binary: it has no effect.
        automatic_layer: bool, TOP_AND_STAGE;
    }
}

settings! {
    /// Settings of functions, as one place of the file has them: for every function of
    /// the app, for those of a stage, or for one function.
    struct FunctionSettings {
        /// What a function finds in its environment: texts, or references to parameters and secrets.
        /// Those of all places are merged.
        environment_variables: EnvironmentVariables, ANYWHERE;
        /// The tags of the functions. Those of all places are merged.
        tags: Tags, ANYWHERE;
        /// For how many seconds an invocation may run, 1 to 900. Default: 60.
        lambda_timeout: LambdaTimeout, ANYWHERE;
        /// A function's memory in MB, 128 to 10240, and with it its share of processors. Default: 128.
        lambda_memory_size: LambdaMemorySize, ANYWHERE;
        /// The size of a function's /tmp in MB, 512 to 10240. Default: 512.
        ephemeral_storage: EphemeralStorage, ANYWHERE;
        /// How many invocations may run at once, taken from the account's; 0 stops the function.
        reserved_concurrency: ReservedConcurrency, ANYWHERE;
        /// How many execution environments are kept ready behind an alias (default: `live`).
        provisioned_concurrency: ProvisionedConcurrency, ANYWHERE;
        /// Whether published versions start from a snapshot. AWS Lambda documents it for other
        /// runtimes than that of Rust.
        snap_start: SnapStart, ANYWHERE;
        /// The layers, at most 5, that are unpacked into /opt.
        layers: Layers, ANYWHERE;
        /// Whether the role's policy is worked out from the app (the default) or stands in `iam_policy_file`.
        autogen_policy: bool, ANYWHERE;
        /// The file with the policy of the role, relative to the folder `.chalice`, where `autogen_policy`
        /// is false. Default: `policy-<stage>.json`.
        iam_policy_file: IamPolicyFile, ANYWHERE;
        /// Whether roles are created with the app (the default), or `iam_role_arn` names one.
        manage_iam_role: bool, ANYWHERE;
        /// The role of the functions, where `manage_iam_role` is false.
        iam_role_arn: IamRoleArn, ANYWHERE;
        /// The policy that limits what roles of the app can permit.
        permissions_boundary: PermissionsBoundary, ANYWHERE;
        /// The path of the roles of the app, such as `/apps/`. Default: `/`.
        role_path: RolePath, ANYWHERE;
        /// The subnets of the functions; with `security_group_ids`.
        subnet_ids: SubnetIds, ANYWHERE;
        /// The security groups of the functions; with `subnet_ids`.
        security_group_ids: SecurityGroupIds, ANYWHERE;
        /// The file system that is mounted; needs `subnet_ids` and `security_group_ids`.
        efs: Efs, ANYWHERE;
        /// Whether invocations and requests to the REST API are traced by AWS X-Ray. Default: false.
        xray: bool, ANYWHERE;
        /// The form of the log: `text` (the default), `json`, or an object with levels for JSON.
        log_format: LogFormat, ANYWHERE;
        /// For how many days the log is kept. Default: for ever.
        log_retention_in_days: LogRetention, ANYWHERE;
        /// The key of AWS KMS that encrypts environment variables. Default: AWS Lambda's own.
        kms_key_arn: KmsKeyArn, ANYWHERE;
        /// The queue or topic that gets events which failed for good.
        dead_letter: DeadLetter, ANYWHERE;
        /// An HTTPS endpoint of the function alone. Only with a function, since it may open it to everybody.
        function_url: FunctionUrl, FUNCTION;
    }
}
