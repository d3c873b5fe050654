//! What an operation answers.

use std::collections::BTreeMap;

use chalice_core::{
    manifest::model::{Authorizer, Route},
    method::Method,
};
use serde_json::{Map, Value, json};

use crate::{
    components::Components, note::Note, operation::Operation, request_body::takes_body,
    rust_type::RustType, schemas::Schemas,
};

/// A response that many operations share, in `components.responses`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Failure {
    BadRequest,
    Unauthorized,
    Forbidden,
    NotFound,
    UnsupportedMediaType,
    InternalServerError,
    /// Whatever status the handler's own errors have.
    Error,
}

impl Failure {
    fn status(self) -> &'static str {
        match self {
            Failure::BadRequest => "400",
            Failure::Unauthorized => "401",
            Failure::Forbidden => "403",
            Failure::NotFound => "404",
            Failure::UnsupportedMediaType => "415",
            Failure::InternalServerError => "500",
            Failure::Error => "default",
        }
    }

    fn name(self) -> &'static str {
        match self {
            Failure::BadRequest => "BadRequest",
            Failure::Unauthorized => "Unauthorized",
            Failure::Forbidden => "Forbidden",
            Failure::NotFound => "NotFound",
            Failure::UnsupportedMediaType => "UnsupportedMediaType",
            Failure::InternalServerError => "InternalServerError",
            Failure::Error => "Error",
        }
    }

    fn description(self) -> &'static str {
        match self {
            Failure::BadRequest => {
                "A parameter or the body is missing, or is not what the operation takes."
            }
            Failure::Unauthorized => "The request does not say who sends it, or says it wrongly.",
            Failure::Forbidden => "Who sends the request may not do this.",
            Failure::NotFound => "There is no such thing.",
            Failure::UnsupportedMediaType => {
                "The body is of a content type that the operation does not take."
            }
            Failure::InternalServerError => "The operation failed.",
            Failure::Error => "The operation was refused; the status says why.",
        }
    }

    /// Whether API Gateway gives the answer, in a form of its own, or the app does as well.
    fn is_by_gateway(self) -> bool {
        matches!(self, Failure::Unauthorized | Failure::Forbidden)
    }
}

/// The schemas of the two bodies that errors have: the framework's, and API Gateway's.
#[derive(Debug, Default)]
pub(crate) struct Failures {
    used: BTreeMap<&'static str, Failure>,
}

impl Failures {
    fn reference(&mut self, failure: Failure) -> Value {
        self.used.insert(failure.name(), failure);
        json!({ "$ref": format!("#/components/responses/{}", failure.name()) })
    }

    /// `components.responses`: those that some operation has.
    pub(crate) fn into_responses(self, components: &mut Components<'_>) -> Map<String, Value> {
        if self.used.is_empty() {
            return Map::new();
        }
        let own = components.own(
            "ErrorResponse",
            json!({
                "type": "object",
                "description": "What went wrong.",
                "properties": {
                    "Code": { "type": "string", "description": "The kind of error, such as `NotFoundError`." },
                    "Message": { "type": "string", "description": "What went wrong, for people." },
                },
                "required": ["Code", "Message"],
            }),
        );
        let gateway = self.used.values().any(|it| it.is_by_gateway()).then(|| {
            components.own(
                "GatewayResponse",
                json!({
                    "type": "object",
                    "description": "Why API Gateway has refused the request before the app saw it.",
                    "properties": {
                        "message": { "type": "string" },
                        "Message": { "type": "string" },
                    },
                }),
            )
        });
        let schema = |failure: Failure| match &gateway {
            Some(gateway) if failure.is_by_gateway() => {
                json!({ "anyOf": [{ "$ref": gateway }, { "$ref": own }] })
            }
            _ => json!({ "$ref": own }),
        };
        let responses = self.used.into_values();
        responses
            .map(|failure| {
                let content = json!({ "application/json": { "schema": schema(failure) } });
                let response = json!({ "description": failure.description(), "content": content });
                (failure.name().to_owned(), response)
            })
            .collect()
    }
}

/// What a return type says of the answer.
#[derive(Debug, PartialEq, Eq)]
struct Returned {
    status: &'static str,
    content: Content,
    /// `Option`: it may be a 404.
    may_be_missing: bool,
    /// `Result`: it may be an error of any status.
    may_fail: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Content {
    None,
    Json,
    Text,
    Html,
    Bytes,
    /// Only the handler's code says.
    Unknown,
}

/// The operation's responses.
pub(crate) fn responses(
    operation: Operation<'_>,
    schemas: &Schemas,
    components: &mut Components<'_>,
    failures: &mut Failures,
    notes: &mut Vec<Note>,
) -> Map<String, Value> {
    let Operation { method, route } = operation;
    let returned = returned(&RustType::read(&route.returns));
    let mut responses = Map::new();
    let success = success(route, &returned, method, schemas, components, notes);
    responses.insert(returned.status.to_owned(), success);
    let mut fail = |failure: Failure| {
        let response = failures.reference(failure);
        responses.insert(failure.status().to_owned(), response);
    };
    let takes_body = takes_body(operation, schemas);
    let reads_query = route.arguments.iter().any(|it| it.kind.contains("Query<"));
    if route.path.contains('{') || reads_query || takes_body {
        fail(Failure::BadRequest);
    }
    if takes_body && !route.content_types.is_empty() {
        fail(Failure::UnsupportedMediaType);
    }
    if returned.may_be_missing {
        fail(Failure::NotFound);
    }
    if returned.may_fail {
        if route.path.contains('{') {
            fail(Failure::NotFound);
        }
        fail(Failure::Error);
    }
    for failure in refusals(route) {
        fail(failure);
    }
    fail(Failure::InternalServerError);
    responses
}

/// By what API Gateway answers a request that may not pass.
fn refusals(route: &Route) -> Vec<Failure> {
    let mut refusals = match &route.authorizer {
        None => Vec::new(),
        Some(Authorizer::AwsIam { .. }) => vec![Failure::Forbidden],
        Some(Authorizer::CognitoUserPools { .. }) => vec![Failure::Unauthorized],
        Some(Authorizer::Jwt { scopes, .. }) if scopes.is_empty() => vec![Failure::Unauthorized],
        Some(Authorizer::Jwt { .. } | Authorizer::Custom { .. } | Authorizer::Function { .. }) => {
            vec![Failure::Unauthorized, Failure::Forbidden]
        }
    };
    if route.api_key_required && !refusals.contains(&Failure::Forbidden) {
        refusals.push(Failure::Forbidden);
    }
    refusals
}

fn success(
    route: &Route,
    returned: &Returned,
    method: Method,
    schemas: &Schemas,
    components: &mut Components<'_>,
    notes: &mut Vec<Note>,
) -> Value {
    let mut response = json!({ "description": description(returned.status) });
    if returned.status == "3XX" {
        response["headers"] = json!({
            "Location": { "required": true, "schema": { "type": "string", "format": "uri-reference" } },
        });
    }
    // What a route for `GET` and `HEAD` answers to `HEAD` has no body (RFC 9110, 9.3.2).
    if method == Method::Head {
        return response;
    }
    let text = || json!({ "schema": { "type": "string" } });
    let described = schemas.returns(&route.source);
    let (content_type, media_type) = match (returned.content, described) {
        (Content::None, _) => return response,
        (Content::Json | Content::Unknown, Some(schema)) => (
            "application/json",
            json!({ "schema": components.schema(schema) }),
        ),
        (Content::Json, None) => {
            notes.push(Note::returns(route));
            ("application/json", json!({}))
        }
        (Content::Text, _) => ("text/plain", text()),
        (Content::Html, _) => ("text/html", text()),
        (Content::Bytes, _) => ("application/octet-stream", json!({})),
        (Content::Unknown, None) => ("*/*", json!({})),
    };
    response["content"] = json!({ content_type: media_type });
    response
}

fn description(status: &str) -> &'static str {
    match status {
        "200" => "OK",
        "3XX" => "What was asked for is somewhere else.",
        _ => "Success",
    }
}

fn returned(kind: &RustType) -> Returned {
    let with = |status, content| Returned {
        status,
        content,
        may_be_missing: false,
        may_fail: false,
    };
    match kind {
        RustType::Named(name, arguments) => match (&**name, &arguments[..]) {
            ("Result", [value, ..]) => Returned {
                may_fail: true,
                ..returned(value)
            },
            ("Option", [value]) => Returned {
                may_be_missing: true,
                ..returned(value)
            },
            ("Json", _) => with("200", Content::Json),
            ("String" | "str", _) => with("200", Content::Text),
            ("Html", _) => with("200", Content::Html),
            ("Bytes" | "StreamingBody", _) | ("Vec", [RustType::Named(..)]) => {
                with("200", Content::Bytes)
            }
            ("StatusCode", _) => with("2XX", Content::None),
            ("Redirect", _) => with("3XX", Content::None),
            _ => with("2XX", Content::Unknown),
        },
        RustType::Tuple(parts) => match &parts[..] {
            [] => with("200", Content::None),
            [status, .., value] if status.name() == "StatusCode" => Returned {
                status: "2XX",
                ..headed(value, parts.len() > 2)
            },
            [_, value] => headed(value, true),
            _ => with("2XX", Content::Unknown),
        },
        RustType::Array(_) => with("2XX", Content::Unknown),
    }
}

/// What is returned with headers, one of which may be another content type.
fn headed(value: &RustType, has_headers: bool) -> Returned {
    let returned = returned(value);
    match returned.content {
        Content::Text | Content::Bytes if has_headers => Returned {
            content: Content::Unknown,
            ..returned
        },
        _ => returned,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_return_types_say() {
        for (text, status, content) in [
            ("()", "200", Content::None),
            ("Json<User>", "200", Content::Json),
            ("Result<Json<User>>", "200", Content::Json),
            ("Option<Json<User>>", "200", Content::Json),
            ("&'static str", "200", Content::Text),
            ("String", "200", Content::Text),
            ("Html<String>", "200", Content::Html),
            ("bytes::Bytes", "200", Content::Bytes),
            ("Vec<u8>", "200", Content::Bytes),
            ("StatusCode", "2XX", Content::None),
            ("(StatusCode, Json<User>)", "2XX", Content::Json),
            ("(StatusCode, String)", "2XX", Content::Text),
            (
                "([(HeaderName, &'static str); 1], Json<User>)",
                "200",
                Content::Json,
            ),
            (
                "([(HeaderName, &'static str); 1], String)",
                "200",
                Content::Unknown,
            ),
            (
                "(StatusCode, HeaderMap, StreamingBody)",
                "2XX",
                Content::Unknown,
            ),
            ("Redirect", "3XX", Content::None),
            ("Response", "2XX", Content::Unknown),
            ("Typed", "2XX", Content::Unknown),
        ] {
            let returned = returned(&RustType::read(text));
            assert_eq!(
                (returned.status, returned.content),
                (status, content),
                "{text}"
            );
            assert_eq!(returned.may_fail, text.starts_with("Result"), "{text}");
            assert_eq!(
                returned.may_be_missing,
                text.starts_with("Option"),
                "{text}"
            );
        }
    }
}
