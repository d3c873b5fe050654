//! The manifest as data, for the tools that read it.
//!
//! Every field is present in the JSON, that of grants excepted; a field without a value is
//! `null` or an empty list. Unknown fields are refused, because a tool that ignores a fact
//! about an app would deploy something else than the app.

use serde::{Deserialize, Serialize};

pub use super::{
    cors::{AllowOrigin, Cors, CorsSetting, Preflight},
    event_source::{
        CloudwatchFunction, DynamodbFunction, FilterPolicyScope, KinesisFunction,
        PureLambdaFunction, S3Function, ScheduledFunction, SnsFunction, SqsFunction,
        StartingPosition, WebsocketFunction,
    },
    grant::{BlueprintGrants, Grant, GrantSource, GrantedResource, ResourceKind},
};

/// Everything that is known about an app at compile time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// Version of this format: [`VERSION`](super::VERSION).
    pub manifest_version: u32,
    /// The framework that wrote the manifest.
    pub framework: Framework,
    /// The app.
    pub app: App,
    /// The Lambda functions, each served by the one binary.
    pub functions: Vec<Function>,
    /// The routes of the REST API, in the order in which the app lists them.
    pub routes: Vec<Route>,
}

/// The framework that wrote a manifest.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Framework {
    /// `chalice`
    pub name: String,
    /// The framework's version, such as `0.1.0`.
    pub version: String,
}

/// The app itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct App {
    /// The app's name: the prefix of every resource's name.
    pub name: String,
    /// Where the app is declared.
    pub source: Source,
    /// Settings of the whole API.
    pub api: Api,
    /// What all functions of the app may do on AWS; in JSON absent without any.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub grants: Vec<Grant>,
    /// What all handlers of its blueprints may do; in JSON absent without any.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub blueprint_grants: Vec<BlueprintGrants>,
}

/// Settings of the whole API.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Api {
    /// The CORS settings of the routes that say nothing about CORS.
    pub cors: Option<Cors>,
    /// Content types that API Gateway carries as binary, besides
    /// [`DEFAULT_BINARY_TYPES`](crate::binary_types::DEFAULT_BINARY_TYPES).
    pub binary_types: Vec<String>,
    /// From how many bytes on responses are compressed; `None` for never.
    pub compression: Option<u32>,
    /// Whether unexpected failures may be shown to whoever sent the request.
    pub debug: bool,
}

/// One AWS Lambda function of the app.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Function {
    /// The function's name within the app; also its configured handler, which
    /// Lambda passes to the binary as `_HANDLER`.
    pub name: String,
    /// What the function may do on AWS, besides what its blueprints and the app may; in JSON absent
    /// without any. Of the function that answers the routes, those have them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub grants: Vec<Grant>,
    /// What invokes the function, with the settings of its kind.
    #[serde(flatten)]
    pub kind: FunctionKind,
}

/// What invokes a function.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)]
pub enum FunctionKind {
    /// The REST API: one function answers every route.
    RestApi {},
    /// API Gateway, to learn whether a request may pass.
    Authorizer(AuthorizerFunction),
    /// Whoever knows its name.
    PureLambda(PureLambdaFunction),
    /// Amazon S3.
    S3(S3Function),
    /// Amazon SNS.
    Sns(SnsFunction),
    /// AWS Lambda's poller of an Amazon SQS queue.
    Sqs(SqsFunction),
    /// AWS Lambda's poller of an Amazon Kinesis data stream.
    Kinesis(KinesisFunction),
    /// AWS Lambda's poller of an Amazon DynamoDB stream.
    Dynamodb(DynamodbFunction),
    /// Amazon EventBridge, by a pattern.
    Cloudwatch(CloudwatchFunction),
    /// Amazon EventBridge, by a schedule.
    Scheduled(ScheduledFunction),
    /// A route of the WebSocket API.
    Websocket(WebsocketFunction),
}

impl FunctionKind {
    /// Where the function's handler is; of the function that answers the routes, each has its own.
    pub fn source(&self) -> Option<&Source> {
        Some(match self {
            FunctionKind::RestApi {} => return None,
            FunctionKind::Authorizer(function) => &function.source,
            FunctionKind::PureLambda(function) => &function.source,
            FunctionKind::S3(function) => &function.source,
            FunctionKind::Sns(function) => &function.source,
            FunctionKind::Sqs(function) => &function.source,
            FunctionKind::Kinesis(function) => &function.source,
            FunctionKind::Dynamodb(function) => &function.source,
            FunctionKind::Cloudwatch(function) => &function.source,
            FunctionKind::Scheduled(function) => &function.source,
            FunctionKind::Websocket(function) => &function.source,
        })
    }
}

/// A function that API Gateway asks whether a request may pass.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AuthorizerFunction {
    /// Where in a request the caller's identity is; several sources for an
    /// authorizer of API Gateway's type `REQUEST`.
    pub identity: Identity,
    /// For how many seconds API Gateway keeps a decision, if not for its default of 300.
    pub ttl_seconds: Option<u32>,
    /// The role that API Gateway assumes to invoke the function.
    pub execution_role: Option<String>,
    /// The first line of the function's documentation.
    pub summary: Option<String>,
    /// The rest of the function's documentation.
    pub description: Option<String>,
    /// Where the function is.
    pub source: Source,
}

/// What an authorizer function judges a request by.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)]
pub enum Identity {
    /// A token in a header.
    Token {
        /// The header.
        header: String,
    },
    /// The request, which needs to have all of these.
    Request {
        /// Where the values are that identify the caller.
        sources: Vec<IdentitySource>,
    },
}

/// Where in a request one of the values is that identify the caller.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IdentitySource {
    /// What part of the request.
    #[serde(rename = "in")]
    pub place: IdentityPlace,
    /// The name there.
    pub name: String,
}

/// A part of a request that identity sources are in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum IdentityPlace {
    /// The headers.
    Header,
    /// The query string.
    Query,
    /// `requestContext`
    Context,
    /// The stage variables.
    StageVariable,
}

/// One `#[route]`: a path, the methods it answers, and what API Gateway must
/// be told about them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Route {
    /// The handler's name within the app, blueprint prefixes included.
    pub name: String,
    /// The path as API Gateway writes it, such as `/users/{id}` or `/files/{path+}`,
    /// blueprint prefixes included.
    pub path: String,
    /// The methods, such as `GET`, as declared; `ANY` for all without a route of their own.
    pub methods: Vec<String>,
    /// The path's placeholders that the handler takes as arguments, in the
    /// order in which they occur in the path.
    pub parameters: Vec<Parameter>,
    /// The handler's other arguments.
    pub arguments: Vec<Argument>,
    /// The handler's return type, in Rust.
    pub returns: String,
    /// What the route says about CORS; what holds is [`Route::cors_within`].
    pub cors: CorsSetting,
    /// Who decides whether a request may pass.
    pub authorizer: Option<Authorizer>,
    /// Whether API Gateway asks for an API key.
    pub api_key_required: bool,
    /// The content types that the route accepts; empty for all.
    pub content_types: Vec<String>,
    /// Whether responses are streamed: the response transfer mode of the route's
    /// methods in a REST API is `STREAM`.
    pub stream: bool,
    /// The first line of the handler's documentation.
    pub summary: Option<String>,
    /// The rest of the handler's documentation.
    pub description: Option<String>,
    /// Where the handler is.
    pub source: Source,
    /// What the handler may do on AWS, besides what its blueprints and the app may; in JSON absent
    /// without any.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub grants: Vec<Grant>,
}

/// A placeholder of a path, and the argument that takes its value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Parameter {
    /// The placeholder's name.
    pub name: String,
    /// The argument's type, in Rust.
    #[serde(rename = "type")]
    pub kind: String,
    /// Whether the placeholder matches the rest of the path: `{name+}`.
    pub greedy: bool,
}

/// An argument that is not a placeholder of the path.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Argument {
    /// The argument's name.
    pub name: String,
    /// The argument's type, in Rust.
    #[serde(rename = "type")]
    pub kind: String,
}

/// Who decides whether a request may pass.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)]
pub enum Authorizer {
    /// AWS Signature Version 4, judged by IAM policies.
    AwsIam {
        /// The authorizer's name.
        name: String,
        /// OAuth scopes; none for this kind.
        scopes: Vec<String>,
    },
    /// Tokens of Amazon Cognito user pools.
    CognitoUserPools {
        /// The authorizer's name.
        name: String,
        /// ARNs of the user pools.
        provider_arns: Vec<String>,
        /// The header that carries the token.
        header: String,
        /// OAuth scopes of which the token must carry one; empty for an identity token.
        scopes: Vec<String>,
    },
    /// A Lambda function outside this app.
    Custom {
        /// The authorizer's name.
        name: String,
        /// The function's invocation URI.
        authorizer_uri: String,
        /// The role that API Gateway assumes to invoke the function.
        invoke_role_arn: Option<String>,
        /// The header that carries the token.
        header: String,
        /// For how many seconds API Gateway keeps a decision.
        ttl_seconds: u32,
        /// OAuth scopes.
        scopes: Vec<String>,
    },
    /// JSON Web Tokens of an OpenID Connect issuer; HTTP APIs only.
    Jwt {
        /// The authorizer's name.
        name: String,
        /// The issuer's URL.
        issuer: String,
        /// What a token's claim `aud` or `client_id` may be.
        audiences: Vec<String>,
        /// The header that carries the token.
        header: String,
        /// OAuth scopes of which the token must carry one; empty for none.
        scopes: Vec<String>,
    },
    /// A function of this app, whose entry in `functions` has the settings.
    Function {
        /// The function's name within the app.
        name: String,
        /// OAuth scopes.
        scopes: Vec<String>,
    },
}

impl Authorizer {
    /// The authorizer's name.
    pub fn name(&self) -> &str {
        match self {
            Authorizer::AwsIam { name, .. }
            | Authorizer::CognitoUserPools { name, .. }
            | Authorizer::Custom { name, .. }
            | Authorizer::Jwt { name, .. }
            | Authorizer::Function { name, .. } => name,
        }
    }
}

/// A place in the app's source.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// The module's path, such as `helloworld::users`.
    pub module: String,
    /// The name of the item.
    pub item: String,
    /// The file, as given to the compiler.
    pub file: String,
    /// The line, counted from 1.
    pub line: u32,
}

/// Why bytes are not a manifest that this version can read.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// Not JSON, or not of the manifest's form.
    #[error("the manifest is malformed: {0}")]
    Malformed(#[from] serde_json::Error),
    /// Written by a framework whose manifest format is another.
    #[error(
        "the manifest has format version {found} (written by chalice {framework}), and this tool reads \
         version {}: use the `chalice` crate and `cargo chalice` of one release",
        super::VERSION
    )]
    Version {
        /// The format's version that was found.
        found: u32,
        /// The version of the framework that wrote it.
        framework: String,
    },
}

impl Manifest {
    /// Whether a route streams. A function URL of the app then needs the invoke mode
    /// `RESPONSE_STREAM`, and `BUFFERED` otherwise: the function answers in that mode's format.
    pub fn streams(&self) -> bool {
        self.routes.iter().any(|route| route.stream)
    }

    /// Reads a manifest from its JSON.
    ///
    /// # Errors
    ///
    /// [`ReadError::Version`] when another version of the framework wrote it,
    /// [`ReadError::Malformed`] when it is damaged.
    pub fn from_json(json: &[u8]) -> Result<Manifest, ReadError> {
        /// The part that never changes between versions of the format.
        #[derive(Deserialize)]
        struct Head {
            manifest_version: u32,
            framework: Framework,
        }
        let head: Head = serde_json::from_slice(json)?;
        if head.manifest_version != super::VERSION {
            return Err(ReadError::Version {
                found: head.manifest_version,
                framework: head.framework.version,
            });
        }
        Ok(serde_json::from_slice(json)?)
    }
}
