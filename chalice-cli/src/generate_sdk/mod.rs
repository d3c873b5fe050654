//! `cargo chalice generate-sdk`: a client of an app's REST API, in TypeScript or JavaScript.

mod output;

use std::path::PathBuf;

use chalice_client_gen::{Language, Settings};
use chalice_openapi::{NoRoutes, Schemas};
use clap::{Args, ValueEnum};

use self::output::Output;
use crate::app_build::{App, AppOptions};
use crate::{Error, generate_models, manifest, section};

/// Writes a client of an app's REST API, in TypeScript or JavaScript.
///
/// The client is a package for npm whose methods have the names of Amazon API Gateway's SDKs: `GET /hello/{name}` is
/// `helloNameGet`. The app is built and run on this machine for the JSON Schemas of its types; nothing is asked of
/// AWS. Files of an earlier run are replaced, and no others.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  cargo chalice generate-sdk --package todo sdk\n  \
    cargo chalice generate-sdk --package todo sdk --sdk-type javascript --url https://api.example.com"
)]
pub(crate) struct Arguments {
    /// The folder for the files.
    #[arg(value_name = "OUTDIR")]
    out: PathBuf,
    /// The language of the client.
    #[arg(long, value_name = "TYPE", default_value = "typescript")]
    sdk_type: SdkType,
    /// The stage in .chalice/config.json, which says the API stage in URLs of examples.
    #[arg(long, value_name = "NAME", default_value = "dev")]
    stage: String,
    /// The URL of the API, which clients then need not be given.
    #[arg(long, value_name = "URL", value_parser = base_url)]
    url: Option<String>,
    #[command(flatten)]
    app: AppOptions,
}

/// A language.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum SdkType {
    /// TypeScript, which the package's build compiles.
    Typescript,
    /// JavaScript that runs as it is, with declarations of its types.
    Javascript,
}

impl From<SdkType> for Language {
    fn from(kind: SdkType) -> Language {
        match kind {
            SdkType::Typescript => Language::TypeScript,
            SdkType::Javascript => Language::JavaScript,
        }
    }
}

/// The URL, if requests can go below it.
fn base_url(text: &str) -> Result<String, String> {
    let rest = ["https://", "http://"]
        .iter()
        .find_map(|scheme| text.strip_prefix(scheme));
    let is_plain = !text.contains(|letter: char| letter.is_whitespace() || letter.is_control());
    match rest {
        Some(rest) if !rest.is_empty() && !rest.starts_with('/') && is_plain => {
            match text.contains(['?', '#']) {
                false => Ok(text.to_owned()),
                true => Err(
                    "paths are put behind it, so it has neither a query string nor a fragment"
                        .to_owned(),
                ),
            }
        }
        _ => Err(
            "it is to be a URL such as `https://api.example.com` or `http://127.0.0.1:8000`"
                .to_owned(),
        ),
    }
}

/// Writes the client.
pub(crate) async fn run(arguments: &Arguments) -> Result<(), Error> {
    let app = App::find(&arguments.app)?;
    // All that can be wrong without the app comes before the build, which may take its time.
    let described = generate_models::settings(&app, &arguments.stage)?;
    let output = Output::new(&arguments.out)?;
    let executable = manifest::build_export(&app).await?;
    let manifest = section::read(&executable)?;
    if manifest.routes.is_empty() {
        return Err(NoRoutes {
            app: manifest.app.name,
        }
        .into());
    }
    let schemas: Schemas = serde_json::from_value(manifest::schemas(&executable).await?)?;
    let settings = Settings {
        version: described.version,
        description: described.description,
        api_gateway_stage: described.api_gateway_stage,
        url: arguments.url.clone(),
    };
    let client = chalice_client_gen::client(&manifest, &schemas, settings)?;
    for note in client.notes() {
        eprintln!("note: {note}");
    }
    output.write(&client.files(arguments.sdk_type.into()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn urls_below_which_requests_go() {
        for url in [
            "https://api.example.com",
            "http://127.0.0.1:8000/",
            "https://a.execute-api.eu-west-1.amazonaws.com/api",
        ] {
            assert_eq!(base_url(url).unwrap(), url);
        }
        for (url, part) in [
            ("api.example.com", "a URL such as"),
            ("https://", "a URL such as"),
            ("https:///a", "a URL such as"),
            ("ftp://a", "a URL such as"),
            ("https://a b", "a URL such as"),
            ("https://a/?x=1", "query string"),
            ("https://a/#x", "fragment"),
        ] {
            let error = base_url(url).unwrap_err();
            assert!(error.contains(part), "{url}: {error}");
        }
    }
}
