//! The annotated function: its signature parsed, its body left as it is.
//!
//! The body is the compiler's to judge; parsing it would only replace rustc's
//! own messages by worse ones, and take time.

use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens;
use syn::{
    Attribute, FnArg, Signature, Type, Visibility,
    parse::{Parse, ParseStream},
    token,
};

pub(crate) struct Function {
    pub(crate) attributes: Vec<Attribute>,
    pub(crate) visibility: Visibility,
    pub(crate) signature: Signature,
}

impl Function {
    /// The function below `attribute`, such as `#[route]`.
    pub(crate) fn parse(item: TokenStream, attribute: &str) -> syn::Result<Function> {
        let first = item.clone();
        let function: Function = syn::parse2(item).map_err(|error| {
            let is_function = first.into_iter().any(|token| token.to_string() == "fn");
            if is_function {
                error
            } else {
                syn::Error::new(
                    error.span(),
                    format!("`{attribute}` goes on a function: `fn` or `async fn`"),
                )
            }
        })?;
        // No companion can stand beside a method, so none must be expanded.
        if let Some(receiver) = function.signature.receiver() {
            return Err(syn::Error::new_spanned(
                receiver,
                "a handler is a function outside of any `impl`: what methods have in `self`, handlers get from the \
                 app's state by an argument of type `State<T>`",
            ));
        }
        Ok(function)
    }

    /// Whether the function has type parameters, with a name or as `impl Trait`.
    pub(crate) fn is_generic(&self) -> bool {
        let generics = &self.signature.generics;
        let has_impl_trait = |input: &FnArg| match input {
            FnArg::Typed(input) => names_impl_trait(&input.ty),
            FnArg::Receiver(_) => false,
        };
        generics.type_params().next().is_some()
            || generics.const_params().next().is_some()
            || self.signature.inputs.iter().any(has_impl_trait)
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
            return Err(input.error("a handler is a function with a body"));
        }
        let _: TokenStream = input.parse()?;
        Ok(Function {
            attributes,
            visibility,
            signature,
        })
    }
}

/// Whether a type says `impl Trait` anywhere, so that it cannot be named
/// outside of the function's own signature.
pub(crate) fn names_impl_trait(ty: &Type) -> bool {
    fn any(tokens: TokenStream) -> bool {
        tokens.into_iter().any(|token| match token {
            TokenTree::Ident(ident) => ident == "impl",
            TokenTree::Group(group) => any(group.stream()),
            _ => false,
        })
    }
    any(ty.to_token_stream())
}
