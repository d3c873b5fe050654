//! `AWS::Serverless::Function`

use chalice_config::{AuthType, DeadLetterTarget, InvokeMode, LogFormat, SnapStart};
use chalice_resources::{Function, Url};
use serde_json::{Value, json};

use crate::{
    CODE_URI, SamError,
    intrinsic::{attribute, variable},
    logical_id::function_id,
    writer::{Writer, set},
};

/// The size of `/tmp`, in megabytes, of which nothing is said (AWS Lambda, "Configure ephemeral storage").
const DEFAULT_EPHEMERAL_STORAGE: u16 = 512;

impl Writer<'_> {
    pub(crate) fn functions(&mut self) -> Result<(), SamError> {
        for (function_ref, function) in self.resources.functions.entries() {
            let id = function_id(&function.name);
            let mut properties = json!({
                "Runtime": "provided.al2023",
                "Handler": function.name,
                "CodeUri": CODE_URI,
                "Tags": function.tags,
                "Tracing": if function.xray { "Active" } else { "PassThrough" },
                "Timeout": function.timeout.duration().as_secs(),
                "MemorySize": function.memory_size.megabytes(),
                "Architectures": [function.architecture.as_str()],
                "Role": self.role(&function.role),
            });
            self.settings(function, &mut properties);
            let events = self.events(function_ref);
            if !events.is_empty() {
                properties["Events"] = events.into();
            }
            let subject = format!("the function `{}`", function.name);
            self.add(&id, subject, "AWS::Serverless::Function", properties)?;
            self.event_rules(function_ref)?;
            if function.alias.is_some() {
                // The version and the alias.
                self.count(2);
            }
            if let Some(url) = &function.url {
                self.count(if url.auth_type == AuthType::None {
                    3
                } else {
                    1
                });
                let name = format!("{id}Url");
                let value = attribute(&name, "FunctionUrl");
                self.output(name, value);
            }
        }
        Ok(())
    }

    /// What most functions have not.
    fn settings(&mut self, function: &Function, properties: &mut Value) {
        set(properties, "Description", function.description.as_deref());
        let mut variables = function.environment_variables.iter().peekable();
        if variables.peek().is_some() {
            let variables =
                variables.map(|(name, value)| (name.to_owned(), variable(value).into()));
            properties["Environment"] = json!({ "Variables": Value::Object(variables.collect()) });
        }
        let storage = function.ephemeral_storage.megabytes();
        if storage != DEFAULT_EPHEMERAL_STORAGE {
            properties["EphemeralStorage"] = json!({ "Size": storage });
        }
        let reserved = function.reserved_concurrency;
        let reserved = reserved.map(|reserved| reserved.executions());
        set(properties, "ReservedConcurrentExecutions", reserved);
        let layers: Vec<&str> = function.layers.iter().map(|layer| layer.as_str()).collect();
        set(properties, "Layers", (!layers.is_empty()).then_some(layers));
        if let Some(vpc) = &function.vpc {
            let groups = vpc.security_group_ids.iter().map(|id| id.as_str());
            let subnets = vpc.subnet_ids.iter().map(|id| id.as_str());
            properties["VpcConfig"] = json!({
                "SecurityGroupIds": groups.collect::<Vec<_>>(),
                "SubnetIds": subnets.collect::<Vec<_>>(),
            });
        }
        if let Some(efs) = &function.efs {
            properties["FileSystemConfigs"] = json!([{
                "Arn": efs.access_point_arn.as_str(),
                "LocalMountPath": efs.local_mount_path.as_str(),
            }]);
        }
        if let LogFormat::Json {
            application_level,
            system_level,
        } = function.log_format
        {
            properties["LoggingConfig"] = json!({
                "LogFormat": "JSON",
                "ApplicationLogLevel": application_level.as_str(),
                "SystemLogLevel": system_level.as_str(),
            });
        }
        let key = function.kms_key_arn.as_ref();
        set(properties, "KmsKeyArn", key.map(|key| key.as_str()));
        if let Some(dead_letter) = &function.dead_letter {
            let kind = match dead_letter.target() {
                DeadLetterTarget::Queue => "SQS",
                DeadLetterTarget::Topic => "SNS",
            };
            properties["DeadLetterQueue"] =
                json!({ "Type": kind, "TargetArn": dead_letter.as_str() });
        }
        if let Some(destination) = &function.on_failure {
            properties["EventInvokeConfig"] =
                json!({ "DestinationConfig": { "OnFailure": on_failure(destination) } });
            self.count(1);
        }
        if function.snap_start == SnapStart::PublishedVersions {
            properties["SnapStart"] = json!({ "ApplyOn": function.snap_start.as_str() });
        }
        if let Some(alias) = &function.alias {
            properties["AutoPublishAlias"] = alias.name.as_str().into();
            // Else a new version is published for new code alone, and the alias keeps old variables.
            properties["AutoPublishAliasAllProperties"] = true.into();
            if let Some(executions) = alias.provisioned_concurrent_executions {
                properties["ProvisionedConcurrencyConfig"] =
                    json!({ "ProvisionedConcurrentExecutions": executions });
            }
        }
        if let Some(url) = &function.url {
            properties["FunctionUrlConfig"] = function_url(url);
        }
    }
}

/// SAM wants to know what kind of destination an ARN is of.
fn on_failure(destination: &str) -> Value {
    let kind = match destination.split(':').nth(2) {
        Some("sns") => "SNS",
        Some("lambda") => "Lambda",
        Some("events") => "EventBridge",
        Some("s3") => "S3Bucket",
        _ => "SQS",
    };
    json!({ "Type": kind, "Destination": destination })
}

/// SAM adds the permissions for URLs that everybody may call.
fn function_url(url: &Url) -> Value {
    let mut config = json!({ "AuthType": url.auth_type.as_str() });
    if url.invoke_mode != InvokeMode::Buffered {
        config["InvokeMode"] = url.invoke_mode.as_str().into();
    }
    let Some(cors) = &url.cors else {
        return config;
    };
    let mut settings = json!({ "AllowCredentials": cors.allow_credentials });
    for (name, list) in [
        ("AllowHeaders", &cors.allow_headers),
        ("AllowMethods", &cors.allow_methods),
        ("AllowOrigins", &cors.allow_origins),
        ("ExposeHeaders", &cors.expose_headers),
    ] {
        set(
            &mut settings,
            name,
            (!list.is_empty()).then(|| list.clone()),
        );
    }
    set(&mut settings, "MaxAge", cors.max_age);
    config["Cors"] = settings;
    config
}
