//! A route that has passed every check an attribute alone can make.

use chalice_core::{method::MethodSet, path::PathPattern};
use proc_macro2::Ident;
use syn::{Expr, LitStr, Type};

use super::function::Function;
use crate::documentation::Documentation;

pub(crate) struct Route<'f> {
    pub(crate) function: &'f Function,
    pub(crate) path_literal: LitStr,
    pub(crate) pattern: PathPattern,
    pub(crate) methods: Methods,
    pub(crate) name: String,
    pub(crate) cors: Option<Cors>,
    pub(crate) content_types: Vec<String>,
    pub(crate) api_key_required: bool,
    pub(crate) authorizer: Option<Expr>,
    pub(crate) arguments: Vec<Argument>,
    pub(crate) documentation: Documentation,
}

/// The methods in the order in which the user lists them.
pub(crate) struct Methods {
    pub(crate) names: Vec<&'static str>,
    pub(crate) set: MethodSet,
}

/// CORS settings, complete.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Cors {
    pub(crate) allow_origin: String,
    /// Sorted, the defaults included.
    pub(crate) allow_headers: Vec<String>,
    pub(crate) expose_headers: Vec<String>,
    pub(crate) max_age: Option<u32>,
    pub(crate) allow_credentials: bool,
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
