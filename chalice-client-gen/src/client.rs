//! A client, as data.

use std::collections::BTreeMap;

use chalice_core::manifest::model::Manifest;
use chalice_openapi::{NoRoutes, Schemas};

use crate::{
    class, identifier,
    method_name::type_name,
    note::ClientNote,
    operation::{Credential, Operation},
    package::{self, File},
    reading, runtime,
    types::{Definition, Definitions},
};

/// What a client says that the app does not know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// The API's version: of the app's package, as in its Cargo.toml.
    pub version: String,
    /// What the API is for: the package's description.
    pub description: Option<String>,
    /// The REST API's stage, the first part of its URLs.
    pub api_gateway_stage: String,
    /// The URL of the API, for clients that are not given another one.
    pub url: Option<String>,
}

/// In which language a client is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    /// TypeScript, for a build of its own.
    TypeScript,
    /// JavaScript, as a module of ECMAScript 2022 that runs as it is, with declarations of its types.
    JavaScript,
}

/// A client of the REST API of an app.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Client {
    pub(crate) app: String,
    /// What its class is called.
    pub(crate) class: String,
    pub(crate) settings: Settings,
    pub(crate) operations: Vec<Operation>,
    /// By their names.
    pub(crate) credentials: BTreeMap<String, Credential>,
    /// The app's own types.
    pub(crate) definitions: Vec<Definition>,
    notes: Vec<ClientNote>,
}

/// Makes a client of an app from its manifest and the schemas of its types.
///
/// # Errors
///
/// [`NoRoutes`], when the app has no REST API.
pub fn client(
    manifest: &Manifest,
    schemas: &Schemas,
    settings: Settings,
) -> Result<Client, NoRoutes> {
    let described = chalice_openapi::Settings {
        version: settings.version.clone(),
        description: settings.description.clone(),
        api_gateway_stage: settings.api_gateway_stage.clone(),
    };
    let document = chalice_openapi::document(manifest, schemas, &described)?;
    let mut notes: Vec<ClientNote> = document
        .notes()
        .iter()
        .map(|note| ClientNote::Untyped(note.clone()))
        .collect();
    let document = document.to_value();
    let app = manifest.app.name.clone();
    let class = identifier::identifier(&format!("{}Client", type_name(&app)));
    let mut taken = identifier::taken_by(&[runtime::TYPESCRIPT, class::FRAME]);
    let class = identifier::unique(&class, &mut taken);
    let components = document["components"]["schemas"].as_object();
    let definitions = Definitions::new(components.cloned().unwrap_or_default(), &mut taken);
    let mut read = reading::read(manifest, &document, &definitions, &mut taken);
    notes.append(&mut read.notes);
    Ok(Client {
        app,
        class,
        settings,
        operations: read.operations,
        credentials: read.credentials,
        definitions: definitions.needed_by(read.schemas.iter()),
        notes,
    })
}

impl Client {
    /// The files of the client's package, whose texts are the same for the same app.
    pub fn files(&self, language: Language) -> Vec<File> {
        package::files(self, language)
    }

    /// What the client has not as one would expect.
    pub fn notes(&self) -> &[ClientNote] {
        &self.notes
    }

    /// Whether some operation is like that.
    pub(crate) fn has(&self, what: impl Fn(&Operation) -> bool) -> bool {
        self.operations.iter().any(what)
    }
}
