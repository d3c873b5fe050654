//! `cargo chalice package`: a template and the deployment package, for a deployment by other tools.

mod merge_template;
pub(crate) mod output;
mod single_file;
pub(crate) mod yaml;

use std::path::PathBuf;

use chalice_config::{ApiType, CommandLine, LambdaArchitecture, RequestValidation, Stage};
use chalice_core::manifest::model::Manifest;
use chalice_openapi::Schemas;
use chalice_resources::Resources;
use clap::{Args, ValueEnum};
use serde_json::Value;

use self::merge_template::MergeTemplate;
use self::output::Output;
use crate::app_build::{App, AppOptions};
use crate::default_policy::DefaultPolicy;
use crate::lambda_build::{self, Arch, Builder, Plan};
use crate::{Error, manifest, stage_configuration, stage_resources};

/// The deployment package's name, to which templates refer.
const DEPLOYMENT_ZIP: &str = "deployment.zip";

/// Writes a template of a stage's resources, with the package of its functions.
///
/// `OUT/sam.json` and `OUT/deployment.zip` are what the AWS SAM CLI and `aws cloudformation package` take,
/// `OUT/chalice.tf.json` and `OUT/deployment.zip` what Terraform takes. The app is built as by `cargo chalice build`. Nothing is sent to AWS.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  cargo chalice package --package todo out\n  \
    cargo chalice package --stage prod --merge-template extras.yaml out\n  \
    cargo chalice package --pkg-format terraform out\n  \
    aws cloudformation package --template-file out/sam.json --s3-bucket BUCKET --output-template-file out/packaged.yaml",
    mut_arg("release", |argument| argument.hide(true))
)]
pub(crate) struct Arguments {
    /// The folder for the files; with `--single-file`, the archive.
    #[arg(value_name = "OUT")]
    out: PathBuf,
    /// The kind of template.
    #[arg(long, value_name = "FORMAT", default_value = "cloudformation")]
    pkg_format: PackageFormat,
    /// The stage in .chalice/config.json.
    #[arg(long, value_name = "NAME", default_value = "dev")]
    stage: String,
    /// Write both files into one zip archive, OUT.
    #[arg(long)]
    single_file: bool,
    /// A template in JSON or YAML that is merged into the one that is written: maps are merged, all else of
    /// the file replaces what is there.
    #[arg(long, value_name = "FILE")]
    merge_template: Option<PathBuf>,
    /// The format of the template; YAML if that of `--merge-template` is.
    #[arg(long, value_name = "FORMAT", default_value = "json")]
    template_format: TemplateFormat,
    /// The processor of the functions [default: the stage's `lambda_architecture` in .chalice/config.json, or
    /// x86_64].
    #[arg(long)]
    arch: Option<Arch>,
    /// The profile of Cargo.toml to build with.
    #[arg(
        long,
        value_name = "NAME",
        default_value = "release",
        conflicts_with = "release"
    )]
    profile: String,
    /// What builds [default: cargo-zigbuild if it is installed, otherwise Cargo].
    #[arg(long, value_name = "PROGRAM")]
    builder: Option<Builder>,
    #[command(flatten)]
    app: AppOptions,
}

/// A kind of template.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum PackageFormat {
    /// AWS CloudFormation, with AWS SAM's resources.
    Cloudformation,
    /// Terraform or OpenTofu.
    Terraform,
}

/// How a template is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum TemplateFormat {
    /// JSON.
    Json,
    /// YAML.
    Yaml,
}

fn file_name(package: PackageFormat, template: TemplateFormat) -> &'static str {
    match (package, template) {
        (PackageFormat::Terraform, _) => "chalice.tf.json",
        (PackageFormat::Cloudformation, TemplateFormat::Json) => "sam.json",
        (PackageFormat::Cloudformation, TemplateFormat::Yaml) => "sam.yaml",
    }
}

/// Refuses what templates of AWS CloudFormation alone have.
fn check(arguments: &Arguments) -> Result<(), Error> {
    if arguments.pkg_format == PackageFormat::Cloudformation {
        return Ok(());
    }
    let refused = [
        (
            arguments.single_file,
            "--single-file",
            "Terraform reads chalice.tf.json from a folder, beside deployment.zip",
        ),
        (
            arguments.merge_template.is_some(),
            "--merge-template",
            "Terraform reads all files of the folder together: write what is your own into another .tf file there",
        ),
        (
            arguments.template_format == TemplateFormat::Yaml,
            "--template-format yaml",
            "Terraform reads JSON and its own language, no YAML",
        ),
    ];
    match refused.into_iter().find(|(is_given, ..)| *is_given) {
        Some((_, option, reason)) => {
            Err(format!("{option} is for --pkg-format cloudformation: {reason}").into())
        }
        None => Ok(()),
    }
}

/// Builds the app and writes the files.
pub(crate) async fn run(arguments: &Arguments) -> Result<(), Error> {
    check(arguments)?;
    let app = App::find(&arguments.app)?;
    // All that can be wrong without the app comes before the build, which may take minutes.
    let merge = match &arguments.merge_template {
        Some(file) => Some(MergeTemplate::read(file)?),
        None => None,
    };
    let format = match &merge {
        Some(merge) if merge.is_yaml => TemplateFormat::Yaml,
        _ => arguments.template_format,
    };
    let name = file_name(arguments.pkg_format, format);
    let output = match arguments.single_file {
        true => Output::Archive(&arguments.out),
        false => Output::Folder(&arguments.out),
    };
    output.check(name)?;
    let command_line = CommandLine {
        lambda_architecture: arguments.arch.map(Into::into),
        ..CommandLine::default()
    };
    let stage = stage_configuration::load(app.directory(), &arguments.stage, command_line.clone())?;
    let built = lambda_build::build(&app, &plan(arguments, &app, stage.as_ref())).await?;
    for warning in &built.warnings {
        eprintln!("note: {warning}");
    }
    let schemas = schemas(&app, &built.manifest, stage.as_ref()).await?;
    let policy =
        DefaultPolicy::in_stage(&app, &built.bootstrap, &built.manifest, stage.as_ref()).await?;
    let resources = stage_resources::resources(
        &built.manifest,
        stage,
        &arguments.stage,
        command_line,
        schemas.as_ref(),
        &policy,
    )?;
    let mut template = template(arguments.pkg_format, &resources)?;
    if let Some(merge) = merge {
        merge.into_template(&mut template)?;
    }
    let text = match format {
        TemplateFormat::Json => format!("{template:#}\n"),
        TemplateFormat::Yaml => yaml::write(&template),
    };
    output.write(name, &text, &built.zip)
}

fn plan(arguments: &Arguments, app: &App, stage: Option<&Stage>) -> Plan {
    let given = arguments.arch.map(LambdaArchitecture::from);
    Plan {
        architecture: stage.map_or(given.unwrap_or_default(), Stage::lambda_architecture),
        files: stage.map(Stage::package_files).unwrap_or_default(),
        profile: arguments.profile.clone(),
        builder: arguments.builder,
        out: lambda_build::default_folder(app, &arguments.stage),
        records: true,
    }
}

/// The schemas of what handlers take, if the stage's API checks requests by them. The app is built and run
/// for them on this machine, which nobody should wait for in vain.
async fn schemas(
    app: &App,
    manifest: &Manifest,
    stage: Option<&Stage>,
) -> Result<Option<Schemas>, Error> {
    let Some(api) = stage.map(Stage::api) else {
        return Ok(None);
    };
    let is_on = api.request_validation != RequestValidation::None;
    if !is_on || api.api_type != ApiType::Rest || manifest.routes.is_empty() {
        return Ok(None);
    }
    let schemas = manifest::schemas(&manifest::build_export(app).await?).await?;
    Ok(Some(serde_json::from_value(schemas)?))
}

/// The template of the resources.
fn template(format: PackageFormat, resources: &Resources) -> Result<Value, Error> {
    Ok(match format {
        PackageFormat::Cloudformation => chalice_sam::template(resources)?.into(),
        PackageFormat::Terraform => chalice_terraform::template(resources)?,
    })
}
