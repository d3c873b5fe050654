//! What a pipeline builds and deploys.

use chalice_config::{AppName, CommandLine, Config, DEFAULT_STAGE, LambdaArchitecture, PATH};

use super::repository;
use super::stage_access::StageAccess;
use crate::app_build::{App, AppOptions};
use crate::{Error, stage_configuration};

/// What a pipeline builds and deploys.
#[derive(Debug)]
pub(super) struct Project {
    /// The app's name.
    pub(super) app: String,
    /// Cargo's package.
    pub(super) package: String,
    /// What else selects the app: `--bin` and `--features`.
    pub(super) selection: Vec<String>,
    /// The folder of the workspace in the repository, empty for the repository itself.
    pub(super) folder: String,
    /// The branch that is deployed.
    pub(super) branch: String,
    /// The stages, in the order in which they are deployed: at least one.
    pub(super) stages: Vec<DeployedStage>,
}

/// A stage that a pipeline deploys.
#[derive(Debug)]
pub(super) struct DeployedStage {
    /// Its name.
    pub(super) name: String,
    /// The name of its stack.
    pub(super) stack: String,
    /// The end of the ids of its resources in the pipeline's template.
    pub(super) id: String,
    /// The processor of its functions.
    pub(super) architecture: LambdaArchitecture,
    /// Whether somebody has to approve its changes.
    pub(super) is_approved: bool,
    /// What its deployment does beside what every one does.
    pub(super) access: StageAccess,
}

impl Project {
    /// The app, with these stages: in their order, which is asked for when there are several.
    pub(super) fn of(
        app: &App,
        options: &AppOptions,
        stages: &[String],
        approve: &[String],
        branch: &str,
    ) -> Result<Project, Error> {
        let package = app
            .package()
            .map(|package| package.name.to_string())
            .unwrap_or_default();
        let config = match app.directory().join(PATH).exists() {
            true => Some(Config::load(app.directory())?),
            false => None,
        };
        let name = match &config {
            Some(config) => config.app_name().clone(),
            None => AppName::new(&*package)?,
        };
        check_branch(branch)?;
        let listed: Vec<&str> = config.iter().flat_map(Config::stages).collect();
        let mut deployed: Vec<DeployedStage> = Vec::new();
        for stage in chosen(stages, &listed)? {
            if stage.starts_with('-') {
                return Err(format!(
                    "the stage `{stage}` begins with `-`, and would be an option to the commands of a pipeline: rename it"
                )
                .into());
            }
            let configured =
                stage_configuration::load(app.directory(), &stage, CommandLine::default())?;
            let access = configured.as_ref().map(StageAccess::of).unwrap_or_default();
            let stack = stack_name(name.as_str(), &stage);
            if let Some(other) = deployed.iter().find(|other| other.stack == stack) {
                return Err(match other.name == stage {
                    true => format!("`--stage {stage}` is there twice: a pipeline deploys a stage once"),
                    false => format!(
                        "the stages `{}` and `{stage}` would both be the stack {stack}, since names of stacks have no \
                         `_`: rename one of them",
                        other.name
                    ),
                }
                .into());
            }
            deployed.push(DeployedStage {
                id: stage_id(&stage, &deployed),
                architecture: configured
                    .as_ref()
                    .map(chalice_config::Stage::lambda_architecture)
                    .unwrap_or_default(),
                is_approved: approve.contains(&stage),
                name: stage,
                stack,
                access,
            });
        }
        if let Some(unknown) = approve
            .iter()
            .find(|name| !deployed.iter().any(|stage| stage.name == **name))
        {
            let names: Vec<&str> = deployed.iter().map(|stage| stage.name.as_str()).collect();
            return Err(format!(
                "`--approve {unknown}` is no stage of this pipeline, which deploys {}",
                names.join(", ")
            )
            .into());
        }
        let bin = options
            .bin
            .iter()
            .flat_map(|bin| ["--bin".to_owned(), bin.clone()]);
        let features = (!options.features.is_empty())
            .then(|| ["--features".to_owned(), options.features.join(",")]);
        Ok(Project {
            app: name.as_str().to_owned(),
            package,
            selection: bin.chain(features.into_iter().flatten()).collect(),
            folder: repository::folder_within(&repository::root(app), app.workspace_root())?,
            branch: branch.to_owned(),
            stages: deployed,
        })
    }

    /// A path in the folder of the workspace, as the repository has it.
    pub(super) fn path(&self, path: &str) -> String {
        match self.folder.as_str() {
            "" => path.to_owned(),
            folder => format!("{folder}/{path}"),
        }
    }

    /// Whether all functions of all stages are for that processor.
    pub(super) fn is_all(&self, architecture: LambdaArchitecture) -> bool {
        self.stages.iter().all(|it| it.architecture == architecture)
    }
}

/// The stages that are given, or else the only one that there can be.
fn chosen(given: &[String], listed: &[&str]) -> Result<Vec<String>, Error> {
    match (given, listed) {
        ([], []) => Ok(vec![DEFAULT_STAGE.to_owned()]),
        ([], [only]) => Ok(vec![(*only).to_owned()]),
        ([], listed) => Err(format!(
            "{PATH} lists the stages {}, and names in JSON have no order: say in which one they are deployed, such as `{}`",
            listed.join(", "),
            listed
                .iter()
                .map(|stage| format!("--stage {stage}"))
                .collect::<Vec<_>>()
                .join(" ")
        )
        .into()),
        (given, []) => Ok(given.to_vec()),
        (given, listed) => match given.iter().find(|stage| !listed.contains(&stage.as_str())) {
            None => Ok(given.to_vec()),
            Some(stage) => Err(format!(
                "{PATH} does not list the stage `{stage}`{}; it lists {}: write `\"{stage}\": {{}}` there for one that has nothing of its own",
                chalice_core::suggest::did_you_mean(stage, listed.iter().copied()),
                listed.join(", ")
            )
            .into()),
        },
    }
}

/// Refuses branches whose names mean something to patterns or expressions of workflows.
fn check_branch(branch: &str) -> Result<(), Error> {
    let is_taken =
        |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-' | b'/');
    let is_name = branch.starts_with(|first: char| first.is_ascii_alphanumeric())
        && branch.bytes().all(is_taken);
    match is_name {
        true => Ok(()),
        false => Err(format!(
            "`--branch {branch}` cannot be taken: a pipeline takes branches of letters, digits and `._-/`, the first a \
             letter or a digit, since the name stands in patterns and expressions"
        )
        .into()),
    }
}

/// The name of the stage's stack: letters, digits and `-`, the first a letter (AWS CloudFormation, "CreateStack").
fn stack_name(app: &str, stage: &str) -> String {
    let name = format!("{app}-{stage}").replace('_', "-");
    match name.starts_with(|first: char| first.is_ascii_alphabetic()) {
        true => name,
        false => format!("app-{}", name.trim_start_matches('-')),
    }
}

/// What the ids of a stage's resources end with: letters and digits (AWS CloudFormation, "Resources section"),
/// others than those of all other stages.
fn stage_id(stage: &str, others: &[DeployedStage]) -> String {
    let words = stage.split(|it: char| !it.is_ascii_alphanumeric());
    let id: String = words
        .map(|word| {
            let (first, rest) = word.split_at(word.len().min(1));
            first.to_ascii_uppercase() + rest
        })
        .collect();
    match others.iter().any(|other| other.id == id) {
        false => id,
        true => format!("{id}Stage{}", others.len() + 1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stages_have_an_order() {
        let given = |given: &[&str], listed: &[&str]| {
            let given: Vec<String> = given.iter().map(|it| (*it).to_owned()).collect();
            chosen(&given, listed).map_err(|error| error.to_string())
        };
        assert_eq!(given(&[], &[]).unwrap(), ["dev"]);
        assert_eq!(given(&[], &["beta"]).unwrap(), ["beta"]);
        assert_eq!(given(&["x", "y"], &[]).unwrap(), ["x", "y"]);
        assert_eq!(given(&["b", "a"], &["a", "b"]).unwrap(), ["b", "a"]);
        let error = given(&[], &["beta", "prod"]).unwrap_err();
        assert!(
            error.contains("such as `--stage beta --stage prod`"),
            "{error}"
        );
        let error = given(&["prd"], &["beta", "prod"]).unwrap_err();
        assert!(error.contains("did you mean `prod`?"), "{error}");
    }

    #[test]
    fn names_that_aws_cloudformation_takes() {
        assert_eq!(stack_name("my_app", "dev_1"), "my-app-dev-1");
        assert_eq!(stack_name("1st", "dev"), "app-1st-dev");
        assert_eq!(stack_name("_x", "dev"), "app-x-dev");
        let stage = |name: &str, others: &[DeployedStage]| DeployedStage {
            name: name.to_owned(),
            stack: stack_name("a", name),
            id: stage_id(name, others),
            architecture: LambdaArchitecture::default(),
            is_approved: false,
            access: StageAccess::default(),
        };
        let mut stages = vec![stage("eu-west", &[])];
        assert_eq!(stages[0].id, "EuWest");
        stages.push(stage("euWest", &stages));
        stages.push(stage("eu_west", &stages));
        assert_eq!(stages[1].id, "EuWestStage2");
        assert_eq!(stages[2].id, "EuWestStage3");
    }

    #[test]
    fn branches() {
        for branch in ["main", "release/1.0", "a_b-c"] {
            check_branch(branch).unwrap();
        }
        for branch in ["", "-x", "a b", "it's", "${{ x }}", "a*", "é", "a\nb"] {
            let error = check_branch(branch).unwrap_err().to_string();
            assert!(error.contains("cannot be taken"), "{error}");
        }
    }
}
