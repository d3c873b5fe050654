//! Lambda functions, with their aliases and destinations.

use chalice_config::{LogFormat, SnapStart};
use chalice_resources::{Alias, Function, FunctionRole, Id};
use serde_json::{Map, Value, json};

use crate::{
    TerraformError,
    expression::{Address, literal},
    template::Template,
};

/// The runtime of executables (AWS Lambda, "Building Lambda functions with Rust").
const RUNTIME: &str = "provided.al2023";

/// The functions' code, beside the configuration.
const PACKAGE: &str = "${path.module}/deployment.zip";

const PACKAGE_HASH: &str = "${filebase64sha256(\"${path.module}/deployment.zip\")}";

impl Template<'_> {
    pub(crate) fn functions(&mut self) -> Result<(), TerraformError> {
        for function in self.resources.functions.iter() {
            let arguments = self.function(function);
            self.add(&address(function), arguments)?;
            if let Some(alias) = &function.alias {
                self.alias(function, alias)?;
            }
            if let Some(url) = &function.url {
                self.function_url(function, url)?;
            }
            if let Some(destination) = &function.on_failure {
                let mut arguments = invoked(function);
                arguments["destination_config"] =
                    json!({ "on_failure": { "destination": literal(destination) } });
                let kind = "aws_lambda_function_event_invoke_config";
                self.add(&Address::new(kind, &function.name), arguments)?;
            }
        }
        Ok(())
    }

    /// What the provider keeps when a configuration stops to mention it, or suppresses the
    /// change of, is always there: so that taking a setting back takes it back on AWS.
    fn function(&mut self, function: &Function) -> Value {
        let mut arguments = json!({
            "function_name": literal(&function.function_name),
            "runtime": RUNTIME,
            "handler": literal(&function.name),
            "filename": PACKAGE,
            "source_code_hash": PACKAGE_HASH,
            "role": self.role_arn(&function.role),
            "architectures": [function.architecture.as_str()],
            "memory_size": function.memory_size.megabytes(),
            "timeout": function.timeout.duration().as_secs(),
            "tags": tags(function.tags.iter()),
            "ephemeral_storage": { "size": function.ephemeral_storage.megabytes() },
            "tracing_config": { "mode": if function.xray { "Active" } else { "PassThrough" } },
            "logging_config": self.logging(function),
        });
        let layers: Vec<String> = function
            .layers
            .iter()
            .map(|layer| literal(layer.as_str()))
            .collect();
        let optional = [
            (
                "description",
                function.description.as_deref().map(|it| literal(it).into()),
            ),
            ("environment", self.environment(function)),
            (
                "reserved_concurrent_executions",
                function
                    .reserved_concurrency
                    .map(|it| it.executions().into()),
            ),
            ("layers", (!layers.is_empty()).then(|| json!(layers))),
            ("vpc_config", vpc(function)),
            (
                "file_system_config",
                function.efs.as_ref().map(|efs| {
                    json!({
                        "arn": literal(efs.access_point_arn.as_str()),
                        "local_mount_path": literal(efs.local_mount_path.as_str()),
                    })
                }),
            ),
            (
                "kms_key_arn",
                function
                    .kms_key_arn
                    .as_ref()
                    .map(|it| literal(it.as_str()).into()),
            ),
            (
                "dead_letter_config",
                function
                    .dead_letter
                    .as_ref()
                    .map(|it| json!({ "target_arn": literal(it.as_str()) })),
            ),
            (
                "snap_start",
                (function.snap_start == SnapStart::PublishedVersions)
                    .then(|| json!({ "apply_on": function.snap_start.as_str() })),
            ),
            // Aliases are of published versions.
            ("publish", function.alias.as_ref().map(|_| true.into())),
            ("depends_on", self.needed_to_create(function)),
        ];
        for (name, value) in optional {
            if let Some(value) = value {
                arguments[name] = value;
            }
        }
        arguments
    }

    fn logging(&self, function: &Function) -> Value {
        let mut logging = match function.log_format {
            LogFormat::Text => json!({ "log_format": "Text" }),
            LogFormat::Json {
                application_level,
                system_level,
            } => json!({
                "log_format": "JSON",
                "application_log_level": application_level.as_str(),
                "system_log_level": system_level.as_str(),
            }),
        };
        // So the group is there before AWS Lambda creates one without retention.
        if let Some(group) = function.log_group {
            logging["log_group"] = self.log_group(group).get("name").into();
        }
        logging
    }

    /// AWS Lambda checks while it creates a function whether its role permits what the function's
    /// settings need: network interfaces, a file system, a dead-letter queue. And while the function
    /// is destroyed, its network interfaces are removed by that role.
    fn needed_to_create(&self, function: &Function) -> Option<Value> {
        let needs =
            function.vpc.is_some() || function.efs.is_some() || function.dead_letter.is_some();
        match function.role {
            FunctionRole::Managed(role) if needs => Some(self.role_policies(role)),
            _ => None,
        }
    }

    fn alias(&mut self, function: &Function, alias: &Alias) -> Result<(), TerraformError> {
        let of = address(function);
        let arguments = json!({
            "name": literal(alias.name.as_str()),
            "function_name": of.get("function_name"),
            "function_version": of.get("version"),
        });
        self.add(&alias_address(function), arguments)?;
        let Some(executions) = alias.provisioned_concurrent_executions else {
            return Ok(());
        };
        let mut arguments = invoked(function);
        arguments["provisioned_concurrent_executions"] = executions.into();
        let kind = "aws_lambda_provisioned_concurrency_config";
        self.add(&Address::new(kind, &function.name), arguments)
    }

    /// The ARN by which a function is invoked: its alias's, if it has one.
    pub(crate) fn invoked_arn(&self, function: Id<Function>) -> String {
        self.invoked_by(function).get("arn")
    }

    /// What has the ARN and the URI by which a function is invoked.
    pub(crate) fn invoked_by(&self, function: Id<Function>) -> Address {
        qualified(&self.resources.functions[function])
    }
}

/// The alias of a function, or else the function.
pub(crate) fn qualified(function: &Function) -> Address {
    match function.alias {
        Some(_) => alias_address(function),
        None => address(function),
    }
}

pub(crate) fn address(function: &Function) -> Address {
    Address::new("aws_lambda_function", &function.name)
}

fn alias_address(function: &Function) -> Address {
    Address::new("aws_lambda_alias", &function.name)
}

/// The function, qualified by its alias if it has one.
pub(crate) fn invoked(function: &Function) -> Value {
    let mut arguments = json!({ "function_name": address(function).get("function_name") });
    if function.alias.is_some() {
        arguments["qualifier"] = alias_address(function).get("name").into();
    }
    arguments
}

/// Tags, whose keys are texts as well.
pub(crate) fn tags<K: AsRef<str>, V: AsRef<str>>(
    tags: impl Iterator<Item = (K, V)>,
) -> Map<String, Value> {
    tags.map(|(key, value)| (literal(key.as_ref()), literal(value.as_ref()).into()))
        .collect()
}

fn vpc(function: &Function) -> Option<Value> {
    let vpc = function.vpc.as_ref()?;
    let subnets = vpc.subnet_ids.iter().map(|id| literal(id.as_str()));
    let groups = vpc.security_group_ids.iter().map(|id| literal(id.as_str()));
    Some(json!({
        "subnet_ids": subnets.collect::<Vec<_>>(),
        "security_group_ids": groups.collect::<Vec<_>>(),
    }))
}
