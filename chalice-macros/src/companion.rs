//! The type that stands beside an annotated function.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote, quote_spanned};
use syn::Visibility;

use crate::route::function::Function;

/// The companion type, of the function's name, and the constant by which rustc
/// notices that no app and no blueprint lists it.
pub(crate) fn companion(function: &Function) -> TokenStream {
    let conditions = function.conditions();
    let name = &function.signature.ident;
    // Never wider than the crate: of what other crates might use, rustc cannot
    // say that it is unused. The tokens' span must be the user's, or the lint is silent.
    let visibility = match &function.visibility {
        Visibility::Public(public) => quote_spanned!(public.span=> pub(crate)),
        other => other.to_token_stream(),
    };
    let companion = quote_spanned!(name.span()=> #visibility struct #name {});
    let listed = quote_spanned! {name.span()=>
        impl #name {
            #[allow(non_upper_case_globals)]
            #visibility const not_in_any_app_or_blueprint: () = ();
        }
    };
    quote! {
        #(#conditions)*
        #[doc(hidden)]
        #[allow(non_camel_case_types)]
        #companion
        #(#conditions)*
        #listed
    }
}
