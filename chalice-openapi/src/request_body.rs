//! The body that an operation takes.

use chalice_core::{manifest::model::Route, method::Method};
use serde_json::{Map, Value, json};

use crate::{
    components::Components, note::Note, operation::Operation, rust_type::RustType, schemas::Schemas,
};

const FORM: &str = "application/x-www-form-urlencoded";

/// The argument that reads the body.
#[derive(Debug)]
struct Body<'r> {
    reads: Reads,
    is_required: bool,
    /// Its name and its type.
    argument: (&'r str, &'r str),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Reads {
    Json,
    Form,
    Bytes,
    /// A type of the app's own, of which a schema says what is in it.
    Described,
    /// The whole request: what of it, only the handler's code says.
    Request,
}

/// The request body; `None` where the operation takes none.
pub(crate) fn request_body(
    operation: Operation<'_>,
    schemas: &Schemas,
    components: &mut Components<'_>,
    notes: &mut Vec<Note>,
) -> Option<Value> {
    let Operation { method, route } = operation;
    let body = body(route, schemas)?;
    if !carries(method, route, body.reads) {
        return None;
    }
    let (name, kind) = body.argument;
    let schema = match body.reads {
        Reads::Bytes | Reads::Request => None,
        Reads::Json | Reads::Form | Reads::Described => {
            let schema = schemas.argument(&route.source, name);
            if schema.is_none() {
                notes.push(Note::argument(route, name, kind));
            }
            schema.map(|schema| components.schema(schema))
        }
    };
    let media_type = match schema {
        Some(schema) => json!({ "schema": schema }),
        None => json!({}),
    };
    let content: Map<String, Value> = content_types(route, body.reads)
        .into_iter()
        .map(|content_type| (content_type.to_owned(), media_type.clone()))
        .collect();
    Some(json!({ "required": body.is_required, "content": content }))
}

/// A body that the handler takes as JSON and cannot do without.
#[derive(Debug)]
pub(crate) struct JsonBody<'a> {
    /// The name and the type of the argument.
    pub(crate) argument: (&'a str, &'a str),
    /// What is known of it.
    pub(crate) schema: Option<&'a Value>,
    /// In which content types it comes.
    pub(crate) content_types: Vec<&'a str>,
}

/// The body of an operation that is refused without JSON of the handler's type.
pub(crate) fn json_body<'a>(
    operation: Operation<'a>,
    schemas: &'a Schemas,
) -> Option<JsonBody<'a>> {
    let Operation { method, route } = operation;
    let body = body(route, schemas)?;
    let is_refused = body.reads == Reads::Json && body.is_required;
    (is_refused && carries(method, route, body.reads)).then(|| JsonBody {
        argument: body.argument,
        schema: schemas.argument(&route.source, body.argument.0),
        content_types: content_types(route, body.reads),
    })
}

/// Whether the handler reads a body, of which 400 and 415 are possible answers.
pub(crate) fn takes_body(operation: Operation<'_>, schemas: &Schemas) -> bool {
    body(operation.route, schemas)
        .is_some_and(|body| carries(operation.method, operation.route, body.reads))
}

fn body<'r>(route: &'r Route, schemas: &Schemas) -> Option<Body<'r>> {
    let read = |name: &'r str, text: &'r str| {
        let kind = RustType::read(text);
        let optional = kind.argument_of("Option");
        let is_described = || schemas.argument(&route.source, name).is_some();
        let reads = match optional.unwrap_or(&kind).name() {
            "Json" => Reads::Json,
            "Form" => Reads::Form,
            "Bytes" => Reads::Bytes,
            "Query" | "State" | "Authorized" => return None,
            "Request" => Reads::Request,
            _ if is_described() => Reads::Described,
            _ => return None,
        };
        Some(Body {
            reads,
            is_required: optional.is_none() && !matches!(reads, Reads::Bytes | Reads::Request),
            argument: (name, text),
        })
    };
    let arguments = route.arguments.iter();
    let mut bodies: Vec<Body<'r>> = arguments
        .filter_map(|argument| read(&argument.name, &argument.kind))
        .collect();
    // A handler that takes the request and a part of it has said which part.
    bodies.sort_by_key(|body| body.reads == Reads::Request);
    bodies.into_iter().next()
}

/// Whether requests by that method have the body. `GET`, `HEAD` and `OPTIONS` usually have none
/// (RFC 9110, 9.3), so of a route for several methods they are the ones without it.
fn carries(method: Method, route: &Route, reads: Reads) -> bool {
    let is_bodyless = |name: &str| matches!(name, "GET" | "HEAD" | "OPTIONS");
    match (is_bodyless(method.name()), reads) {
        (_, Reads::Request) => matches!(method, Method::Post | Method::Put | Method::Patch),
        (true, _) => route.methods.iter().all(|name| is_bodyless(name)),
        (false, _) => true,
    }
}

fn content_types(route: &Route, reads: Reads) -> Vec<&str> {
    let accepted: Vec<&str> = route.content_types.iter().map(String::as_str).collect();
    match reads {
        // Everything else is a 415.
        Reads::Form => vec![FORM],
        Reads::Json | Reads::Described if accepted.is_empty() => vec!["application/json"],
        _ if accepted.is_empty() => vec!["*/*"],
        _ => accepted,
    }
}
