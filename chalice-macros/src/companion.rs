//! The type that stands beside an annotated function.

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::Visibility;

use crate::route::function::Function;

/// The companion type, of the function's name, without anything that says
/// whether the function is listed.
fn companion_type(function: &Function) -> (TokenStream, TokenStream) {
    let conditions = function.conditions();
    let name = &function.signature.ident;
    // Never wider than the crate: of what other crates might use, rustc cannot
    // say that it is unused. The tokens' span must be the user's, or the lint is silent.
    let visibility = match &function.visibility {
        Visibility::Public(public) => quote_spanned!(public.span=> pub(crate)),
        other => other.to_token_stream(),
    };
    let companion = quote_spanned!(name.span()=> #visibility struct #name {});
    let companion = quote! {
        #(#conditions)*
        #[doc(hidden)]
        // Not dead, and the function with it: of what is unlisted, one thing is reported.
        #[allow(dead_code, non_camel_case_types)]
        #companion
    };
    (companion, visibility)
}

/// The companion of a handler, and the function by which rustc notices that no
/// app and no blueprint lists it. Apps that do call it for their conflicts:
/// those of this handler are errors at `attribute`.
pub(crate) fn handler_companion(function: &Function, attribute: Option<Span>) -> TokenStream {
    let (companion, visibility) = companion_type(function);
    let conditions = function.conditions();
    let name = &function.signature.ident;
    // In a constant of its own, whose place is where the error is.
    let check = attribute.map(|span| {
        quote_spanned! {span=>
            const {
                ::chalice::__private::check::<__A, __NTH>(<#name as ::chalice::__private::Handler>::DEF)
            }
        }
    });
    let listed = quote_spanned! {name.span()=>
        impl #name {
            #visibility const fn not_in_any_app_or_blueprint<__A: ::chalice::__private::Conflicting, const __NTH: usize>() {
                #check
            }
        }
    };
    quote! {
        #companion
        #(#conditions)*
        #listed
    }
}

/// The companion of a middleware, and the constant by which rustc notices that
/// no app and no blueprint lists it.
pub(crate) fn companion(function: &Function) -> TokenStream {
    let (companion, visibility) = companion_type(function);
    let conditions = function.conditions();
    let name = &function.signature.ident;
    let listed = quote_spanned! {name.span()=>
        impl #name {
            #[allow(non_upper_case_globals)]
            #visibility const not_in_any_app_or_blueprint: () = ();
        }
    };
    quote! {
        #companion
        #(#conditions)*
        #listed
    }
}
