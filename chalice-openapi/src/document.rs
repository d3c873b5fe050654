//! The OpenAPI 3.1 document of an app.

use std::collections::BTreeSet;

use chalice_core::manifest::model::Manifest;
use serde::Serialize;
use serde_json::{Map, Value, json};

use crate::{
    components::Components,
    no_routes::NoRoutes,
    note::Note,
    operation::{Operation, operations, paths},
    operation_id::OperationIds,
    parameters::{path_parameters, path_template, query_parameters},
    request_body::request_body,
    responses::{Failures, responses},
    schemas::Schemas,
    security::SecuritySchemes,
    tag::tag,
};

/// What the document says that the app does not know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// The API's version: of the app's package, as in its Cargo.toml.
    pub version: String,
    /// What the API is for: the package's description.
    pub description: Option<String>,
    /// The REST API's stage, the first part of its URLs.
    pub api_gateway_stage: String,
}

/// An OpenAPI 3.1.0 document (OpenAPI Specification), whose members come in the usual order.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Document {
    openapi: &'static str,
    info: Map<String, Value>,
    servers: Value,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    tags: Vec<Value>,
    paths: Map<String, Value>,
    components: Map<String, Value>,
    #[serde(skip)]
    notes: Vec<Note>,
}

impl Document {
    /// Types of which the document says nothing, because they have no JSON Schema. Each is here once.
    pub fn notes(&self) -> &[Note] {
        &self.notes
    }

    /// The document as data, whatever the order of its members.
    pub fn to_value(&self) -> Value {
        json!({
            "openapi": self.openapi,
            "info": self.info,
            "servers": self.servers,
            "tags": self.tags,
            "paths": self.paths,
            "components": self.components,
        })
    }
}

/// Describes the REST API of an app.
///
/// # Errors
///
/// [`NoRoutes`], when there is none.
pub fn document(
    manifest: &Manifest,
    schemas: &Schemas,
    settings: &Settings,
) -> Result<Document, NoRoutes> {
    NoRoutes::check(manifest)?;
    let mut writer = Writer {
        manifest,
        schemas,
        components: Components::new(&schemas.definitions),
        security: SecuritySchemes::new(manifest),
        failures: Failures::default(),
        ids: OperationIds::default(),
        tags: BTreeSet::new(),
        notes: Vec::new(),
    };
    let paths = writer.paths();
    let mut notes = std::mem::take(&mut writer.notes);
    notes.sort();
    notes.dedup();
    Ok(Document {
        openapi: "3.1.0",
        info: info(manifest, settings),
        servers: servers(settings),
        tags: writer
            .tags
            .iter()
            .map(|tag| json!({ "name": tag }))
            .collect(),
        paths,
        components: writer.into_components(),
        notes,
    })
}

fn info(manifest: &Manifest, settings: &Settings) -> Map<String, Value> {
    let mut info = Map::new();
    info.insert("title".to_owned(), manifest.app.name.as_str().into());
    info.insert("version".to_owned(), settings.version.as_str().into());
    if let Some(description) = &settings.description {
        info.insert("description".to_owned(), description.as_str().into());
    }
    info
}

/// The URL of a REST API's stage (Amazon API Gateway, "Invoke REST APIs"). The API's id and its
/// region are known when it is deployed.
fn servers(settings: &Settings) -> Value {
    json!([{
        "url": "https://{rest_api_id}.execute-api.{region}.amazonaws.com/{stage}",
        "variables": {
            "rest_api_id": { "default": "REST_API_ID", "description": "The id of the REST API." },
            "region": { "default": "us-east-1", "description": "The AWS Region of the REST API." },
            "stage": {
                "default": settings.api_gateway_stage,
                "description": "The stage of the REST API.",
            },
        },
    }])
}

#[derive(Debug)]
struct Writer<'m> {
    manifest: &'m Manifest,
    schemas: &'m Schemas,
    components: Components<'m>,
    security: SecuritySchemes<'m>,
    failures: Failures,
    ids: OperationIds,
    tags: BTreeSet<String>,
    notes: Vec<Note>,
}

impl Writer<'_> {
    fn paths(&mut self) -> Map<String, Value> {
        let mut items = Map::new();
        for (path, routes) in paths(self.manifest) {
            let mut item = Map::new();
            for operation in operations(self.manifest, path, &routes) {
                let method = operation.method.name().to_ascii_lowercase();
                item.insert(method, self.operation(operation));
            }
            items.insert(path_template(path), Value::Object(item));
        }
        items
    }

    fn operation(&mut self, operation: Operation<'_>) -> Value {
        let route = operation.route;
        let (schemas, components) = (self.schemas, &mut self.components);
        let mut written = Map::new();
        let mut member = |name: &str, value: Value| written.insert(name.to_owned(), value);
        member("operationId", self.ids.id(operation).into());
        if let Some(summary) = &route.summary {
            member("summary", summary.as_str().into());
        }
        if let Some(description) = &route.description {
            member("description", description.as_str().into());
        }
        if let Some(tag) = tag(&self.manifest.app, &route.source) {
            self.tags.insert(tag.clone());
            member("tags", json!([tag]));
        }
        let mut parameters = path_parameters(route, schemas, components);
        parameters.extend(query_parameters(
            route,
            schemas,
            components,
            &mut self.notes,
        ));
        if !parameters.is_empty() {
            member("parameters", parameters.into());
        }
        if let Some(body) = request_body(operation, schemas, components, &mut self.notes) {
            member("requestBody", body);
        }
        let responses = responses(
            operation,
            schemas,
            components,
            &mut self.failures,
            &mut self.notes,
        );
        member("responses", responses.into());
        if let Some(security) = self.security.requirement(route) {
            member("security", security);
        }
        Value::Object(written)
    }

    fn into_components(mut self) -> Map<String, Value> {
        let responses = self.failures.into_responses(&mut self.components);
        let parts = [
            (
                "schemas",
                self.components.into_schemas().into_iter().collect(),
            ),
            ("responses", responses),
            ("securitySchemes", self.security.into_schemes()),
        ];
        let used = parts.into_iter().filter(|(_, members)| !members.is_empty());
        used.map(|(name, members)| (name.to_owned(), Value::Object(members)))
            .collect()
    }
}
