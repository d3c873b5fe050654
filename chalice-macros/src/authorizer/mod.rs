//! `#[authorizer]`: a function that decides whether a request may pass.

mod check;
mod expand;
mod identity_source;
mod manifest_entry;
mod model;
mod signature;
#[cfg(test)]
mod tests;

use proc_macro2::TokenStream;
use quote::quote;

use crate::{errors::Errors, route::function::Function, settings};

/// Expands `#[authorizer(arguments)] item`. The item comes back as it was,
/// whatever is wrong.
pub(crate) fn expand(arguments: TokenStream, item: TokenStream) -> TokenStream {
    let mut errors = Errors::new();
    let function = errors.ok(Function::parse(item.clone(), "#[authorizer]"));
    let settings = settings::parse_tokens(arguments, &mut errors);
    let authorizer = function
        .as_ref()
        .map(|function| check::check(&settings, function, &mut errors));
    let companion = match (&authorizer, &function) {
        (Some(authorizer), _) if errors.is_empty() => expand::expand(authorizer),
        (_, Some(function)) => expand::stub(function),
        (_, None) => TokenStream::new(),
    };
    let errors = errors.into_tokens();
    quote!(#item #errors #companion)
}
