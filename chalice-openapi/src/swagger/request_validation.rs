//! What Amazon API Gateway checks of requests before it invokes the function.
//!
//! Amazon API Gateway, "Request validation for REST APIs in API Gateway": that the body is valid by the
//! model of its content type, and that required parameters are there and not blank.

use std::collections::{BTreeMap, BTreeSet};

use chalice_core::{manifest::model::Route, method::Method};
use serde_json::{Map, Value, json};

use super::models::Models;
use crate::{
    components::Components, note::Note, operation::Operation, parameters::query_parameters,
    request_body::json_body, schemas::Schemas,
};

/// What of requests is checked, and by what.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RequestValidation {
    /// Bodies that handlers cannot do without as `Json<T>`.
    pub bodies: bool,
    /// Parameters of the query string that handlers cannot do without in `Query<T>`.
    pub parameters: bool,
    /// The schemas of `T`; `None` if nobody has asked the app for them, so that there is no document.
    pub schemas: Option<Schemas>,
}

impl RequestValidation {
    /// Whether anything is checked.
    pub fn is_on(&self) -> bool {
        self.bodies || self.parameters
    }
}

/// The checks of a document while it is made.
pub(super) struct Checks<'s> {
    bodies: bool,
    parameters: bool,
    schemas: &'s Schemas,
    /// Content types whose bodies API Gateway does not read.
    binary_types: &'s [String],
    models: Models<'s>,
    components: Components<'s>,
    validators: BTreeMap<&'static str, Value>,
    notes: BTreeSet<Note>,
}

/// What a document has of its checks.
pub(super) struct Checked {
    pub(super) definitions: Value,
    pub(super) validators: Map<String, Value>,
    pub(super) notes: Vec<Note>,
}

impl<'s> Checks<'s> {
    /// The checks by those schemas.
    pub(super) fn new(
        validation: Option<&RequestValidation>,
        schemas: &'s Schemas,
        binary_types: &'s [String],
    ) -> Checks<'s> {
        Checks {
            bodies: validation.is_some_and(|it| it.bodies),
            parameters: validation.is_some_and(|it| it.parameters),
            schemas,
            binary_types,
            models: Models::new(&schemas.definitions),
            components: Components::new(&schemas.definitions),
            validators: BTreeMap::new(),
            notes: BTreeSet::new(),
        }
    }

    /// Adds to an operation what is checked of its requests.
    pub(super) fn add(&mut self, operation: &mut Value, route: &Route, method: &str) {
        let parameters = self.required_parameters(route);
        let body = self.body(route, method);
        let validator = match (body.is_some(), parameters.is_empty()) {
            (true, true) => "body",
            (false, false) => "parameters",
            (true, false) => "all",
            (false, true) => return,
        };
        self.validators.entry(validator).or_insert_with(|| {
            json!({
                "validateRequestBody": validator != "parameters",
                "validateRequestParameters": validator != "body",
            })
        });
        let mut all = operation["parameters"]
            .as_array()
            .cloned()
            .unwrap_or_default();
        all.extend(parameters);
        if body.is_some() && route.content_types.is_empty() {
            operation["consumes"] = json!(["application/json"]);
        }
        all.extend(body);
        operation["parameters"] = all.into();
        operation["x-amazon-apigateway-request-validator"] = validator.into();
    }

    fn required_parameters(&mut self, route: &Route) -> Vec<Value> {
        if !self.parameters {
            return Vec::new();
        }
        let mut notes = Vec::new();
        let parameters = query_parameters(route, self.schemas, &mut self.components, &mut notes);
        self.notes.extend(notes);
        parameters
            .into_iter()
            .filter(|parameter| parameter["required"] == true)
            .map(|parameter| {
                let mut required = json!({
                    "name": parameter["name"],
                    "in": "query",
                    "required": true,
                    "type": "string",
                });
                match parameter["schema"]["type"].as_str() {
                    Some(kind @ ("integer" | "number" | "boolean")) => {
                        required["type"] = kind.into();
                    }
                    Some("array") => {
                        required["type"] = "array".into();
                        required["items"] = json!({ "type": "string" });
                        required["collectionFormat"] = "multi".into();
                    }
                    _ => {}
                }
                required
            })
            .collect()
    }

    /// The parameter that is the body.
    fn body(&mut self, route: &Route, method: &str) -> Option<Value> {
        if !self.bodies {
            return None;
        }
        let method = Method::ALL.into_iter().find(|it| it.name() == method)?;
        let body = json_body(Operation { method, route }, self.schemas)?;
        let is_binary = |content_type: &str| {
            let mut types = self.binary_types.iter();
            types.any(|it| it == "*/*" || it.eq_ignore_ascii_case(content_type))
        };
        if body.content_types.into_iter().any(is_binary) {
            return None;
        }
        let Some(schema) = body.schema else {
            let (name, kind) = body.argument;
            self.notes.insert(Note::argument(route, name, kind));
            return None;
        };
        let model = self.models.body(&format!("{} body", route.name), schema)?;
        Some(json!({
            "name": body.argument.0,
            "in": "body",
            "required": true,
            "schema": model,
        }))
    }

    /// What the document has of all these.
    pub(super) fn finish(self) -> Checked {
        let validators = self.validators.into_iter();
        Checked {
            definitions: self.models.into_definitions(),
            validators: validators
                .map(|(name, validator)| (name.to_owned(), validator))
                .collect(),
            notes: self.notes.into_iter().collect(),
        }
    }
}
