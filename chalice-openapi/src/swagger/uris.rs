//! Where the functions are, which only a template knows, or who deploys.

use serde_json::Value;

/// How API Gateway invokes a function.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InvocationPath {
    /// And waits for the answer.
    Invocations,
    /// And passes the answer on while it comes.
    ResponseStreamingInvocations,
}

impl InvocationPath {
    /// The part of a function's invocation URI after its ARN.
    pub fn as_str(self) -> &'static str {
        match self {
            InvocationPath::Invocations => "invocations",
            InvocationPath::ResponseStreamingInvocations => "response-streaming-invocations",
        }
    }

    /// The version of AWS Lambda's API, which is a part of the URI.
    pub fn api_version(self) -> &'static str {
        match self {
            InvocationPath::Invocations => "2015-03-31",
            InvocationPath::ResponseStreamingInvocations => "2021-11-15",
        }
    }
}

/// The invocation URIs of an app's functions, in the form that the document's reader
/// resolves: text with placeholders, `Fn::Sub` of AWS CloudFormation, references of Terraform.
pub trait FunctionUris {
    /// The URI of the function that answers the routes.
    fn api_handler(&self, path: InvocationPath) -> Value;

    /// The URI of an authorizer of the app, by its name there.
    fn authorizer(&self, name: &str) -> Value;
}

/// Chalice's placeholders: `{partition}`, `{region_name}`, `{api_handler_lambda_arn}` and
/// `{<authorizer>_lambda_arn}`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Placeholders;

impl FunctionUris for Placeholders {
    fn api_handler(&self, path: InvocationPath) -> Value {
        uri("api_handler", path)
    }

    fn authorizer(&self, name: &str) -> Value {
        uri(name, InvocationPath::Invocations)
    }
}

fn uri(function: &str, path: InvocationPath) -> Value {
    let (version, path) = (path.api_version(), path.as_str());
    format!(
        "arn:{{partition}}:apigateway:{{region_name}}:lambda:path/{version}/functions/\
         {{{function}_lambda_arn}}/{path}"
    )
    .into()
}
