//! `cargo chalice generate-models`: documents that describe an app's REST API.

mod check;

use std::path::{Path, PathBuf};

use chalice_config::{ApiGatewayStage, Config};
use chalice_core::manifest::model::Manifest;
use chalice_openapi::{Document, Placeholders, Schemas, Settings, SwaggerSettings};
use clap::Args;
use serde::Serialize;

use crate::app_build::{App, AppOptions, BuildVariant};
use crate::{Error, manifest, section, standard_output};

/// Describes the REST API of an app: OpenAPI 3.1, or Swagger 2.0 for API Gateway.
///
/// OpenAPI's document has the JSON Schemas of the app's types, for which the app is built and
/// run on this machine; Swagger's has none, and the app is not run for it.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  cargo chalice generate-models --package todo > openapi.json\n  \
    cargo chalice generate-models --package todo --check openapi.json"
)]
pub(crate) struct Arguments {
    /// Write Swagger 2.0 with the extensions of Amazon API Gateway, as AWS Chalice does.
    #[arg(long)]
    swagger: bool,
    /// Print what has changed since this document was written, and fail if any of it breaks clients.
    #[arg(long, value_name = "FILE", conflicts_with = "swagger")]
    check: Option<PathBuf>,
    /// The stage in .chalice/config.json, which says the API stage in URLs.
    #[arg(long, value_name = "NAME", default_value = "dev")]
    stage: String,
    #[command(flatten)]
    app: AppOptions,
}

/// Prints the document, or what differs from another.
pub(crate) async fn run(arguments: &Arguments) -> Result<(), Error> {
    let app = App::find(&arguments.app)?;
    if arguments.swagger {
        let manifest = section::read(&app.build(BuildVariant::default()).await?)?;
        let swagger =
            chalice_openapi::swagger(&manifest, &SwaggerSettings::default(), &Placeholders)?;
        return print(&swagger);
    }
    let committed = match &arguments.check {
        // Before the build, which may take its time.
        Some(file) => Some(check::Committed::read(file)?),
        None => None,
    };
    let settings = settings(&app, &arguments.stage)?;
    let executable = manifest::build_export(&app).await?;
    let manifest = section::read(&executable)?;
    let document = document(&manifest, &executable, &settings).await?;
    for note in document.notes() {
        eprintln!("note: {note}");
    }
    match committed {
        Some(committed) => committed.check(&serde_json::to_value(&document)?),
        None => print(&document),
    }
}

async fn document(
    manifest: &Manifest,
    executable: &Path,
    settings: &Settings,
) -> Result<Document, Error> {
    let schemas = match manifest.routes.is_empty() {
        true => Schemas::default(),
        false => serde_json::from_value(manifest::schemas(executable).await?)?,
    };
    Ok(chalice_openapi::document(manifest, &schemas, settings)?)
}

/// What the app's package and its configuration say.
pub(crate) fn settings(app: &App, stage: &str) -> Result<Settings, Error> {
    let package = app.package();
    Ok(Settings {
        version: package.map_or_else(|| "0.0.0".to_owned(), |it| it.version.to_string()),
        description: package.and_then(|package| package.description.clone()),
        api_gateway_stage: api_gateway_stage(app.directory(), stage)?,
    })
}

/// The API stage of the stage of that name, for which a project need not have a configuration.
fn api_gateway_stage(directory: &Path, stage: &str) -> Result<String, Error> {
    let stage = match directory.join(chalice_config::PATH).exists() {
        true => Config::load(directory)?.stage(stage)?.api_gateway_stage(),
        false => ApiGatewayStage::default(),
    };
    Ok(stage.to_string())
}

fn print(document: &impl Serialize) -> Result<(), Error> {
    let mut json = serde_json::to_string_pretty(document)?;
    json.push('\n');
    standard_output::print(&json)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn the_api_stage_is_what_the_configuration_says() {
        let project = tempfile::tempdir().unwrap();
        let stage = |name: &str| api_gateway_stage(project.path(), name);
        assert_eq!(stage("dev").unwrap(), "api");
        let file = project.path().join(chalice_config::PATH);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        let config = r#"{"version": "2.0", "app_name": "a", "stages": {"prod": {"api_gateway_stage": "v1"}}}"#;
        fs::write(&file, config).unwrap();
        assert_eq!(stage("prod").unwrap(), "v1");
        assert_eq!(stage("dev").unwrap(), "api");
        fs::write(&file, config.replace("v1", "no stage")).unwrap();
        let error = stage("prod").unwrap_err().to_string();
        assert!(error.contains("api_gateway_stage"), "{error}");
    }
}
