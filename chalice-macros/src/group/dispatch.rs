//! The code that calls a handler by its number: a `match`, so that no table of
//! functions needs relocations.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::Path;

use super::{
    Kind,
    check::{Group, last_span},
};

/// The implementation of `Dispatch`.
pub(super) fn dispatch(group: &Group) -> TokenStream {
    let ident = &group.ident;
    let own = own_handlers(group);
    let mounted = mounted_blueprints(group);
    let around = middleware(group);
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
        #around
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
            let middleware = group
                .middleware
                .iter()
                .map(|path| quote_spanned!(last_span(path)=> #path: ::chalice::Middleware<__S>));
            quote! {
                impl<__S: ::core::marker::Sync + 'static> ::chalice::Dispatch<__S> for #ident
                where
                    #(#handlers,)*
                    #(#blueprints,)*
                    #(#middleware,)*
                {
                    #body
                }
            }
        }
    }
}

/// The arms for the group's own handlers.
fn own_handlers(group: &Group) -> TokenStream {
    let arm = |(id, path)| quote_spanned!(last_span(path)=> #id => ::chalice::__private::call::<#path, __S>(__event, __state),);
    group.handlers.iter().enumerate().map(arm).collect()
}

/// Which handlers a mounted blueprint has, as two expressions of constants.
struct Ids<'g> {
    path: &'g Path,
    start: TokenStream,
    end: TokenStream,
}

/// Mounted blueprints' handlers come after the own ones.
fn mounted_ids(group: &Group) -> Vec<Ids<'_>> {
    let count = group.handlers.len();
    let mut start = quote!(#count);
    let ids = |path| {
        let end = quote!(#start + ::chalice::__private::core::flatten::handler_count(<#path as ::chalice::Group>::DEF.get()));
        let start = std::mem::replace(&mut start, end.clone());
        Ids { path, start, end }
    };
    group
        .mounts
        .iter()
        .map(|mount| &mount.path)
        .map(ids)
        .collect()
}

/// The arms for the handlers of mounted blueprints.
fn mounted_blueprints(group: &Group) -> TokenStream {
    let arm = |Ids { path, start, end }| {
        quote_spanned! {last_span(path)=> _ if __id < const { #end } => {
            type __G = #path;
            ::chalice::__private::dispatch::<__G, __S>(__id - const { #start }, __event, __state)
        }}
    };
    mounted_ids(group).into_iter().map(arm).collect()
}

/// The middleware of each handler: the group's own, and inside of it that of
/// the blueprint that has the handler. Without any there is nothing to say.
fn middleware(group: &Group) -> TokenStream {
    if group.middleware.is_empty() && group.mounts.is_empty() {
        return TokenStream::new();
    }
    let own = group.middleware.iter().enumerate().map(|(position, path)| {
        quote_spanned! {last_span(path)=> (_, #position) => {
            let () = <#path>::not_in_any_app_or_blueprint;
            ::core::option::Option::Some(<#path as ::chalice::Middleware<__S>>::run)
        }}
    });
    let count = group.middleware.len();
    let handlers = group.handlers.len();
    let mounted = mounted_ids(group).into_iter().map(|Ids { path, start, end }| {
        quote_spanned! {last_span(path)=> (_, _) if __id < const { #end } => {
            <#path as ::chalice::Dispatch<__S>>::middleware(__id - const { #start }, __position - #count)
        }}
    });
    quote! {
        fn middleware(__id: usize, __position: usize) -> ::core::option::Option<::chalice::__private::Run<__S>> {
            match (__id, __position) {
                #(#own)*
                (_, _) if __id < #handlers => ::core::option::Option::None,
                #(#mounted)*
                _ => ::core::option::Option::None,
            }
        }
    }
}
