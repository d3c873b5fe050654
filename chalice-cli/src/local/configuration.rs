//! What `.chalice/config.json` says of the stage that runs on this machine.

use std::collections::BTreeSet;
use std::path::Path;

use chalice_config::{AppName, CommandLine, Config, EnvironmentValue, PATH, Stage};
use chalice_core::manifest::model::Manifest;

use crate::app_build::App;
use crate::{Error, stage_configuration};

/// The configuration of a stage.
pub(super) struct Configuration {
    stage: Stage,
    notices: Vec<String>,
    /// The file, by which another one is noticed.
    file: Option<Vec<u8>>,
}

/// Refuses a configuration that is none, before the app is built.
pub(super) fn check(app: &App, stage: &str) -> Result<(), Error> {
    stage_configuration::load(app.directory(), stage, CommandLine::default())?;
    Ok(())
}

impl Configuration {
    /// Reads what the project's file says of that stage; without a file, it has the defaults.
    pub(super) fn read(
        app: &App,
        stage: &str,
        manifest: &Manifest,
    ) -> Result<Configuration, Error> {
        let file = file(app.directory());
        let functions = manifest.functions.iter();
        let functions: Vec<&str> = functions.map(|function| function.name.as_str()).collect();
        let loaded = stage_configuration::load(app.directory(), stage, CommandLine::default())?;
        let (stage, mut notices) = match loaded {
            Some(stage) => {
                let notices = stage_configuration::notices(&stage, &functions)?;
                (stage, notices)
            }
            None => {
                let app_name = AppName::new(manifest.app.name.as_str())?;
                (Config::of_app(app_name).stage(stage)?, Vec::new())
            }
        };
        let is_set = |name: &str| std::env::var_os(name).is_some();
        notices.extend(unknown_values(&stage, &functions, is_set));
        Ok(Configuration {
            stage,
            notices,
            file,
        })
    }

    /// The stage.
    pub(super) fn stage(&self) -> &Stage {
        &self.stage
    }

    /// What the developer should know about it, one sentence each.
    pub(super) fn notices(&self) -> &[String] {
        &self.notices
    }

    /// Whether the app's file is still the same.
    pub(super) fn is_of(&self, app: &App) -> bool {
        self.file == file(app.directory())
    }
}

/// The contents of the file, if there is one.
fn file(project: &Path) -> Option<Vec<u8>> {
    std::fs::read(project.join(PATH)).ok()
}

/// Says which variables have their values from AWS, unless they are in this environment.
fn unknown_values(
    stage: &Stage,
    functions: &[&str],
    is_set: impl Fn(&str) -> bool,
) -> BTreeSet<String> {
    let mut sentences = BTreeSet::new();
    for function in functions {
        let variables = stage.function(function).environment_variables;
        for (name, value) in variables.iter().filter(|(name, _)| !is_set(name)) {
            let service = match value {
                EnvironmentValue::Text(_) => continue,
                EnvironmentValue::Ssm(_) => "Parameter Store",
                EnvironmentValue::SecretsManager(_) => "AWS Secrets Manager",
            };
            sentences.insert(format!(
                "`{name}` has its value from {service} when the stage is deployed, and is not set on this machine: set \
                 the environment variable {name} for this command"
            ));
        }
    }
    sentences
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_that_are_on_aws_alone() {
        let text = r#"{"version": "2.0", "app_name": "a",
            "environment_variables": {"TABLE": "t", "RATES": {"ssm": "/rates"}, "TOKEN": {"secrets_manager": "s"}}}"#;
        let stage = Config::parse(Path::new(PATH), text).unwrap().stage("dev");
        let sentences = unknown_values(&stage.unwrap(), &["f", "g"], |name| name == "TOKEN");
        let sentences: Vec<String> = sentences.into_iter().collect();
        assert_eq!(
            sentences,
            [
                "`RATES` has its value from Parameter Store when the stage is deployed, and is not set on this machine: \
                 set the environment variable RATES for this command"
            ]
        );
    }
}
