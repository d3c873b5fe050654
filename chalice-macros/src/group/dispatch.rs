//! The code that calls a handler by its number: a `match`, so that no table of
//! functions needs relocations.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};

use super::{
    Kind,
    check::{Group, last_span},
};

/// The implementation of `Dispatch`.
pub(super) fn dispatch(group: &Group) -> TokenStream {
    let ident = &group.ident;
    let own = own_handlers(group);
    let mounted = mounted_blueprints(group);
    let body = quote! {
        fn dispatch<'__r>(
            __id: usize,
            __event: &'__r ::chalice::Event,
            __state: &'static __S,
        ) -> ::chalice::__private::Called<'__r> {
            match __id {
                #own
                #mounted
                _ => ::core::unreachable!("the router knows only the handlers of this app"),
            }
        }
    };
    match group.kind {
        Kind::App => quote! {
            type __S = <#ident as ::chalice::Application>::State;
            impl ::chalice::Dispatch<__S> for #ident {
                #body
            }
        },
        Kind::Blueprint => {
            let handlers = group
                .handlers
                .iter()
                .map(|path| quote_spanned!(last_span(path)=> #path: ::chalice::Call<__S>));
            let blueprints = group.mounts.iter().map(|mount| {
                let path = &mount.path;
                quote_spanned!(last_span(path)=> #path: ::chalice::Dispatch<__S>)
            });
            quote! {
                impl<__S: ::core::marker::Sync + 'static> ::chalice::Dispatch<__S> for #ident
                where
                    #(#handlers,)*
                    #(#blueprints,)*
                {
                    #body
                }
            }
        }
    }
}

/// The arms for the group's own handlers.
fn own_handlers(group: &Group) -> TokenStream {
    let arm = |(id, path)| {
        quote_spanned! {last_span(path)=> #id => {
            type __H = #path;
            ::chalice::__private::call::<__H, __S>(__event, __state)
        }}
    };
    group.handlers.iter().enumerate().map(arm).collect()
}

/// The arms for the handlers of mounted blueprints, which come after the own ones.
fn mounted_blueprints(group: &Group) -> TokenStream {
    let count = group.handlers.len();
    let mut start = quote!(#count);
    let arm = |path| {
        let end = quote!(#start + ::chalice::__private::core::flatten::handler_count(<#path as ::chalice::Group>::DEF));
        let arm = quote_spanned! {last_span(path)=> _ if __id < const { #end } => {
            type __G = #path;
            ::chalice::__private::dispatch::<__G, __S>(__id - const { #start }, __event, __state)
        }};
        start = end;
        arm
    };
    group
        .mounts
        .iter()
        .map(|mount| &mount.path)
        .map(arm)
        .collect()
}
