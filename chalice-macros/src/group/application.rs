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
                const { __Tables::router(const { &__core::router::pack(__HANDLERS.get(), &__BUILT.get().0) }) }
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
    let (grants_json, grants) = grants(group);
    quote! {
        const __COUNT: usize = __core::flatten::handler_count(<#ident as ::chalice::Group>::DEF.get());
        type __Flattened = __core::flatten::Flattened<__COUNT, { __core::flatten::text_bytes(<#ident as ::chalice::Group>::DEF.get()) }>;
        const __FLATTENED: __core::opaque::Opaque<&__Flattened> = __core::opaque::Opaque {
            value: &__core::flatten::flatten(<#ident as ::chalice::Group>::DEF.get()),
        };
        const __HANDLERS: __core::opaque::Opaque<&[__core::flatten::FlatHandler]> = __core::opaque::Opaque {
            value: &__core::flatten::handlers(__FLATTENED.get()),
        };

        const __MAX_NODES: usize = __core::router::max_nodes(__HANDLERS.get());
        const __MAX_CONFLICTS: usize = __COUNT * __core::conflict::PER_HANDLER;
        type __Build = __core::router::Build<__MAX_NODES, { __core::router::edge_slots(__MAX_NODES) }, __COUNT>;
        const __BUILT: __core::opaque::Opaque<&(__Build, __core::conflict::Conflicts<__MAX_CONFLICTS>)> = __core::opaque::Opaque { value: &{
            let mut conflicts = __core::conflict::Conflicts::new();
            let build = __core::router::build(
                __HANDLERS.get(),
                &<#ident as ::chalice::Application>::API.cors,
                &mut conflicts,
            );
            __core::conflict::find_name_conflicts::<{ __core::router::edge_slots(__COUNT) }, __MAX_CONFLICTS>(
                #name,
                __HANDLERS.get(),
                &mut conflicts,
            );
            (build, conflicts)
        } };
        impl __core::conflict::Conflicting for #ident {
            const MODULE: &'static str = ::core::module_path!();
            const NAME: &'static str = #name;
            const HANDLERS: __core::opaque::Opaque<&'static [__core::flatten::FlatHandler]> = __HANDLERS;
            const CONFLICTS: &'static [__core::conflict::Conflict] =
                &__BUILT.get().1.list::<{ __BUILT.get().1.count() }>();
        }
        type __Tables = __core::router::Tables<
            { __BUILT.get().0.node_count },
            { __core::router::power_of_two(__BUILT.get().0.edge_count * 2) },
            { __BUILT.get().0.leaf_count },
            { __core::router::power_of_two(__BUILT.get().0.leaf_count * 2) },
            { __BUILT.get().0.slot_count },
            { __BUILT.get().0.pool_bytes },
        >;

        static __FUNCTIONS: [__core::function_table::LambdaFunction; {
            __core::function_table::function_count(__HANDLERS.get())
        }] = __core::function_table::functions(__HANDLERS.get());

        #grants_json
        const __FACTS: &__core::manifest::write::AppFacts = &__core::manifest::write::AppFacts {
            name: #name,
            item: #item,
            module: ::core::module_path!(),
            file: #file,
            line: #line,
            api: #api,
            grants: #grants,
        };
        const __LENGTH: usize = __core::manifest::write::length(__FACTS, __HANDLERS.get());
        // In a section of its own, tools find the manifest without running the
        // binary; `#[used]` keeps it there through link-time optimisation and `strip`.
        #[used]
        #[allow(unsafe_code)]
        #[cfg_attr(target_vendor = "apple", unsafe(link_section = "__DATA,__chalice"))]
        #[cfg_attr(not(target_vendor = "apple"), unsafe(link_section = ".chalice"))]
        static __MANIFEST: [u8; __LENGTH] = __core::manifest::write::manifest(__FACTS, __HANDLERS.get());
    }
}

/// What the manifest says of the grants of the app and its blueprints: a constant, and its text.
fn grants(group: &Group) -> (TokenStream, TokenStream) {
    if group.grants.is_empty() && group.mounts.is_empty() {
        return (TokenStream::new(), quote!(""));
    }
    let ident = &group.ident;
    let json = quote! {
        const __GRANTS_JSON: &[u8] = &__core::grant::app_members::<{
            __core::grant::app_members_length(<#ident as ::chalice::Group>::DEF.get(), __HANDLERS.get())
        }>(<#ident as ::chalice::Group>::DEF.get(), __HANDLERS.get());
    };
    (json, quote!(__core::grant::text(__GRANTS_JSON)))
}
