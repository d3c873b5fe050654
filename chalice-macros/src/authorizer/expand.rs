//! The code that stands beside an authorizer function: its companion type.

use proc_macro2::TokenStream;
use quote::{format_ident, quote, quote_spanned};
use syn::{ReturnType, Type, ext::IdentExt, spanned::Spanned};

use super::{
    manifest_entry::{ManifestEntry, manifest_entry},
    model::{Argument, Authorizer, Identity, Place},
};
use crate::companion::handler_companion;
use crate::grants::with_grants;
use crate::route::{
    expand as of_route,
    function::{Function, names_impl_trait},
};

/// Everything beside the function.
pub(super) fn expand(authorizer: &Authorizer<'_>) -> TokenStream {
    let function = authorizer.function;
    let companion = handler_companion(function, Some(function.signature.ident.span()));
    let named = named(function);
    let definition = definition(authorizer);
    let call = call(authorizer);
    let probes = probes(authorizer);
    let conditions = function.conditions();
    let name = &function.signature.ident;
    quote! {
        #companion
        #(#conditions)*
        const _: () = {
            #named
            #definition
            #call
            #probes
            ::chalice::__schemas! { #name [] -> () }
            // The companion stands for the function, which is not dead as long as it is listed.
            let _ = #name;
        };
    }
}

/// What stands beside a function whose attribute has mistakes: enough for an
/// app to list it, and for a route to name it, without further errors.
pub(super) fn stub(function: &Function) -> TokenStream {
    let stub = of_route::stub(function);
    let named = named(function);
    let conditions = function.conditions();
    quote! {
        #stub
        #(#conditions)*
        const _: () = { #named };
    }
}

/// What makes an authorizer of the function where a route names it.
fn named(function: &Function) -> TokenStream {
    let name = &function.signature.ident;
    quote! {
        impl #name {
            #[doc(hidden)]
            #[allow(dead_code)]
            pub(crate) const fn as_authorizer<__F: ::core::marker::Copy>(
                _: __F,
            ) -> ::chalice::__private::core::authorizer::AuthorizerFunction {
                ::chalice::__private::core::authorizer::AuthorizerFunction::new(
                    <#name as ::chalice::Handler>::DEF,
                )
            }
        }
    }
}

fn definition(authorizer: &Authorizer<'_>) -> TokenStream {
    let name = &authorizer.function.signature.ident;
    let function = name.unraw().to_string();
    let handler_name = &authorizer.name;
    let file = name.span().file();
    let line = name.span().start().line as u32;
    let source = source(&authorizer.identity);
    let ManifestEntry {
        head,
        tail,
        unchanging,
    } = manifest_entry(authorizer);
    let entry = with_grants(
        &quote!(::core::concat!(#head, ::core::module_path!(), #tail)),
        &authorizer.grants,
    );
    quote! {
        impl ::chalice::Handler for #name {
            const DEF: &'static ::chalice::__private::core::definition::HandlerDef =
                &::chalice::__private::core::definition::HandlerDef {
                    name: #handler_name,
                    function: #function,
                    module: ::core::module_path!(),
                    file: #file,
                    line: #line,
                    kind: ::chalice::__private::core::definition::HandlerKind::Authorizer(#source),
                    entry: #entry,
                    unchanging: #unchanging,
                };
        }
    }
}

fn source(identity: &Identity) -> TokenStream {
    let definition = quote!(::chalice::__private::core::definition);
    let Identity::Request(sources) = identity else {
        return quote!(#definition::AuthorizerSource::Token);
    };
    let sources = sources.iter().map(|source| {
        let name = &source.name;
        let place = match source.place {
            Place::Header => quote!(Header),
            Place::Query => quote!(Query),
            Place::Context => quote!(Context),
            Place::StageVariable => quote!(StageVariable),
        };
        quote!(#definition::IdentitySource::#place(#name))
    });
    quote!(#definition::AuthorizerSource::Request(&[#(#sources),*]))
}

fn call(authorizer: &Authorizer<'_>) -> TokenStream {
    let signature = &authorizer.function.signature;
    let name = &signature.ident;
    let bounds = values(authorizer)
        .map(|ty| quote_spanned!(ty.span()=> #ty: ::chalice::FromAuthRequest<__S>));
    let variables: Vec<_> = (0..authorizer.arguments.len())
        .map(|at| format_ident!("__argument{at}"))
        .collect();
    let arguments = authorizer
        .arguments
        .iter()
        .zip(&variables)
        .map(|(argument, variable)| match argument {
            Argument::Borrowed => quote!(let #variable = __request;),
            Argument::Value(ty) => quote_spanned! {ty.span()=>
                let #variable = ::chalice::__private::auth_argument::<#ty, __S>(__request, __state).await?;
            },
        });
    let waits = signature.asyncness.map(|_| quote!(.await));
    let returned = match &signature.output {
        ReturnType::Type(_, ty) if !names_impl_trait(ty) => {
            quote_spanned!(ty.span()=> ::chalice::__private::auth_response::<#ty>)
        }
        _ => quote!(::chalice::__private::auth_response),
    };
    // With the function's own span, a future that is not `Send` is reported at the function.
    let call = quote_spanned! {name.span()=>
        fn call<'__r>(__event: &'__r ::chalice::Event, __state: &'static __S) -> ::chalice::__private::OutcomeFuture<'__r>
        {
            let __request = ::chalice::__private::auth_request(__event);
            ::chalice::__private::authorize(async move {
                #(#arguments)*
                #returned(#name(#(#variables),*)#waits)
            })
        }
    };
    quote! {
        impl<__S: ::core::marker::Sync + 'static> ::chalice::Call<__S> for #name
        where
            #(#bounds,)*
        {
            #call
        }
    }
}

/// Checks that do not need an app: each argument is one that an authorizer can
/// take, whatever the app's state.
fn probes(authorizer: &Authorizer<'_>) -> TokenStream {
    let fields: Vec<TokenStream> = values(authorizer)
        .map(|ty| quote_spanned!(ty.span()=> ::chalice::__private::IsOfAuthorizer<#ty>))
        .collect();
    if fields.is_empty() {
        return TokenStream::new();
    }
    quote! {
        #[allow(dead_code)]
        struct __Arguments(#(#fields),*);
    }
}

fn values<'a>(authorizer: &'a Authorizer<'_>) -> impl Iterator<Item = &'a Type> {
    authorizer
        .arguments
        .iter()
        .filter_map(|argument| match argument {
            Argument::Value(ty) => Some(&**ty),
            Argument::Borrowed => None,
        })
}
