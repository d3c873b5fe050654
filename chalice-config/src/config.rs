//! The file.

use std::{collections::BTreeMap, fs, path::Path};

use serde_json::Value;

use crate::{ApiGatewayStage, ConfigError, FunctionSettings, Problem, Stage, section::Section};

/// Where a project has its configuration.
pub const PATH: &str = ".chalice/config.json";

/// A project's configuration.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Config {
    /// What stands at the top.
    pub(crate) top: Scope,
    /// What stands in `stages`, by the stage's name.
    pub(crate) stages: BTreeMap<String, Scope>,
}

/// The top of the file, or one of its stages: both have settings for all functions, for
/// single ones, and for the API.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Scope {
    pub(crate) settings: FunctionSettings,
    /// `lambda_functions`, by the function's name.
    pub(crate) functions: BTreeMap<String, FunctionSettings>,
    pub(crate) api_gateway_stage: Option<ApiGatewayStage>,
}

impl Config {
    /// Reads the configuration of the project in that directory, where its Cargo.toml is.
    ///
    /// # Errors
    ///
    /// When there is no file, or it is no configuration: with all that is wrong.
    pub fn load(project_dir: &Path) -> Result<Config, ConfigError> {
        let path = project_dir.join(PATH);
        match fs::read_to_string(&path) {
            Ok(text) => Config::parse(&path, &text),
            Err(reason) => Err(ConfigError::Unreadable { path, reason }),
        }
    }

    /// Reads the text of a configuration; errors name `path` as its file.
    ///
    /// # Errors
    ///
    /// When it is no configuration: with all that is wrong.
    pub fn parse(path: &Path, text: &str) -> Result<Config, ConfigError> {
        let path = || path.to_owned();
        let value: Value = serde_json::from_str(text).map_err(|reason| ConfigError::NotJson {
            path: path(),
            reason,
        })?;
        let mut problems = Vec::new();
        let config = Section::root(&value, &mut problems)
            .map(|root| Config::read(&root, &mut problems))
            .unwrap_or_default();
        match problems.is_empty() {
            true => Ok(config),
            false => Err(ConfigError::Invalid {
                path: path(),
                problems,
            }),
        }
    }

    fn read(root: &Section<'_>, problems: &mut Vec<Problem>) -> Config {
        let top = Scope::read(root, problems);
        let stages = root.section("stages", problems);
        let stages = stages.map(|stages| stages.sections(problems));
        Config {
            top,
            stages: stages
                .unwrap_or_default()
                .into_iter()
                .map(|(name, stage)| (name.to_owned(), Scope::read(&stage, problems)))
                .collect(),
        }
    }

    /// The names of the stages that the file lists.
    pub fn stages(&self) -> impl Iterator<Item = &str> {
        self.stages.keys().map(String::as_str)
    }

    /// The stage of that name. One that the file does not list has what stands at the
    /// top, as for AWS Chalice.
    pub fn stage(&self, name: &str) -> Stage<'_> {
        Stage::new(&self.top, self.stages.get(name))
    }
}

impl Scope {
    fn read(section: &Section<'_>, problems: &mut Vec<Problem>) -> Scope {
        let settings = FunctionSettings::read(section, problems);
        let functions = section.section("lambda_functions", problems);
        let functions = functions.map(|functions| functions.sections(problems));
        Scope {
            settings,
            functions: functions
                .unwrap_or_default()
                .into_iter()
                .map(|(name, function)| {
                    (name.to_owned(), FunctionSettings::read(&function, problems))
                })
                .collect(),
            api_gateway_stage: section.setting(
                "api_gateway_stage",
                problems,
                ApiGatewayStage::read,
            ),
        }
    }
}
