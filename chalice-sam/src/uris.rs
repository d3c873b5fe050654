//! Invocation URIs of the functions.

use chalice_core::name::API_HANDLER;
use chalice_openapi::{FunctionUris, InvocationPath};
use serde_json::Value;

use crate::{intrinsic::substituted, writer::Writer};

impl FunctionUris for Writer<'_> {
    fn api_handler(&self, path: InvocationPath) -> Value {
        self.uri(API_HANDLER, path)
    }

    fn authorizer(&self, name: &str) -> Value {
        self.uri(name, InvocationPath::Invocations)
    }
}

impl Writer<'_> {
    fn uri(&self, function: &str, path: InvocationPath) -> Value {
        let (version, path) = (path.api_version(), path.as_str());
        let function = self.invocable_attribute(function);
        substituted(format!(
            "arn:${{AWS::Partition}}:apigateway:${{AWS::Region}}:lambda:path/{version}/functions/${{{function}}}/{path}"
        ))
    }
}
