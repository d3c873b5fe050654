//! `cargo chalice routes`: the REST API's routes, as a table, and the app's schedules.

use std::time::SystemTime;

use chalice_core::manifest::model::{AllowOrigin, Api, Authorizer, Manifest, Route};
use clap::{Args, ValueEnum};

use crate::app_build::{App, AppOptions, BuildVariant};
use crate::{Error, schedules, section, standard_output};

/// Lists the routes of an app, and when its schedules fire next.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  cargo chalice routes --package helloworld")]
pub(crate) struct Arguments {
    /// How to print the list.
    #[arg(long, value_name = "FORMAT", default_value = "table")]
    format: Format,
    #[command(flatten)]
    app: AppOptions,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    /// For people.
    Table,
    /// The manifest's list of routes.
    Json,
}

/// Prints the routes.
pub(crate) async fn run(arguments: &Arguments) -> Result<(), Error> {
    let app = App::find(&arguments.app)?;
    let manifest = section::read(&app.build(BuildVariant::default()).await?)?;
    let output = match arguments.format {
        Format::Table => {
            let (routes, schedules) = (
                table(&manifest),
                schedules::preview(&manifest, SystemTime::now())?,
            );
            let between = if routes.is_empty() || schedules.is_empty() {
                ""
            } else {
                "\n"
            };
            format!("{routes}{between}{schedules}")
        }
        Format::Json => serde_json::to_string_pretty(&manifest.routes)? + "\n",
    };
    standard_output::print(&output)?;
    if manifest.routes.is_empty() {
        eprintln!("the app `{}` has no routes", manifest.app.name);
    }
    Ok(())
}

/// A column: its heading, what it shows of a route, and whether it is left
/// out when it shows nothing of any route.
type Column = (&'static str, fn(&Api, &Route) -> String, bool);

const COLUMNS: [Column; 8] = [
    ("METHODS", |_, route| route.methods.join(","), false),
    ("PATH", |_, route| route.path.clone(), false),
    ("NAME", |_, route| route.name.clone(), false),
    (
        "FUNCTION",
        |_, route| format!("{}::{}", route.source.module, route.source.item),
        false,
    ),
    (
        "SOURCE",
        |_, route| format!("{}:{}", route.source.file, route.source.line),
        false,
    ),
    (
        "CORS",
        |api, route| match route.cors_within(api).map(|cors| &cors.allow_origin) {
            Some(AllowOrigin::One(origin)) => origin.clone(),
            Some(AllowOrigin::Several(origins)) => origins.join(","),
            None => String::new(),
        },
        true,
    ),
    (
        "AUTHORIZER",
        |_, route| {
            route
                .authorizer
                .as_ref()
                .map(authorizer_name)
                .unwrap_or_default()
        },
        true,
    ),
    (
        "API KEY",
        |_, route| {
            if route.api_key_required {
                "required".to_owned()
            } else {
                String::new()
            }
        },
        true,
    ),
];

/// The table; nothing when there is no route.
fn table(manifest: &Manifest) -> String {
    if manifest.routes.is_empty() {
        return String::new();
    }
    let columns: Vec<Vec<String>> = COLUMNS
        .iter()
        .map(|(heading, cell, optional)| {
            let cells: Vec<String> = manifest
                .routes
                .iter()
                .map(|route| cell(&manifest.app.api, route))
                .collect();
            if *optional && cells.iter().all(String::is_empty) {
                return Vec::new();
            }
            std::iter::once((*heading).to_owned())
                .chain(cells)
                .collect()
        })
        .filter(|column: &Vec<String>| !column.is_empty())
        .collect();
    let widths: Vec<usize> = columns
        .iter()
        .map(|column| {
            column
                .iter()
                .map(|cell| cell.chars().count())
                .max()
                .unwrap_or(0)
        })
        .collect();
    let mut table = String::new();
    for row in 0..=manifest.routes.len() {
        let line: Vec<String> = columns
            .iter()
            .zip(&widths)
            .map(|(column, &width)| format!("{:width$}", column[row]))
            .collect();
        table.push_str(line.join("  ").trim_end());
        table.push('\n');
    }
    table
}

/// The name under which an app knows an authorizer.
pub(crate) fn authorizer_name(authorizer: &Authorizer) -> String {
    match authorizer {
        Authorizer::AwsIam { name, .. }
        | Authorizer::CognitoUserPools { name, .. }
        | Authorizer::Custom { name, .. }
        | Authorizer::Jwt { name, .. }
        | Authorizer::Function { name, .. } => name.clone(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn manifest(routes: serde_json::Value) -> Manifest {
        let source = json!({"module": "m", "item": "APP", "file": "src/main.rs", "line": 1});
        let api = json!({"cors": null, "binary_types": [], "compression": null, "debug": false});
        let manifest = json!({
            "manifest_version": 1, "framework": {"name": "chalice", "version": "0"},
            "app": {"name": "a", "source": source, "api": api}, "functions": [], "routes": routes,
        });
        Manifest::from_json(manifest.to_string().as_bytes()).unwrap()
    }

    fn route(name: &str, path: &str, methods: &[&str]) -> serde_json::Value {
        json!({
            "name": name, "path": path, "methods": methods, "parameters": [], "arguments": [], "returns": "()",
            "cors": null, "authorizer": null, "api_key_required": false, "content_types": [], "stream": false,
            "summary": null, "description": null,
            "source": {"module": "app::cities", "item": name, "file": "src/main.rs", "line": 12},
        })
    }

    #[test]
    fn plain_routes() {
        let manifest = manifest(json!([
            route("index", "/", &["GET"]),
            route("city", "/cities/{city}", &["GET", "PUT"]),
        ]));
        assert_eq!(
            table(&manifest),
            "\
METHODS  PATH            NAME   FUNCTION            SOURCE
GET      /               index  app::cities::index  src/main.rs:12
GET,PUT  /cities/{city}  city   app::cities::city   src/main.rs:12
"
        );
    }

    #[test]
    fn columns_that_only_some_apps_need() {
        let mut protected = route("a", "/a", &["GET"]);
        protected["authorizer"] = json!({"type": "aws_iam", "name": "sigv4", "scopes": []});
        protected["api_key_required"] = json!(true);
        let mut open = route("b", "/b", &["GET"]);
        open["cors"] = json!({"allow_origin": "*", "allow_headers": [], "expose_headers": [], "max_age": null,
                              "allow_credentials": false});
        assert_eq!(
            table(&manifest(json!([protected, open]))),
            "\
METHODS  PATH  NAME  FUNCTION        SOURCE          CORS  AUTHORIZER  API KEY
GET      /a    a     app::cities::a  src/main.rs:12        sigv4       required
GET      /b    b     app::cities::b  src/main.rs:12  *
"
        );
    }

    #[test]
    fn the_origins_of_the_app_and_of_routes() {
        let mut several = route("b", "/b", &["GET"]);
        several["cors"] = json!({
            "allow_origin": ["https://a", "https://b"], "allow_headers": [], "expose_headers": [], "max_age": null,
            "allow_credentials": false,
        });
        let mut off = route("c", "/c", &["GET"]);
        off["cors"] = json!(false);
        let mut manifest = manifest(json!([route("a", "/a", &["GET"]), several, off]));
        manifest.app.api.cors = serde_json::from_value(json!({
            "allow_origin": "*", "allow_headers": [], "expose_headers": [], "max_age": null,
            "allow_credentials": false,
        }))
        .unwrap();
        assert_eq!(
            table(&manifest),
            "\
METHODS  PATH  NAME  FUNCTION        SOURCE          CORS
GET      /a    a     app::cities::a  src/main.rs:12  *
GET      /b    b     app::cities::b  src/main.rs:12  https://a,https://b
GET      /c    c     app::cities::c  src/main.rs:12
"
        );
    }

    #[test]
    fn no_routes() {
        assert_eq!(table(&manifest(json!([]))), "");
    }
}
