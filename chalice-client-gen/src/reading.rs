//! From the manifest and its OpenAPI document to the operations of a client.
//!
//! The document says what clients need to know, and the manifest what it leaves out: the order of the routes,
//! which placeholders are greedy, which routes stream and whose requests are signed.

use std::collections::{BTreeMap, BTreeSet};

use chalice_core::{
    manifest::model::{Authorizer, Manifest, Route},
    method::Method,
};
use serde_json::{Value, json};

use crate::{
    identifier::unique,
    method_name::{capitalized, method_name},
    note::ClientNote,
    operation::{Answer, Body, Credential, Encoding, Operation},
    parameters::{parameters, path_parts},
    types::Definitions,
};

const FORM: &str = "application/x-www-form-urlencoded";
const JSON: &str = "application/json";

/// What is read of an API.
#[derive(Debug, Default)]
pub(crate) struct Read {
    pub(crate) operations: Vec<Operation>,
    /// By their names.
    pub(crate) credentials: BTreeMap<String, Credential>,
    pub(crate) notes: Vec<ClientNote>,
    /// The schemas that the operations use.
    pub(crate) schemas: Vec<Value>,
}

/// Reads the operations, in the order in which the app lists their paths. `taken` are names of types.
pub(crate) fn read(
    manifest: &Manifest,
    document: &Value,
    definitions: &Definitions,
    taken: &mut BTreeSet<String>,
) -> Read {
    let mut read = Read::default();
    let mut names = BTreeSet::new();
    let mut seen = BTreeSet::new();
    for path in manifest.routes.iter().map(|route| route.path.as_str()) {
        if !seen.insert(path) {
            continue;
        }
        let item = &document["paths"][path.replace("+}", "}")];
        for method in Method::ALL {
            let described = item.get(method.name().to_ascii_lowercase());
            let (Some(described), Some(route)) = (described, route(manifest, path, method)) else {
                continue;
            };
            let wanted = method_name(path, method.name());
            let name = unique(&wanted, &mut names);
            if name != wanted {
                read.notes.push(ClientNote::Renamed {
                    request: format!("{} {path}", method.name()),
                    wanted,
                    name: name.clone(),
                });
            }
            let parameters = parameters(described, definitions);
            let parameters_type = (!parameters.is_empty())
                .then(|| unique(&format!("{}Params", capitalized(&name)), taken));
            let text = |key: &str| described[key].as_str().unwrap_or_default().to_owned();
            let (answer, failures) = answers(&described["responses"], route, definitions);
            read.operations.push(Operation {
                name,
                method: method.name(),
                path: path.to_owned(),
                parts: path_parts(path),
                summary: text("summary"),
                description: text("description"),
                parameters,
                parameters_type,
                body: body(&described["requestBody"], definitions),
                answer,
                failures,
                needs_api_key: route.api_key_required,
                is_signed: matches!(route.authorizer, Some(Authorizer::AwsIam { .. })),
                credentials: Vec::new(),
            });
            let needed = credentials(described, route, document, &mut read.credentials);
            if let Some(operation) = read.operations.last_mut() {
                operation.credentials = needed;
            }
            let used = ["parameters", "requestBody", "responses"];
            read.schemas.extend(used.map(|key| described[key].clone()));
        }
    }
    read
}

/// The route that answers the method, as API Gateway picks it.
fn route<'m>(manifest: &'m Manifest, path: &str, method: Method) -> Option<&'m Route> {
    let of = |name: &str| {
        let mut routes = manifest.routes.iter().filter(|route| route.path == path);
        routes.find(|route| route.methods.iter().any(|it| it == name))
    };
    of(method.name()).or_else(|| of(Method::Any.name()))
}

fn body(described: &Value, definitions: &Definitions) -> Option<Body> {
    let content = described["content"].as_object()?;
    let types: Vec<&str> = content.keys().map(String::as_str).collect();
    let schema = content.values().find_map(|it| it.get("schema"));
    let json_type = match content.contains_key(JSON) {
        true => Some(JSON),
        false => types.iter().copied().find(|it| is_json(it)),
    };
    let encoding = match (schema, json_type) {
        _ if content.contains_key(FORM) => {
            Encoding::Form(definitions.read(schema.unwrap_or(&json!({ "type": "object" }))))
        }
        (Some(schema), json_type) => Encoding::Json {
            content_type: json_type
                .or(types.first().copied())
                .unwrap_or(JSON)
                .to_owned(),
            kind: definitions.read(schema),
        },
        // JSON of which nothing is known.
        (None, Some(json_type)) if types.iter().all(|it| is_json(it)) => Encoding::Json {
            content_type: json_type.to_owned(),
            kind: definitions.read(&Value::Bool(true)),
        },
        (None, _) => Encoding::Raw(match types[..] {
            ["*/*"] => Vec::new(),
            _ => types.iter().map(|&it| it.to_owned()).collect(),
        }),
    };
    Some(Body {
        encoding,
        is_required: described["required"] == true,
    })
}

fn is_json(content_type: &str) -> bool {
    content_type == JSON || content_type.ends_with("+json")
}

/// What comes when all is well, and the statuses of what comes otherwise.
fn answers(responses: &Value, route: &Route, definitions: &Definitions) -> (Answer, Vec<String>) {
    let mut answer = Answer::Any;
    let mut failures = Vec::new();
    for (status, response) in responses.as_object().into_iter().flatten() {
        match status.as_bytes() {
            [b'2', ..] => answer = success(response, route, definitions),
            // `fetch` follows redirects: what is there, is not known here.
            [b'3', ..] => answer = Answer::Any,
            _ => failures.push(status.clone()),
        }
    }
    (answer, failures)
}

fn success(response: &Value, route: &Route, definitions: &Definitions) -> Answer {
    let content = response["content"].as_object();
    let Some((content_type, media_type)) = content.and_then(|content| content.iter().next()) else {
        return Answer::None;
    };
    match content_type.as_str() {
        JSON => {
            Answer::Json(definitions.read(media_type.get("schema").unwrap_or(&Value::Bool(true))))
        }
        text if text.starts_with("text/") => Answer::Text(text.to_owned()),
        _ if route.stream => Answer::Stream,
        "application/octet-stream" => Answer::Bytes,
        _ => Answer::Any,
    }
}

/// The names of what shows who sends a request, but for signatures and API keys.
fn credentials(
    described: &Value,
    route: &Route,
    document: &Value,
    known: &mut BTreeMap<String, Credential>,
) -> Vec<String> {
    if matches!(route.authorizer, None | Some(Authorizer::AwsIam { .. })) {
        return Vec::new();
    }
    // All of them are in one requirement.
    let needed = described["security"][0].as_object();
    let mut names = Vec::new();
    for name in needed.into_iter().flat_map(|it| it.keys()) {
        let scheme = &document["components"]["securitySchemes"][name];
        if *scheme == json!({ "type": "apiKey", "in": "header", "name": "x-api-key" }) {
            continue;
        }
        let text = |key: &str, default: &str| scheme[key].as_str().unwrap_or(default).to_owned();
        known.entry(name.clone()).or_insert_with(|| Credential {
            place: text("in", "header"),
            // OpenID Connect says nothing of it, because it is always that.
            field: text("name", "Authorization"),
            documentation: text("description", ""),
        });
        names.push(name.clone());
    }
    names
}
