//! `#[route]`: a function that answers HTTP requests.

pub(crate) mod authorizer;
pub(crate) mod check;
mod definition;
pub(crate) mod expand;
pub(crate) mod function;
mod manifest_entry;
mod model;
mod parse;
pub(crate) mod signature;
#[cfg(test)]
mod tests;

use proc_macro2::TokenStream;
use quote::quote;

use crate::errors::Errors;

/// Expands `#[route(arguments)] item`. The item comes back as it was, whatever
/// is wrong.
pub(crate) fn expand(arguments: TokenStream, item: TokenStream) -> TokenStream {
    let mut errors = Errors::new();
    let function = errors.ok(function::Function::parse(item.clone(), "#[route]"));
    let arguments = parse::parse(arguments, &mut errors);
    let route = function
        .as_ref()
        .and_then(|function| check::check(arguments, function, &mut errors));
    let companion = match (&route, &function) {
        (Some(route), _) if errors.is_empty() => {
            let companion = expand::expand(route);
            // Whether the function is listed is said once, by its companion.
            return quote!(#[allow(dead_code)] #item #companion);
        }
        // Whoever lists the function must not get a second error for the first one's sake.
        (_, Some(function)) => expand::stub(function),
        (_, None) => TokenStream::new(),
    };
    let errors = errors.into_tokens();
    quote!(#item #errors #companion)
}
