//! The code that stands beside a middleware's function.

use proc_macro2::{Ident, TokenStream};
use quote::{quote, quote_spanned};
use syn::{ReturnType, spanned::Spanned};

use super::check::Middleware;
use crate::{
    companion::companion,
    route::function::{Function, names_impl_trait},
};

/// Everything beside the function.
pub(crate) fn expand(middleware: &Middleware<'_>) -> TokenStream {
    let Middleware {
        function,
        kind,
        event,
        arguments,
    } = middleware;
    let companion = companion(function);
    let conditions = function.conditions();
    let name = &function.signature.ident;
    let bounds = arguments
        .iter()
        .map(|ty| quote_spanned!(ty.span()=> #ty: __chalice::FromState<__S>));
    let values = arguments.iter().map(|ty| {
        let value = quote_spanned!(ty.span()=> <#ty as __chalice::FromState<__S>>::from_state);
        // A variable of another origin would be another one, in an item that a `macro_rules!` makes.
        quote_spanned!(name.span()=> #value(__state))
    });
    let wanted = Ident::new(kind.event, kind.name.span());
    // Judged before the body of `run`, at the argument's own type.
    let of_kind = quote_spanned! {event.span()=>
        const _: fn(#event) -> __chalice::#wanted = |event| event;
    };
    let into_output = match &function.signature.output {
        ReturnType::Type(_, ty) if !names_impl_trait(ty) => {
            quote_spanned!(ty.span()=> <#ty as __chalice::MiddlewareReturn<#event>>::into_output)
        }
        _ => quote_spanned!(name.span()=> __chalice::MiddlewareReturn::<#event>::into_output),
    };
    let call = quote_spanned!(name.span()=> move |__event: #event, __next| #name(__event, __next, #(#values),*));
    let run = quote_spanned! {name.span()=>
        fn run<'__n>(
            __event: __chalice::Event,
            __next: __chalice::Next<'__n, __chalice::Event>,
            __state: &'static __S,
        ) -> __chalice::OutcomeFuture<'__n> {
            __chalice::run_middleware(__event, __next, #call, #into_output)
        }
    };
    quote! {
        #companion
        #(#conditions)*
        const _: () = {
            use ::chalice::__private as __chalice;
            #of_kind
            impl<__S: ::core::marker::Sync + 'static> __chalice::Middleware<__S> for #name
            where
                #(#bounds,)*
            {
                #run
            }
            // The companion stands for the function; neither is dead as long as it is listed.
            const _: ::core::option::Option<#name> = ::core::option::Option::None;
            let _ = #name;
        };
    }
}

/// What stands beside a function whose attribute has mistakes.
pub(crate) fn stub(function: &Function) -> TokenStream {
    let companion = companion(function);
    let conditions = function.conditions();
    let name = &function.signature.ident;
    // Of a generic function, there is no value without its type arguments.
    let used = (!function.is_generic()).then(|| quote!(let _ = #name;));
    quote! {
        #companion
        #(#conditions)*
        const _: () = {
            use ::chalice::__private as __chalice;
            impl<__S: ::core::marker::Sync + 'static> __chalice::Middleware<__S> for #name {
                fn run<'__n>(
                    _: __chalice::Event,
                    _: __chalice::Next<'__n, __chalice::Event>,
                    _: &'static __S,
                ) -> __chalice::OutcomeFuture<'__n> {
                    ::core::unreachable!()
                }
            }
            #used
        };
    }
}
