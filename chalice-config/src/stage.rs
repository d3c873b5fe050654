//! One stage, with the precedence of AWS Chalice.

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
};

use chalice_core::name::API_HANDLER;
use serde_json::Value;

use crate::{
    ApiConfiguration, ApiGatewayPolicyFile, ApiGatewayStage, ApiSettings, AppName, CommandLine,
    ExecutionRoles, FunctionConfiguration, FunctionSettings, IamPolicyFile, LambdaArchitecture,
    PackageFiles, Refusal, S3Events, StateBucket, policy_document::PolicyKind, reading::KeyPath,
    scope::Scope,
};

/// A stage of the app, as the file configures it.
///
/// What stands nearest to a function wins: in the stage for the function, on the command line, in
/// the stage, at the top for the function, at the top. Of environment variables and of tags, each
/// one is looked up so.
#[derive(Clone, Debug)]
pub struct Stage {
    pub(crate) path: PathBuf,
    directory: PathBuf,
    app_name: AppName,
    name: String,
    top: Scope,
    stage: Option<Scope>,
    command_line: CommandLine,
}

impl Stage {
    pub(crate) fn new(
        path: PathBuf,
        directory: PathBuf,
        app_name: AppName,
        name: &str,
        top: Scope,
        stage: Option<Scope>,
    ) -> Stage {
        Stage {
            path,
            directory,
            app_name,
            name: name.to_owned(),
            top,
            stage,
            command_line: CommandLine::default(),
        }
    }

    /// The stage with what the command line says.
    pub fn with_command_line(self, command_line: CommandLine) -> Stage {
        Stage {
            command_line,
            ..self
        }
    }

    /// The app's name.
    pub fn app_name(&self) -> &AppName {
        &self.app_name
    }

    /// The name of the app's stage, which is not that of the API's.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Whether the file lists it.
    pub fn is_listed(&self) -> bool {
        self.stage.is_some()
    }

    /// The name of the API's stage.
    pub fn api_gateway_stage(&self) -> ApiGatewayStage {
        self.api_settings().api_gateway_stage.unwrap_or_default()
    }

    /// The processor of the stage's functions.
    pub fn lambda_architecture(&self) -> LambdaArchitecture {
        self.api_settings().lambda_architecture.unwrap_or_default()
    }

    /// Whose the roles are that are created with the app.
    pub fn execution_roles(&self) -> ExecutionRoles {
        self.api_settings().execution_roles.unwrap_or_default()
    }

    /// By which way the events of buckets reach their functions.
    pub fn s3_events(&self) -> S3Events {
        self.api_settings().s3_events.unwrap_or_default()
    }

    /// The bucket that keeps what is deployed. Without one, a file of the project does.
    pub fn state_bucket(&self) -> Option<StateBucket> {
        self.api_settings().state_bucket
    }

    /// The folder of the configuration, `.chalice`.
    pub fn directory(&self) -> &Path {
        &self.directory
    }

    /// What is packed beside the app's executable.
    pub fn package_files(&self) -> PackageFiles {
        self.api_settings().package_files.unwrap_or_default()
    }

    /// The configuration of the function of that name: `api_handler` answers the routes.
    pub fn function(&self, name: &str) -> FunctionConfiguration {
        self.configuration(self.function_settings(Some(name)))
    }

    /// What functions have of which the file says nothing by name.
    pub fn every_function(&self) -> FunctionConfiguration {
        self.configuration(self.function_settings(None))
    }

    /// The configuration of the stage's APIs.
    pub fn api(&self) -> ApiConfiguration {
        let xray = self.function(API_HANDLER).xray;
        ApiConfiguration::new(self.api_settings(), xray)
    }

    /// The names of the functions for which the file has settings, at the top or in the stage.
    pub fn function_names(&self) -> BTreeSet<&str> {
        [Some(&self.top), self.stage.as_ref()]
            .into_iter()
            .flatten()
            .flat_map(|scope| scope.functions.keys())
            .map(String::as_str)
            .collect()
    }

    /// The policy in that file.
    ///
    /// # Errors
    ///
    /// When there is none, or it is none that IAM takes for a role.
    pub fn role_policy(&self, file: &IamPolicyFile) -> Result<Value, Refusal> {
        PolicyKind::Role.read(&self.directory.join(file.as_str()))
    }

    /// The resource policy in that file.
    ///
    /// # Errors
    ///
    /// When there is none, or it is none that Amazon API Gateway takes.
    pub fn api_policy(&self, file: &ApiGatewayPolicyFile) -> Result<Value, Refusal> {
        PolicyKind::Api.read(&self.directory.join(file.as_str()))
    }

    pub(crate) fn api_settings(&self) -> ApiSettings {
        let mut settings = self.top.api.clone();
        if let Some(stage) = &self.stage {
            settings.override_with(&stage.api);
        }
        settings.override_with(&self.command_line.api_settings());
        settings
    }

    pub(crate) fn function_settings(&self, name: Option<&str>) -> FunctionSettings {
        let of = |scope: &'_ Scope| name.and_then(|name| scope.functions.get(name)).cloned();
        let stage = self.stage.as_ref();
        let mut settings = self.top.settings.clone();
        for nearer in [
            of(&self.top),
            stage.map(|stage| stage.settings.clone()),
            Some(self.command_line.function_settings()),
            stage.and_then(of),
        ] {
            settings.override_with(&nearer.unwrap_or_default());
        }
        settings
    }

    fn configuration(&self, settings: FunctionSettings) -> FunctionConfiguration {
        let architecture = self.api_settings().lambda_architecture;
        FunctionConfiguration::new(settings, architecture, &self.name)
    }

    /// Where the setting stands that wins for the function, or where it would stand in this stage.
    pub(crate) fn place(&self, key: &str, function: Option<&str>) -> String {
        let top = KeyPath::default();
        let own = top.key("stages").key(&self.name);
        let of = |scope: &Scope, path: &KeyPath| {
            let function = function.filter(|name| {
                let settings = scope.functions.get(*name);
                settings.is_some_and(|settings| settings.has(key))
            })?;
            Some(path.key("lambda_functions").key(function))
        };
        let has = |scope: &Scope| scope.settings.has(key) || scope.api.has(key);
        let in_stage = self.stage.as_ref();
        let path = in_stage
            .and_then(|stage| of(stage, &own))
            .or_else(|| in_stage.filter(|stage| has(stage)).map(|_| own.clone()))
            .or_else(|| of(&self.top, &top))
            .or_else(|| has(&self.top).then(|| top.clone()))
            .unwrap_or_else(|| match self.is_listed() {
                true => own,
                false => top,
            });
        path.key(key).to_string()
    }

    /// Where the file has settings for the function of that name.
    pub(crate) fn paths_of_function(&self, name: &str) -> Vec<KeyPath> {
        let top = KeyPath::default();
        let own = top.key("stages").key(&self.name);
        [(Some(&self.top), top), (self.stage.as_ref(), own)]
            .into_iter()
            .filter(|(scope, _)| scope.is_some_and(|scope| scope.functions.contains_key(name)))
            .map(|(_, path)| path.key("lambda_functions").key(name))
            .collect()
    }

    /// The option of the command line that wins over the stage's setting, if there is one.
    pub(crate) fn command_line(&self) -> &CommandLine {
        &self.command_line
    }
}
