//! `cargo chalice generate-pipeline`: continuous delivery of an app, on AWS or on GitHub.

mod bucket;
mod buildspec;
mod codepipeline;
mod commands;
mod deploy_role;
mod destination;
mod github_access;
mod intrinsic;
mod project;
mod repository;
mod shell_word;
mod stage_access;
mod template;
#[cfg(test)]
mod tests;
mod workflow;

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use serde_json::Value;

use self::codepipeline::{CodePipeline, Provider};
use self::destination::Destination;
use self::project::Project;
use crate::app_build::{App, AppOptions};
use crate::package::{TemplateFormat, yaml};
use crate::{Error, standard_output};

/// What every file begins with that this command has written.
const GENERATED: &str = "Written by `cargo chalice generate-pipeline`";

/// Writes a pipeline that tests, packages and deploys an app whenever its repository changes.
///
/// FILE is a template of AWS CloudFormation with an AWS CodePipeline, or a workflow of GitHub Actions. The app
/// is not built, and nothing is sent to AWS.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  cargo chalice generate-pipeline --stage beta --stage prod --approve prod pipeline.json\n  \
    cargo chalice generate-pipeline --kind github-actions --stage dev --stage prod \\\n    \
    --access-template access.json .github/workflows/deploy.yml",
    mut_arg("release", |argument| argument.hide(true))
)]
pub(crate) struct Arguments {
    /// The file to write.
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// What runs the pipeline.
    #[arg(long, value_name = "KIND", default_value = "codepipeline")]
    kind: Kind,
    /// A stage of .chalice/config.json; repeated, the stages in the order in which they are deployed
    /// [default: the only one of the file, or dev].
    #[arg(long = "stage", value_name = "NAME")]
    stages: Vec<String>,
    /// A stage that is deployed when somebody has approved its changes.
    #[arg(long, value_name = "NAME")]
    approve: Vec<String>,
    /// The branch that is deployed.
    #[arg(long, value_name = "NAME", default_value = "main")]
    branch: String,
    /// Where the repository is, which the pipeline reads through AWS CodeConnections [default: github].
    #[arg(short, long, value_name = "PROVIDER")]
    source: Option<Provider>,
    /// The image in which AWS CodeBuild builds [default: Amazon Linux 2023, for the processor of the functions].
    #[arg(short = 'i', long, value_name = "IMAGE")]
    codebuild_image: Option<String>,
    /// Write the buildspec into this file of the repository, and not into the template.
    #[arg(short, long, value_name = "FILE")]
    buildspec_file: Option<PathBuf>,
    /// Write a template, too, of what GitHub Actions needs on AWS: roles without keys, and a bucket.
    #[arg(long, value_name = "FILE")]
    access_template: Option<PathBuf>,
    /// The format of templates [default: YAML for a name that ends with .yaml or .yml, otherwise JSON].
    #[arg(long, value_name = "FORMAT")]
    template_format: Option<TemplateFormat>,
    /// Replace files that this command has not written.
    #[arg(long)]
    force: bool,
    #[command(flatten)]
    app: AppOptions,
}

/// What runs the pipeline.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Kind {
    /// AWS CodePipeline, with AWS CodeBuild and AWS CloudFormation.
    Codepipeline,
    /// GitHub Actions.
    GithubActions,
}

/// Refuses options that the other kind has.
fn check(arguments: &Arguments) -> Result<(), Error> {
    let github = "on GitHub, required reviewers of the environment that has the stage's name approve its deployments";
    let refused: &[(bool, &str, &str)] = match arguments.kind {
        Kind::Codepipeline => &[(
            arguments.access_template.is_some(),
            "--access-template is for --kind github-actions",
            "the template of AWS CodePipeline has its roles itself",
        )],
        Kind::GithubActions => &[
            (
                !arguments.approve.is_empty(),
                "--approve is for --kind codepipeline",
                github,
            ),
            (
                arguments.source.is_some(),
                "--source is for --kind codepipeline",
                "GitHub Actions runs for repositories on GitHub",
            ),
            (
                arguments.codebuild_image.is_some(),
                "--codebuild-image is for --kind codepipeline",
                "GitHub Actions runs the workflow on its own machines",
            ),
            (
                arguments.buildspec_file.is_some(),
                "--buildspec-file is for --kind codepipeline",
                "GitHub Actions has no buildspec",
            ),
            (
                arguments.template_format.is_some() && arguments.access_template.is_none(),
                "--template-format is for templates",
                "a workflow is YAML; with --access-template, there is a template",
            ),
        ],
    };
    match refused.iter().find(|(is_given, ..)| *is_given) {
        Some((_, option, reason)) => Err(format!("{option}: {reason}").into()),
        None => Ok(()),
    }
}

/// Writes the files.
pub(crate) fn run(arguments: &Arguments) -> Result<(), Error> {
    check(arguments)?;
    let app = App::find(&arguments.app)?;
    let project = Project::of(
        &app,
        &arguments.app,
        &arguments.stages,
        &arguments.approve,
        &arguments.branch,
    )?;
    let files = match arguments.kind {
        Kind::Codepipeline => codepipeline(arguments, &app, &project)?,
        Kind::GithubActions => github_actions(arguments, &project),
    };
    destination::write(&files, arguments.force)?;
    standard_output::print(
        files
            .iter()
            .map(|file| format!("{}\n", file.path.display()))
            .collect::<String>(),
    )
}

fn codepipeline(
    arguments: &Arguments,
    app: &App,
    project: &Project,
) -> Result<Vec<Destination>, Error> {
    let buildspec = buildspec::write(project);
    let buildspec_path = match &arguments.buildspec_file {
        Some(file) => Some(repository::path_within(&repository::root(app), file)?),
        None => None,
    };
    let template = CodePipeline {
        project,
        provider: arguments.source.unwrap_or_default(),
        image: arguments.codebuild_image.as_deref(),
        // A path is what AWS CodeBuild takes for the name of a file of the repository.
        buildspec: buildspec_path.as_deref().unwrap_or(&buildspec),
    }
    .template();
    let mut files = vec![Destination {
        path: arguments.file.clone(),
        text: template_text(&template, arguments.template_format, &arguments.file),
    }];
    if let Some(path) = &arguments.buildspec_file {
        files.push(Destination {
            path: path.clone(),
            text: buildspec::file(project),
        });
    }
    Ok(files)
}

fn github_actions(arguments: &Arguments, project: &Project) -> Vec<Destination> {
    if !is_workflow(&arguments.file) {
        eprintln!(
            "note: GitHub takes workflows from the folder .github/workflows of the repository, with names that end with .yml or .yaml"
        );
    }
    let mut files = vec![Destination {
        path: arguments.file.clone(),
        text: workflow::write(project),
    }];
    if let Some(path) = &arguments.access_template {
        let template = github_access::template(project);
        files.push(Destination {
            path: path.clone(),
            text: template_text(&template, arguments.template_format, path),
        });
    }
    files
}

fn template_text(template: &Value, format: Option<TemplateFormat>, file: &Path) -> String {
    let format = format.unwrap_or(match is_yaml(file) {
        true => TemplateFormat::Yaml,
        false => TemplateFormat::Json,
    });
    match format {
        TemplateFormat::Json => format!("{template:#}\n"),
        TemplateFormat::Yaml => yaml::write(template),
    }
}

fn is_yaml(file: &Path) -> bool {
    let extension = file.extension().unwrap_or_default();
    ["yaml", "yml"]
        .iter()
        .any(|it| extension.eq_ignore_ascii_case(it))
}

fn is_workflow(file: &Path) -> bool {
    let absolute = std::path::absolute(file).unwrap_or_else(|_| file.to_owned());
    let folder = absolute.parent();
    is_yaml(file) && folder.is_some_and(|folder| folder.ends_with(".github/workflows"))
}
