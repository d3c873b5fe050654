//! The file.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use serde_json::{Map, Value};

use crate::{
    AppName, CommandLine, ConfigError, Problem, Stage,
    app::{SchemaFile, Version},
    key::Place,
    reading::{Given, KeyPath, Section, json, reference::Names},
    scope::{Scope, check_name},
};

/// Where a project has its configuration.
pub const PATH: &str = ".chalice/config.json";

/// The stage of a file that lists none, as for AWS Chalice.
pub const DEFAULT_STAGE: &str = "dev";

/// A project's configuration.
///
/// Its texts may refer to the stage, so that what it says is known for one stage at a time:
/// [`Config::stage`].
#[derive(Clone)]
pub struct Config {
    path: PathBuf,
    app_name: AppName,
    /// The file, but for its stages.
    top: Value,
    stages: BTreeMap<String, Value>,
}

impl Config {
    /// Reads the configuration of the project in that directory, where its Cargo.toml is, and
    /// checks every value in it. What one value means for another is checked by [`Stage::check`].
    ///
    /// # Errors
    ///
    /// When there is no file, or it is no configuration: with all that is wrong.
    pub fn load(project_dir: &Path) -> Result<Config, ConfigError> {
        let (path, text) = read(project_dir)?;
        Config::parse(&path, &text)
    }

    /// Reads the stage that is to be deployed, of the project in that directory, and checks the whole
    /// file and all that settings of the stage mean for each other, in one go. `functions` are those
    /// of the app, as for [`Stage::check`].
    ///
    /// # Errors
    ///
    /// When there is no file, or it is no configuration, or the stage cannot be deployed: with all
    /// that is wrong.
    pub fn load_stage(
        project_dir: &Path,
        stage: &str,
        command_line: CommandLine,
        functions: Option<&[&str]>,
    ) -> Result<Stage, ConfigError> {
        let (path, text) = read(project_dir)?;
        Config::parse_stage(&path, &text, stage, command_line, functions)
    }

    /// Reads the text of a configuration; errors name `path` as its file, and files that it names
    /// are in the folder of `path`.
    ///
    /// # Errors
    ///
    /// When it is no configuration: with all that is wrong.
    pub fn parse(path: &Path, text: &str) -> Result<Config, ConfigError> {
        let (config, problems) = Config::read(path, text)?;
        ConfigError::of(path, problems)?;
        Ok(config)
    }

    /// As [`Config::load_stage`], of a text.
    ///
    /// # Errors
    ///
    /// As [`Config::load_stage`].
    pub fn parse_stage(
        path: &Path,
        text: &str,
        stage: &str,
        command_line: CommandLine,
        functions: Option<&[&str]>,
    ) -> Result<Stage, ConfigError> {
        let (config, mut problems) = Config::read(path, text)?;
        let stage = config.read_stage(stage, &mut problems);
        let stage = stage.with_command_line(command_line);
        stage.check_beside(functions, &mut problems);
        ConfigError::of(path, problems)?;
        Ok(stage)
    }

    /// The configuration of an app that has no file: all defaults.
    pub fn of_app(app_name: AppName) -> Config {
        Config {
            path: PathBuf::from(PATH),
            app_name,
            top: Value::Object(Map::new()),
            stages: BTreeMap::new(),
        }
    }

    /// The app's name.
    pub fn app_name(&self) -> &AppName {
        &self.app_name
    }

    /// The names of the stages that the file lists.
    pub fn stages(&self) -> impl Iterator<Item = &str> {
        self.stages.keys().map(String::as_str)
    }

    /// The stage of that name. One that the file does not list has what stands at the
    /// top, as for AWS Chalice.
    ///
    /// # Errors
    ///
    /// When the file does not list the stage, and a text that refers to its name is then none that
    /// its setting takes.
    pub fn stage(&self, name: &str) -> Result<Stage, ConfigError> {
        let mut problems = Vec::new();
        let stage = self.read_stage(name, &mut problems);
        ConfigError::of(&self.path, problems)?;
        Ok(stage)
    }

    /// The configuration, as far as it is one, and all that is wrong with its values.
    fn read(path: &Path, text: &str) -> Result<(Config, Vec<Problem>), ConfigError> {
        let mut problems = Vec::new();
        // RFC 8259, section 8.1: whoever reads JSON may pass over the mark that some editors write.
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let value = json::parse(text, &mut problems).map_err(|reason| ConfigError::NotJson {
            path: path.to_owned(),
            reason,
        })?;
        let config = Config::of_value(path, value, &mut problems);
        // A stage that is not listed stands for the others, so that the top is read in any case.
        let default = config.stages.is_empty().then_some(DEFAULT_STAGE);
        for stage in config.stages().chain(default) {
            config.read_stage(stage, &mut problems);
        }
        Ok((config, problems))
    }

    fn of_value(path: &Path, mut value: Value, problems: &mut Vec<Problem>) -> Config {
        let stages = value.as_object_mut().and_then(|top| top.remove("stages"));
        let given = Given {
            path: KeyPath::default(),
            value: &value,
        };
        let app_name = given.section(problems).and_then(|top| {
            top.setting::<SchemaFile>("$schema", problems);
            top.required::<Version>("version", Version::missing(), problems);
            top.required("app_name", AppName::missing(), problems)
        });
        let mut config = Config {
            path: path.to_owned(),
            ..Config::of_app(app_name.unwrap_or_else(AppName::unknown))
        };
        if let Some(stages) = stages.filter(|stages| !stages.is_null()) {
            let given = Given {
                path: KeyPath::default().key("stages"),
                value: &stages,
            };
            let section = given.section(problems);
            for (name, stage) in section.iter().flat_map(Section::all) {
                check_name(name, "stage", &stage, problems);
                config.stages.insert(name.to_owned(), stage.value.clone());
            }
        }
        if value.is_object() {
            config.top = value;
        }
        config
    }

    /// The stage, and what is wrong with its values and those at the top, unless that is
    /// among the problems already.
    fn read_stage(&self, name: &str, problems: &mut Vec<Problem>) -> Stage {
        let names = Names {
            app: self.app_name.as_str(),
            stage: name,
        };
        let mut found = Vec::new();
        let mut read = |path: KeyPath, value: &Value, place| {
            let mut value = value.clone();
            names.fill(&path, &mut value, &mut found);
            let value = &value;
            let section = Given { path, value }.section(&mut found);
            section.map(|section| Scope::read(&section, place, &mut found))
        };
        let top = read(KeyPath::default(), &self.top, Place::Top);
        let path = KeyPath::default().key("stages").key(name);
        let stage = self.stages.get(name);
        let stage = stage.and_then(|stage| read(path, stage, Place::Stage));
        for problem in found {
            let is_known =
                |known: &Problem| known.key == problem.key && known.refusal == problem.refusal;
            if !problems.iter().any(is_known) {
                problems.push(problem);
            }
        }
        let directory = self.path.parent().unwrap_or(Path::new("")).to_owned();
        Stage::new(
            self.path.clone(),
            directory,
            self.app_name.clone(),
            name,
            top.unwrap_or_default(),
            stage,
        )
    }
}

impl std::fmt::Debug for Config {
    // The texts of the file may be secrets.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Config")
            .field("path", &self.path)
            .field("app_name", &self.app_name)
            .field("stages", &self.stages.keys())
            .finish_non_exhaustive()
    }
}

fn read(project_dir: &Path) -> Result<(PathBuf, String), ConfigError> {
    let path = project_dir.join(PATH);
    match fs::read_to_string(&path) {
        Ok(text) => Ok((path, text)),
        Err(reason) => Err(ConfigError::Unreadable { path, reason }),
    }
}
