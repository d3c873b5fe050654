//! A route that has passed every check an attribute alone can make.

use chalice_core::{method::MethodSet, path::PathPattern};
use proc_macro2::Ident;
use syn::{Expr, LitStr, Type};

use super::function::Function;
use crate::{cors::Cors, documentation::Documentation};

pub(crate) struct Route<'f> {
    pub(crate) function: &'f Function,
    pub(crate) path_literal: LitStr,
    pub(crate) pattern: PathPattern,
    pub(crate) methods: Methods,
    pub(crate) name: String,
    pub(crate) cors: CorsSetting,
    pub(crate) content_types: Vec<String>,
    pub(crate) api_key_required: bool,
    pub(crate) stream: bool,
    pub(crate) authorizer: Option<Expr>,
    /// What the handler may do on AWS: expressions of type `Grant`.
    pub(crate) grants: Vec<Expr>,
    pub(crate) arguments: Vec<Argument>,
    pub(crate) documentation: Documentation,
}

/// The methods in the order in which the user lists them.
pub(crate) struct Methods {
    pub(crate) names: Vec<&'static str>,
    pub(crate) set: MethodSet,
}

/// What a route says about CORS.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum CorsSetting {
    /// Nothing.
    Inherit,
    /// `cors = false`
    Off,
    Own(Cors),
}

/// One argument of the function.
pub(crate) struct Argument {
    pub(crate) name: String,
    pub(crate) ty: Type,
    pub(crate) source: Source,
}

/// Where an argument's value comes from.
pub(crate) enum Source {
    /// From the path.
    Placeholder(Ident),
    /// It is the request itself.
    Request,
    /// By `FromRequest`.
    Extractor,
}
