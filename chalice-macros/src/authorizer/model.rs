//! An authorizer that has passed every check an attribute alone can make.

use syn::{Expr, Type};

use crate::{documentation::Documentation, route::function::Function};

pub(crate) struct Authorizer<'f> {
    pub(crate) function: &'f Function,
    pub(crate) name: String,
    pub(crate) identity: Identity,
    pub(crate) ttl_seconds: Option<u32>,
    pub(crate) execution_role: Option<String>,
    /// The types of the function's arguments.
    pub(crate) arguments: Vec<Argument>,
    pub(crate) documentation: Documentation,
    /// What the function may do on AWS: expressions of type `Grant`.
    pub(crate) grants: Vec<Expr>,
}

/// One argument of the function.
pub(crate) enum Argument {
    /// `&AuthRequest`
    Borrowed,
    /// By `FromAuthRequest`.
    Value(Box<Type>),
}

/// What the authorizer judges a request by.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Identity {
    /// A token in this header.
    Token(String),
    /// The request.
    Request(Vec<IdentitySource>),
}

/// Where in a request one of the values is that identify the caller.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct IdentitySource {
    pub(crate) place: Place,
    pub(crate) name: String,
}

/// A part of a request that identity sources are in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    Header,
    Query,
    Context,
    StageVariable,
}

impl Place {
    pub(crate) const ALL: [Place; 4] = [
        Place::Header,
        Place::Query,
        Place::Context,
        Place::StageVariable,
    ];

    /// As the user and the manifest write it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Place::Header => "header",
            Place::Query => "query",
            Place::Context => "context",
            Place::StageVariable => "stage_variable",
        }
    }
}
