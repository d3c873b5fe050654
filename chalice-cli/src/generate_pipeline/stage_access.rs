//! What the deployment of a stage does on AWS because of the stage's configuration.

use std::collections::BTreeSet;

use chalice_config::{EnvironmentValue, FunctionConfiguration, Role, Stage};

/// What the deployment of a stage does beside what every one does.
#[derive(Debug, Default)]
pub(super) struct StageAccess {
    /// Whether functions are connected to VPCs.
    pub(super) vpc: bool,
    /// Whether functions mount file systems.
    pub(super) efs: bool,
    /// Whether APIs write access logs.
    pub(super) access_log: bool,
    /// Whether APIs have domains of their own.
    pub(super) custom_domain: bool,
    /// Names of parameters that become environment variables.
    pub(super) parameters: BTreeSet<String>,
    /// Names or ARNs of secrets that become environment variables.
    pub(super) secrets: BTreeSet<String>,
    /// ARNs of keys that encrypt environment variables.
    pub(super) keys: BTreeSet<String>,
    /// ARNs of roles that are there already.
    pub(super) roles: BTreeSet<String>,
    /// Paths of the names of roles that are created, but for `/`.
    pub(super) role_paths: BTreeSet<String>,
    /// ARNs of layers.
    pub(super) layers: BTreeSet<String>,
}

impl StageAccess {
    /// What the configuration of the stage says.
    pub(super) fn of(stage: &Stage) -> StageAccess {
        let api = stage.api();
        let mut access = StageAccess {
            access_log: api.access_log.is_some(),
            custom_domain: api.custom_domain.is_some() || api.websocket_custom_domain.is_some(),
            ..StageAccess::default()
        };
        access.add(&stage.every_function());
        for name in stage.function_names() {
            access.add(&stage.function(name));
        }
        access
    }

    fn add(&mut self, function: &FunctionConfiguration) {
        self.vpc |= function.vpc.is_some();
        self.efs |= function.efs.is_some();
        for (_, value) in function.environment_variables.iter() {
            match value {
                EnvironmentValue::Text(_) => {}
                EnvironmentValue::Ssm(parameter) => {
                    self.parameters.insert(parameter.name.clone());
                }
                EnvironmentValue::SecretsManager(secret) => {
                    self.secrets.insert(secret.secret_id.clone());
                }
            }
        }
        let key = function.kms_key_arn.as_ref();
        self.keys.extend(key.map(|key| key.as_str().to_owned()));
        let layers = function.layers.iter();
        self.layers.extend(layers.map(|it| it.as_str().to_owned()));
        match &function.role {
            Role::Existing(arn) => {
                self.roles.insert(arn.as_str().to_owned());
            }
            Role::Managed { path, .. } if path.as_str() != "/" => {
                self.role_paths.insert(path.as_str().to_owned());
            }
            Role::Managed { .. } => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use chalice_config::{CommandLine, Config, PATH};

    use super::*;

    fn access(config: &str) -> StageAccess {
        let stage =
            Config::parse_stage(Path::new(PATH), config, "dev", CommandLine::default(), None);
        StageAccess::of(&stage.unwrap())
    }

    #[test]
    fn nothing_by_default() {
        let access = access(r#"{ "version": "2.0", "app_name": "a" }"#);
        assert!(!access.vpc && !access.efs && !access.access_log && !access.custom_domain);
        assert!(access.parameters.is_empty() && access.secrets.is_empty());
        assert!(access.keys.is_empty() && access.roles.is_empty() && access.role_paths.is_empty());
        assert!(access.layers.is_empty());
    }

    #[test]
    fn settings_of_the_stage_and_of_functions() {
        let access = access(
            r#"{ "version": "2.0", "app_name": "a",
                "environment_variables": { "TABLE": { "ssm": "/shop/table" }, "PLAIN": "x" },
                "role_path": "/apps/",
                "lambda_functions": {
                    "sweep": {
                        "environment_variables": { "TOKEN": { "secrets_manager": "shop/token" } },
                        "subnet_ids": ["subnet-0123456789abcdef0"],
                        "security_group_ids": ["sg-0123456789abcdef0"]
                    },
                    "other": { "manage_iam_role": false, "iam_role_arn": "arn:aws:iam::123456789012:role/own" }
                } }"#,
        );
        assert!(access.vpc && !access.efs);
        assert_eq!(Vec::from_iter(access.parameters), ["/shop/table"]);
        assert_eq!(Vec::from_iter(access.secrets), ["shop/token"]);
        assert_eq!(Vec::from_iter(access.role_paths), ["/apps/"]);
        assert_eq!(
            Vec::from_iter(access.roles),
            ["arn:aws:iam::123456789012:role/own"]
        );
    }
}
