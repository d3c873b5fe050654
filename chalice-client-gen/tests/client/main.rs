//! The client of an app that has something of everything: its files, what TypeScript's compiler says of them, and
//! what it sends.

mod catalogue;
mod compiler;
mod corpus;
mod package;
mod requests;
mod shapes;

use std::{fs, path::Path};

use chalice::{__private::Collector, Application};
use chalice_client_gen::{Client, Language, Settings, client};
use chalice_core::manifest::model::Manifest;
use chalice_openapi::Schemas;

/// What every compilation asks for: as much as TypeScript can.
const STRICT: [&str; 12] = [
    "--strict",
    "--noUnusedLocals",
    "--noUnusedParameters",
    "--noUncheckedIndexedAccess",
    "--exactOptionalPropertyTypes",
    "--noImplicitOverride",
    "--noPropertyAccessFromIndexSignature",
    "--target",
    "es2022",
    "--lib",
    "es2022,dom,dom.iterable",
    "--skipLibCheck",
];

fn manifest() -> Manifest {
    Manifest::from_json(catalogue::APP::manifest()).unwrap()
}

fn schemas() -> Schemas {
    serde_json::from_value(Collector::document::<catalogue::APP>()).unwrap()
}

fn settings(url: Option<&str>) -> Settings {
    Settings {
        version: "1.2.3".to_owned(),
        description: Some("Sells things.".to_owned()),
        api_gateway_stage: "v1".to_owned(),
        url: url.map(str::to_owned),
    }
}

/// The client of the app.
fn catalogue() -> Client {
    client(&manifest(), &schemas(), settings(None)).unwrap()
}

/// Writes a client's package into a folder.
fn write(client: &Client, language: Language, folder: &Path) {
    for file in client.files(language) {
        fs::write(folder.join(file.name), file.text).unwrap();
    }
}

/// A file that a test uses.
fn source(name: &str) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/client");
    fs::read_to_string(folder.join(name)).unwrap()
}
