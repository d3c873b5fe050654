//! The annotated function: its signature parsed, its body left as it is.
//!
//! The body is the compiler's to judge; parsing it would only replace rustc's
//! own messages by worse ones, and take time.

use proc_macro2::TokenStream;
use syn::{
    Attribute, Signature, Visibility,
    parse::{Parse, ParseStream},
    token,
};

pub(crate) struct Function {
    pub(crate) attributes: Vec<Attribute>,
    pub(crate) visibility: Visibility,
    pub(crate) signature: Signature,
}

impl Function {
    pub(crate) fn parse(item: TokenStream) -> syn::Result<Function> {
        let first = item.clone();
        syn::parse2(item).map_err(|error| {
            let is_function = first.into_iter().any(|token| token.to_string() == "fn");
            if is_function {
                error
            } else {
                syn::Error::new(
                    error.span(),
                    "`#[route]` goes on a function: `fn` or `async fn`",
                )
            }
        })
    }

    /// The `#[cfg(..)]`s under which the function exists.
    pub(crate) fn conditions(&self) -> Vec<&Attribute> {
        self.attributes
            .iter()
            .filter(|attribute| attribute.path().is_ident("cfg"))
            .collect()
    }
}

impl Parse for Function {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let attributes = input.call(Attribute::parse_outer)?;
        let visibility = input.parse()?;
        let signature = input.parse()?;
        if !input.peek(token::Brace) {
            return Err(input.error("`#[route]` goes on a function with a body"));
        }
        let _: TokenStream = input.parse()?;
        Ok(Function {
            attributes,
            visibility,
            signature,
        })
    }
}
