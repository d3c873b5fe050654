//! Definitions of APIs, in which everything but the references to functions stands for itself.

use chalice_openapi::{FunctionUris, InvocationPath};
use chalice_resources::{Function, Id};
use serde_json::{Map, Value};

use crate::{
    expression::literal,
    template::{PARTITION, Template},
};

impl Template<'_> {
    /// The URIs of the functions of an API. They become parts of a JSON text, which would escape quotation marks:
    /// the expressions have none.
    pub(crate) fn uris(
        &mut self,
        handler: Id<Function>,
        authorizers: &[Id<Function>],
        streams: bool,
    ) -> Uris {
        let by = self.invoked_by(handler);
        let invocations = by.get("invoke_arn");
        let stream = match streams {
            false => invocations.clone(),
            // The provider has an attribute for that only in its newest versions.
            true => {
                let path = InvocationPath::ResponseStreamingInvocations;
                format!(
                    "arn:{PARTITION}:apigateway:{}:lambda:path/{}/functions/{}/{}",
                    self.region(),
                    path.api_version(),
                    by.get("arn"),
                    path.as_str()
                )
            }
        };
        let authorizers = authorizers.iter().map(|&id| {
            let name = self.resources.functions[id].name.clone();
            (name, self.invoked_by(id).get("invoke_arn"))
        });
        Uris {
            authorizers: authorizers.collect(),
            handler: [invocations, stream],
        }
    }
}

/// The functions' URIs as references.
pub(crate) struct Uris {
    handler: [String; 2],
    authorizers: Vec<(String, String)>,
}

impl FunctionUris for Uris {
    fn api_handler(&self, path: InvocationPath) -> Value {
        let [invocations, stream] = &self.handler;
        match path {
            InvocationPath::Invocations => invocations.as_str().into(),
            InvocationPath::ResponseStreamingInvocations => stream.as_str().into(),
        }
    }

    fn authorizer(&self, name: &str) -> Value {
        let mut authorizers = self.authorizers.iter();
        let found = authorizers.find(|(authorizer, _)| authorizer == name);
        found.map(|(_, uri)| uri.as_str()).into()
    }
}

impl Uris {
    /// A definition, with all texts escaped but these URIs in their places.
    pub(crate) fn escaped(&self, definition: &Value) -> Value {
        self.escaped_member(definition, None)
    }

    fn escaped_member(&self, value: &Value, name: Option<&str>) -> Value {
        match value {
            Value::String(text) => {
                let is_reference = match name {
                    Some("uri") => self.handler.contains(text),
                    Some("authorizerUri") => self.authorizers.iter().any(|(_, uri)| uri == text),
                    _ => false,
                };
                match is_reference {
                    true => value.clone(),
                    false => literal(text).into(),
                }
            }
            Value::Array(elements) => elements
                .iter()
                .map(|element| self.escaped_member(element, None))
                .collect(),
            Value::Object(members) => members
                .iter()
                .map(|(name, member)| (literal(name), self.escaped_member(member, Some(name))))
                .collect::<Map<_, _>>()
                .into(),
            Value::Null | Value::Bool(_) | Value::Number(_) => value.clone(),
        }
    }
}
