//! What a client knows of an operation.

use crate::types::Type;

/// A method of a path, which is a method of the client.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Operation {
    /// What the client's method is called.
    pub(crate) name: String,
    /// The HTTP method.
    pub(crate) method: &'static str,
    /// The path as API Gateway writes it.
    pub(crate) path: String,
    /// Its parts, slashes included.
    pub(crate) parts: Vec<PathPart>,
    /// What it does, in one line.
    pub(crate) summary: String,
    /// And what else there is to say.
    pub(crate) description: String,
    pub(crate) parameters: Vec<Parameter>,
    /// The type of its parameters, if it has any.
    pub(crate) parameters_type: Option<String>,
    pub(crate) body: Option<Body>,
    pub(crate) answer: Answer,
    /// The statuses of the errors that it is documented to answer with.
    pub(crate) failures: Vec<String>,
    /// Whether API Gateway asks for an API key.
    pub(crate) needs_api_key: bool,
    /// Whether requests have to be signed.
    pub(crate) is_signed: bool,
    /// The credentials that a request needs, by their names.
    pub(crate) credentials: Vec<String>,
}

/// A part of a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum PathPart {
    /// Text that is the same in all requests.
    Literal(String),
    /// The value of a parameter, as one segment.
    Segment(String),
    /// The value of a parameter, as any number of segments.
    Rest(String),
}

/// A member of the parameters of an operation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Parameter {
    /// What the client calls it.
    pub(crate) property: String,
    pub(crate) place: Place,
    pub(crate) is_required: bool,
    pub(crate) documentation: String,
    pub(crate) kind: Type,
}

/// Where a parameter is in a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// In the path.
    Path,
    /// In the query string, under a name.
    Query(String),
    /// In the query string, each of its members under the name of its own.
    QueryMembers,
}

/// The body of a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Body {
    pub(crate) encoding: Encoding,
    pub(crate) is_required: bool,
}

/// How a body is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Encoding {
    /// As JSON, with that content type.
    Json { content_type: String, kind: Type },
    /// As the fields of a form.
    Form(Type),
    /// As it is; with the content types that the operation takes, if it does not take all.
    Raw(Vec<String>),
}

/// What an operation answers when all is well.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Answer {
    /// JSON of a type.
    Json(Type),
    /// Text, of that content type.
    Text(String),
    Bytes,
    /// Bytes, while they are made.
    Stream,
    /// What its content type says.
    Any,
    /// No body.
    None,
}

/// Something that shows who sends a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Credential {
    /// Where a request has it: `header` or `query`.
    pub(crate) place: String,
    /// Its name there.
    pub(crate) field: String,
    /// Who judges it.
    pub(crate) documentation: String,
}
