//! `cargo chalice manifest`: everything that tools need to know about an app.

use std::path::{Path, PathBuf};
use std::process::Stdio;

use chalice_core::manifest::model::Manifest;
use clap::Args;
use serde::Serialize;
use serde_json::Value;

use crate::app_build::{App, AppOptions, BuildVariant};
use crate::{Error, section, standard_output};

/// The feature with which an app can say its types' JSON Schemas.
const EXPORT_FEATURE: &str = "chalice/export";
/// The environment variable that asks an app built with [`EXPORT_FEATURE`] for them.
const EXPORT_VARIABLE: &str = "CHALICE_EXPORT";
/// The environment variable that says where Cargo keeps what it needs for further builds (The Cargo Book,
/// "Configuration", `build.build-dir`).
const BUILD_DIRECTORY: &str = "CARGO_BUILD_BUILD_DIR";

/// Prints an app's manifest as JSON: its functions, routes and settings.
///
/// The manifest is read from the compiled executable, which is not run; only
/// `--schemas` builds and runs the app, on this machine.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  cargo chalice manifest --package helloworld --compact")]
pub(crate) struct Arguments {
    /// Read this executable instead of building the app.
    #[arg(
        long,
        value_name = "FILE",
        conflicts_with_all = ["package", "bin", "release", "features", "manifest_path", "schemas"]
    )]
    binary: Option<PathBuf>,
    /// Add the JSON Schemas of the types that handlers take and return.
    #[arg(long)]
    schemas: bool,
    /// Print the JSON on one line.
    #[arg(long)]
    compact: bool,
    #[command(flatten)]
    app: AppOptions,
}

/// The manifest, and the schemas if they were asked for.
#[derive(Serialize)]
struct Output<'a> {
    #[serde(flatten)]
    manifest: &'a Manifest,
    #[serde(skip_serializing_if = "Option::is_none")]
    schemas: Option<Value>,
}

/// Prints the manifest.
pub(crate) async fn run(arguments: &Arguments) -> Result<(), Error> {
    let (manifest, schemas) = match &arguments.binary {
        Some(binary) => (section::read(binary)?, None),
        None => {
            let app = App::find(&arguments.app)?;
            let manifest = section::read(&app.build(BuildVariant::default()).await?)?;
            let schemas = match arguments.schemas {
                true => Some(schemas(&build_export(&app).await?).await?),
                false => None,
            };
            (manifest, schemas)
        }
    };
    let output = Output {
        manifest: &manifest,
        schemas,
    };
    let mut json = match arguments.compact {
        true => serde_json::to_string(&output)?,
        false => serde_json::to_string_pretty(&output)?,
    };
    json.push('\n');
    standard_output::print(&json)
}

/// Builds the app with its schemas. The executable is in a target directory of its own, so that the ordinary one
/// stays where it is; what Cargo builds on the way is with that of the ordinary build, since most of it is the same.
pub(crate) async fn build_export(app: &App) -> Result<PathBuf, Error> {
    let directory = app.target_directory().join("chalice-export");
    let variant = BuildVariant {
        target_directory: Some(&directory),
        variable: Some((BUILD_DIRECTORY, app.build_directory().as_os_str())),
        feature: Some(EXPORT_FEATURE),
        ..BuildVariant::default()
    };
    Ok(app.build(variant).await?)
}

/// Asks an app that has been built so for its schemas.
pub(crate) async fn schemas(executable: &Path) -> Result<Value, Error> {
    let output = tokio::process::Command::new(executable)
        .env(EXPORT_VARIABLE, "schemas")
        .stdin(Stdio::null())
        .stderr(Stdio::inherit())
        .kill_on_drop(true)
        .output()
        .await
        .map_err(|error| {
            format!(
                "cannot run {} for its schemas: {error}",
                executable.display()
            )
        })?;
    if !output.status.success() {
        return Err(format!(
            "{} was asked for its schemas and ended with {}",
            executable.display(),
            output.status
        )
        .into());
    }
    parse_schemas(&output.stdout, executable)
}

fn parse_schemas(output: &[u8], executable: &Path) -> Result<Value, Error> {
    match serde_json::from_slice(output) {
        Ok(schemas @ Value::Object(_)) => Ok(schemas),
        Ok(_) => Err(format!("{} printed something else than a JSON object as its schemas", executable.display()).into()),
        Err(error) => Err(format!(
            "{} printed something else than JSON as its schemas ({error}): `main` must not print to the \
             standard output before `chalice::run`",
            executable.display()
        )
        .into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn output_of_an_app() {
        let executable = Path::new("app");
        assert_eq!(parse_schemas(b"{\"a\":1}\n", executable).unwrap()["a"], 1);
        let error = parse_schemas(b"hello {}", executable)
            .unwrap_err()
            .to_string();
        assert!(
            error.starts_with("app printed something else than JSON"),
            "{error}"
        );
        assert!(parse_schemas(b"[]", executable).is_err());
    }
}
