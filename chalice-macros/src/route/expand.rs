//! The code that stands beside an annotated function.
//!
//! The function gets a companion: a type of the same name, in the type
//! namespace, that carries its definition and knows how to call it. `use
//! users::list` imports both.
//!
//! Spans decide where errors point, so most tokens get the span of what they
//! are about: an argument's type, the return type, the function's name, the path.

use proc_macro2::TokenStream;
use quote::{format_ident, quote, quote_spanned};
use syn::{ReturnType, Type, ext::IdentExt, parse_quote, spanned::Spanned};

use super::{
    definition::definition,
    function::{Function, names_impl_trait},
    model::{Argument, Route, Source},
};
use crate::companion::handler_companion;

/// Whether apps are built to be asked for JSON Schemas; the expansions in `tests/golden` are.
const EXPORT: bool = cfg!(any(test, feature = "export"));

/// Everything beside the function.
///
/// Each item, each body and each token costs rustc time, and a large app has a
/// thousand handlers: hence no block around all of this, and the short alias.
pub(crate) fn expand(route: &Route<'_>) -> TokenStream {
    let companion = handler_companion(route.function, Some(route.path_literal.span()));
    let definition = definition(route);
    let call = call(route);
    let probes = probes(route);
    // Not even a macro that expands to nothing: a call of it beside every handler is work for rustc.
    let schemas = EXPORT.then(|| schemas(route));
    let conditions = route.function.conditions();
    let conditions = quote!(#(#conditions)*);
    let probes = (!probes.is_empty()).then(|| {
        quote! {
            #conditions
            const _: () = {
                use ::chalice::__private as __chalice;
                #probes
            };
        }
    });
    quote! {
        #companion
        #conditions
        #definition
        #conditions
        #call
        #probes
        #schemas
    }
}

/// What stands beside a function whose attribute has mistakes: enough for an
/// app to list it without further errors.
pub(crate) fn stub(function: &Function) -> TokenStream {
    let companion = handler_companion(function, None);
    let conditions = function.conditions();
    let name = &function.signature.ident;
    // Of a generic function, there is no value without its type arguments.
    let used = (!function.is_generic()).then(|| quote!(let _ = #name;));
    quote! {
        #companion
        #(#conditions)*
        const _: () = {
            use ::chalice::__private as __chalice;
            impl __chalice::Handler for #name {
                const DEF: &'static __chalice::HandlerDef =
                    &__chalice::STUB;
            }
            impl<__S: ::core::marker::Sync + 'static> __chalice::Call<__S> for #name {
                fn call<'__r>(_: &'__r __chalice::Event, _: &'static __S) -> __chalice::OutcomeFuture<'__r> {
                    ::core::unreachable!()
                }
            }
            ::chalice::__schemas! { #name [] -> () }
            #used
        };
    }
}

fn call(route: &Route<'_>) -> TokenStream {
    let signature = &route.function.signature;
    let name = &signature.ident;
    let bounds = extractors(route)
        .map(|ty| quote_spanned!(ty.span()=> #ty: ::chalice::__private::FromRequest<__S>));
    let arguments = route.arguments.iter().map(source);
    let returns = match &signature.output {
        ReturnType::Default => quote!(::chalice::__private::returns::<()>()),
        // Such a type cannot be named outside of the function's own signature.
        ReturnType::Type(_, ty) if names_impl_trait(ty) => {
            quote_spanned!(ty.span()=> ::chalice::__private::returns())
        }
        ReturnType::Type(_, ty) => {
            quote_spanned!(ty.span()=> ::chalice::__private::returns::<#ty>())
        }
    };
    let run = match signature.asyncness {
        Some(_) => format_ident!("run_async{}", route.arguments.len(), span = name.span()),
        None => format_ident!("run{}", route.arguments.len(), span = name.span()),
    };
    // Whole paths: an import would be one more item for rustc.
    // With the function's own span, a future that is not `Send` is reported at the function.
    let call = quote_spanned! {name.span()=>
        fn call<'__r>(
            __event: &'__r ::chalice::__private::Event,
            __state: &'static __S,
        ) -> ::chalice::__private::OutcomeFuture<'__r> {
            ::chalice::__private::#run(#name, #returns, #(#arguments,)* __event, __state)
        }
    };
    quote! {
        impl<__S: ::core::marker::Sync + 'static> ::chalice::__private::Call<__S> for #name
        where
            #(#bounds,)*
        {
            #call
        }
    }
}

/// Where the argument's value comes from. With the span of the argument's type,
/// where what it lacks is reported.
fn source(argument: &Argument) -> TokenStream {
    let ty = &argument.ty;
    match &argument.source {
        Source::Request => quote!(::chalice::__private::TheRequest),
        Source::Placeholder(ident) => {
            let name = ident.unraw().to_string();
            quote_spanned!(ty.span()=> ::chalice::__private::placeholder::<#ty>(#name))
        }
        Source::Extractor => quote_spanned!(ty.span()=> ::chalice::__private::extractor::<#ty>()),
    }
}

/// Checks that do not need an app: each extractor is one, whatever the app's
/// state, and only one of them reads the body.
fn probes(route: &Route<'_>) -> TokenStream {
    let types: Vec<&Type> = extractors(route).collect();
    if types.is_empty() {
        return TokenStream::new();
    }
    // Fields of a struct are judged before the bodies of functions, so this
    // error comes before what follows from it.
    let fields = types
        .iter()
        .map(|ty| quote_spanned!(ty.span()=> __chalice::Is<#ty>));
    let reads_body: Vec<TokenStream> = types
        .iter()
        .map(|ty| quote_spanned!(ty.span()=> <#ty as __chalice::FromRequest<__chalice::AnyState>>::BODY))
        .collect();
    let one_body = types.iter().enumerate().skip(1).map(|(at, ty)| {
        quote_spanned!(ty.span()=> const _: () = __chalice::one_body(&[#(#reads_body),*], #at);)
    });
    quote! {
        #[allow(dead_code)]
        struct __Arguments(#(#fields),*);
        #(#one_body)*
    }
}

fn schemas(route: &Route<'_>) -> TokenStream {
    let name = &route.function.signature.ident;
    let arguments =
        route
            .arguments
            .iter()
            .filter_map(|Argument { name, ty, source }| match source {
                Source::Placeholder(_) => {
                    Some(quote!(#name => ::chalice::__private::Placeholder<#ty>))
                }
                Source::Extractor => Some(quote!(#name => #ty)),
                Source::Request => None,
            });
    let returns: Type = match &route.function.signature.output {
        ReturnType::Type(_, ty) if !names_impl_trait(ty) => (**ty).clone(),
        _ => parse_quote!(()),
    };
    let conditions = route.function.conditions();
    quote! {
        #(#conditions)*
        ::chalice::__schemas! { #name [#(#arguments),*] -> #returns }
    }
}

fn extractors<'r>(route: &'r Route<'_>) -> impl Iterator<Item = &'r Type> {
    route
        .arguments
        .iter()
        .filter(|argument| matches!(argument.source, Source::Extractor))
        .map(|argument| &argument.ty)
}
