//! What an app has beyond a blueprint: its tables, its manifest, its state.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};

use chalice_core::conflict::MAX_REPORTED;

use super::check::{Group, last_span};

pub(crate) fn expand(group: &Group) -> TokenStream {
    let tables = tables(group);
    let ident = &group.ident;
    let name = &group.name;
    let api = group.api.definition();
    let (state, connect) = match &group.state {
        Some(state) => {
            let (function, ty) = (&state.path, &state.ty);
            (
                quote!(#ty),
                // `?` turns the user's error, whatever it is, into the framework's.
                quote_spanned! {last_span(function)=>
                    let __state: #ty = #function().await?;
                    ::core::result::Result::Ok(__state)
                },
            )
        }
        None => (quote!(()), quote!(::core::result::Result::Ok(()))),
    };
    let layered = group.layer.as_ref().map(|function| {
        let layers =
            quote_spanned!(last_span(function)=> ::chalice::__private::Layered::new(#function));
        quote! {
            fn layered() -> ::core::option::Option<&'static ::chalice::__private::Layered> {
                static LAYERED: ::std::sync::OnceLock<::chalice::__private::Layered> =
                    ::std::sync::OnceLock::new();
                ::core::option::Option::Some(LAYERED.get_or_init(|| #layers))
            }
        }
    });
    let checks = (0..MAX_REPORTED).map(|nth| {
        quote! {
            const _: () = <#ident as __core::conflict::Checked<
                #ident,
                { __core::conflict::number::<#ident>(#nth) },
            >>::OK;
        }
    });
    quote! {
        use ::chalice::__private::core as __core;
        #tables
        #(#checks)*
        impl ::chalice::Application for #ident {
            type State = #state;
            const NAME: &'static str = #name;
            const API: &'static __core::definition::ApiDef = &#api;
            fn router() -> __core::router::Router {
                __TABLES.router()
            }
            fn functions() -> &'static [__core::function_table::LambdaFunction] {
                &__FUNCTIONS
            }
            fn manifest() -> &'static [u8] {
                &__MANIFEST
            }
            #layered
            async fn connect() -> ::chalice::Result<Self::State> {
                #connect
            }
        }
    }
}

/// Each step is a constant of its own: rustc limits the steps of one
/// evaluation, and keeps the results of those whose input did not change.
fn tables(group: &Group) -> TokenStream {
    let ident = &group.ident;
    let item = ident.to_string();
    let name = &group.name;
    let api = group.api.json();
    let (file, line) = (ident.span().file(), ident.span().start().line as u32);
    quote! {
        const __DEF: &__core::definition::GroupDef = <#ident as ::chalice::Group>::DEF;
        const __COUNT: usize = __core::flatten::handler_count(__DEF);
        const __FLATTENED: &__core::flatten::Flattened<__COUNT, { __core::flatten::text_bytes(__DEF) }> =
            &__core::flatten::flatten(__DEF);
        const __HANDLERS: &[__core::flatten::FlatHandler; __COUNT] = &__core::flatten::handlers(__FLATTENED);

        const __MAX_NODES: usize = __core::router::max_nodes(__HANDLERS);
        const __MAX_CONFLICTS: usize = __COUNT * __core::conflict::PER_HANDLER;
        type __Build = __core::router::Build<__MAX_NODES, { __core::router::edge_slots(__MAX_NODES) }, __COUNT>;
        const __BUILT: &(__Build, __core::conflict::Conflicts<__MAX_CONFLICTS>) = &{
            let mut conflicts = __core::conflict::Conflicts::new();
            let build = __core::router::build(
                __HANDLERS,
                &<#ident as ::chalice::Application>::API.cors,
                &mut conflicts,
            );
            __core::conflict::find_name_conflicts::<{ __core::router::edge_slots(__COUNT) }, __MAX_CONFLICTS>(
                #name,
                __HANDLERS,
                &mut conflicts,
            );
            (build, conflicts)
        };
        const __TRIE: &__Build = &__BUILT.0;
        impl __core::conflict::Conflicting for #ident {
            const MODULE: &'static str = ::core::module_path!();
            const NAME: &'static str = #name;
            const HANDLERS: &'static [__core::flatten::FlatHandler] = __HANDLERS;
            const CONFLICTS: &'static [__core::conflict::Conflict] =
                &__BUILT.1.list::<{ __BUILT.1.count() }>();
        }
        static __TABLES: __core::router::Tables<
            { __TRIE.node_count },
            { __core::router::power_of_two(__TRIE.edge_count * 2) },
            { __TRIE.leaf_count },
            { __core::router::power_of_two(__TRIE.leaf_count * 2) },
            { __TRIE.slot_count },
            { __TRIE.pool_bytes },
        > = __core::router::pack(__HANDLERS, __TRIE);

        static __FUNCTIONS: [__core::function_table::LambdaFunction; {
            __core::function_table::function_count(__HANDLERS)
        }] = __core::function_table::functions(__HANDLERS);

        const __FACTS: &__core::manifest::write::AppFacts = &__core::manifest::write::AppFacts {
            name: #name,
            item: #item,
            module: ::core::module_path!(),
            file: #file,
            line: #line,
            api: #api,
        };
        const __LENGTH: usize = __core::manifest::write::length(__FACTS, __HANDLERS);
        // In a section of its own, tools find the manifest without running the
        // binary; `#[used]` keeps it there through link-time optimisation and `strip`.
        #[used]
        #[allow(unsafe_code)]
        #[cfg_attr(target_vendor = "apple", unsafe(link_section = "__DATA,__chalice"))]
        #[cfg_attr(not(target_vendor = "apple"), unsafe(link_section = ".chalice"))]
        static __MANIFEST: [u8; __LENGTH] = __core::manifest::write::manifest(__FACTS, __HANDLERS);
    }
}
