//! `#[middleware]`: a function that runs around handlers.

mod check;
mod expand;
#[cfg(test)]
mod tests;

use proc_macro2::TokenStream;
use quote::quote;

use crate::{errors::Errors, route::function::Function};

/// Expands `#[middleware(arguments)] item`. The item comes back as it was,
/// whatever is wrong.
pub(crate) fn expand(arguments: TokenStream, item: TokenStream) -> TokenStream {
    let mut errors = Errors::new();
    let function = errors.ok(Function::parse(item.clone(), "#[middleware]"));
    let kind = check::kind(arguments, &mut errors);
    let middleware = function
        .as_ref()
        .zip(kind)
        .and_then(|(function, kind)| check::check(kind, function, &mut errors));
    let companion = match (&middleware, &function) {
        (Some(middleware), _) if errors.is_empty() => expand::expand(middleware),
        (_, Some(function)) => expand::stub(function),
        (_, None) => TokenStream::new(),
    };
    let errors = errors.into_tokens();
    quote!(#item #errors #companion)
}
