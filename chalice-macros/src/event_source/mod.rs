//! The attributes of functions that are neither routes nor authorizers: one
//! file per attribute says which settings it has; all else they share.

mod check;
mod expand;
mod given;
mod lambda_function;
mod manifest_entry;
mod model;
mod signature;
#[cfg(test)]
mod tests;

use proc_macro2::TokenStream;
use quote::quote;

use crate::{
    errors::Errors,
    route::{expand as of_route, function::Function},
};

pub(crate) use lambda_function::LAMBDA_FUNCTION;
pub(crate) use model::Attribute;

/// Expands `#[attribute(arguments)] item`. The item comes back as it was,
/// whatever is wrong.
pub(crate) fn expand(
    attribute: &Attribute,
    arguments: TokenStream,
    item: TokenStream,
) -> TokenStream {
    let mut errors = Errors::new();
    let function = errors.ok(Function::parse(item.clone(), attribute.name));
    let handler = check::check(attribute, arguments, function.as_ref(), &mut errors);
    let companion = match (&handler, &function) {
        (Some(handler), _) if errors.is_empty() => expand::expand(handler),
        (_, Some(function)) => of_route::stub(function),
        (_, None) => TokenStream::new(),
    };
    let errors = errors.into_tokens();
    quote!(#item #errors #companion)
}
