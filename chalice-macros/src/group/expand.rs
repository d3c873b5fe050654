//! The code that replaces the `static` of an app or a blueprint.

use proc_macro2::TokenStream;
use quote::{ToTokens, format_ident, quote, quote_spanned};
use syn::{ItemStatic, Path};

use super::{
    Kind, application,
    check::{Group, MountedBlueprint, last_span},
};

pub(crate) fn expand(group: &Group) -> TokenStream {
    let unit = unit_struct(group);
    let definition = definition(group);
    let dispatch = dispatch(group);
    let editor = for_editors(group);
    let own = match group.kind {
        Kind::App => application::expand(group),
        Kind::Blueprint => TokenStream::new(),
    };
    let checks = checks_passed_on(group);
    let ident = &group.ident;
    let aliases = group
        .aliases
        .iter()
        .map(|(alias, path)| quote_spanned!(alias.span()=> type #alias = #path;));
    let handlers = &group.handlers;
    let blueprints = group.mounts.iter().map(|mount| &mount.path);
    quote! {
        #unit
        const _: () = {
            #(#aliases)*
            #definition
            #dispatch
            #checks
            #own
            #editor
            ::chalice::__group_schemas! { #ident [#(#handlers),*] [#(#blueprints),*] }
        };
    }
}

/// What stands in for an app or a blueprint with mistakes.
pub(crate) fn stub(kind: Kind, item: &ItemStatic) -> TokenStream {
    let (attributes, visibility, ident) = (&item.attrs, &item.vis, &item.ident);
    let own = match kind {
        Kind::App => quote! {
            impl ::chalice::Dispatch<()> for #ident {
                async fn dispatch(_: usize, _: &::chalice::Request, _: &'static ()) -> ::chalice::Response {
                    ::core::unreachable!()
                }
            }
            impl ::chalice::Application for #ident {
                type State = ();
                const NAME: &'static str = "";
                fn router() -> ::chalice::__private::core::router::Router {
                    ::core::unreachable!()
                }
                fn manifest() -> &'static [u8] {
                    &[]
                }
                async fn connect() -> ::chalice::Result<()> {
                    ::core::result::Result::Ok(())
                }
            }
        },
        Kind::Blueprint => quote! {
            impl<__A: ::chalice::__private::core::conflict::Conflicting, const __NTH: usize>
                ::chalice::__private::core::conflict::Checked<__A, __NTH> for #ident
            {
                const OK: () = ();
            }
            impl<__S: ::core::marker::Sync + 'static> ::chalice::Dispatch<__S> for #ident {
                async fn dispatch(_: usize, _: &::chalice::Request, _: &'static __S) -> ::chalice::Response {
                    ::core::unreachable!()
                }
            }
        },
    };
    quote! {
        #(#attributes)*
        #[allow(non_camel_case_types)]
        #visibility struct #ident;
        const _: () = {
            impl ::chalice::Group for #ident {
                const DEF: &'static ::chalice::__private::core::definition::GroupDef =
                    &::chalice::__private::core::definition::GroupDef { items: &[] };
            }
            #own
            ::chalice::__group_schemas! { #ident [] [] }
        };
    }
}

fn unit_struct(group: &Group) -> TokenStream {
    let Group {
        attributes,
        visibility,
        ident,
        ..
    } = group;
    quote! {
        #(#attributes)*
        #[allow(non_camel_case_types)]
        #visibility struct #ident;
    }
}

fn definition(group: &Group) -> TokenStream {
    let ident = &group.ident;
    let handlers = group.handlers.iter().map(|path| {
        quote_spanned! {last_span(path)=> {
            let () = <#path>::not_in_any_app_or_blueprint;
            ::chalice::__private::core::definition::Item::Handler(<#path as ::chalice::Handler>::DEF)
        }}
    });
    let mounts = group.mounts.iter().map(|MountedBlueprint { path, calls }| {
        // An error in a call is reported from the expression's start to its end:
        // both have to be the user's, or the whole attribute is underlined.
        let span = calls
            .first()
            .map_or(last_span(path), |call| call.method.span());
        let group = quote_spanned!(last_span(path)=> <#path as ::chalice::Group>::DEF);
        let mut mount =
            quote_spanned!(span=> ::chalice::__private::core::definition::Mount::of(#group));
        for call in calls {
            call.dot_token.to_tokens(&mut mount);
            call.method.to_tokens(&mut mount);
            call.turbofish.to_tokens(&mut mount);
            call.paren_token
                .surround(&mut mount, |inner| call.args.to_tokens(inner));
        }
        quote!(::chalice::__private::core::definition::Item::Mount(#mount))
    });
    quote! {
        impl ::chalice::Group for #ident {
            const DEF: &'static ::chalice::__private::core::definition::GroupDef =
                &::chalice::__private::core::definition::GroupDef { items: &[#(#handlers,)* #(#mounts,)*] };
        }
    }
}

/// How many handlers one `match` calls. rustc's work on an `async fn` grows
/// faster than the number of its `.await`s, so a large app gets two levels.
const ARMS: usize = 32;

/// Calls a handler by its number: a `match`, so that no future is boxed and no
/// table of functions needs relocations.
fn dispatch(group: &Group) -> TokenStream {
    let ident = &group.ident;
    let count = group.handlers.len();
    let paths: Vec<&Path> = group.mounts.iter().map(|mount| &mount.path).collect();
    let (parts, own) = own_handlers(group);
    let mounted = mounted_blueprints(count, &paths);
    let dispatch = quote! {
        async fn dispatch(
            __id: usize,
            __request: &::chalice::Request,
            __state: &'static __S,
        ) -> ::chalice::Response {
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
            #(#parts)*
            impl ::chalice::Dispatch<__S> for #ident {
                #dispatch
            }
        },
        Kind::Blueprint => {
            let handlers = group
                .handlers
                .iter()
                .map(|path| quote_spanned!(last_span(path)=> #path: ::chalice::Call<__S>));
            let blueprints = paths
                .iter()
                .map(|path| quote_spanned!(last_span(path)=> #path: ::chalice::Dispatch<__S>));
            quote! {
                #(#parts)*
                impl<__S: ::core::marker::Sync + 'static> ::chalice::Dispatch<__S> for #ident
                where
                    #(#handlers,)*
                    #(#blueprints,)*
                {
                    #dispatch
                }
            }
        }
    }
}

/// The arms for the group's own handlers, and the functions they need.
fn own_handlers(group: &Group) -> (Vec<TokenStream>, TokenStream) {
    let arms: Vec<TokenStream> = group
        .handlers
        .iter()
        .enumerate()
        .map(|(id, path)| {
            let handler = path;
            quote_spanned! {last_span(path)=> #id => {
                type __H = #handler;
                ::chalice::__private::call::<__H, __S>(__request, __state).await
            }}
        })
        .collect();
    if arms.len() <= ARMS {
        return (Vec::new(), arms.into_iter().collect());
    }
    let mut parts = Vec::new();
    let mut outer = TokenStream::new();
    for (at, (arms, handlers)) in arms
        .chunks(ARMS)
        .zip(group.handlers.chunks(ARMS))
        .enumerate()
    {
        let part = format_ident!("__dispatch_part{at}");
        let (generics, bounds) = match group.kind {
            Kind::App => (TokenStream::new(), TokenStream::new()),
            Kind::Blueprint => {
                let bounds = handlers
                    .iter()
                    .map(|path| quote_spanned!(last_span(path)=> #path: ::chalice::Call<__S>));
                (
                    quote!(<__S: ::core::marker::Sync + 'static>),
                    quote!(where #(#bounds,)*),
                )
            }
        };
        parts.push(quote! {
            async fn #part #generics(
                __id: usize,
                __request: &::chalice::Request,
                __state: &'static __S,
            ) -> ::chalice::Response
            #bounds
            {
                match __id {
                    #(#arms)*
                    _ => ::core::unreachable!("the router knows only the handlers of this app"),
                }
            }
        });
        let (start, end) = (at * ARMS, at * ARMS + handlers.len() - 1);
        outer.extend(quote!(#start..=#end => #part(__id, __request, __state).await,));
    }
    (parts, outer)
}

/// The arms for the handlers of mounted blueprints, which come after the own ones.
fn mounted_blueprints(count: usize, paths: &[&Path]) -> TokenStream {
    let first_id = |mount: usize| {
        let before = &paths[..mount];
        quote!(#count #(+ ::chalice::__private::core::flatten::handler_count(<#before as ::chalice::Group>::DEF))*)
    };
    (0..paths.len())
        .map(|at| {
            let (start, end) = (first_id(at), first_id(at + 1));
            let span = last_span(paths[at]);
            let blueprint = paths[at];
            quote_spanned! {span=> _ if __id < const { #end } => {
                type __G = #blueprint;
                ::chalice::__private::dispatch::<__G, __S>(__id - const { #start }, __request, __state).await
            }}
        })
        .collect()
}

/// Conflicts are raised by the handlers; apps and blueprints hand them down.
fn checks_passed_on(group: &Group) -> TokenStream {
    let ident = &group.ident;
    let entries = group
        .handlers
        .iter()
        .chain(group.mounts.iter().map(|mount| &mount.path));
    let checks = entries
        .map(|path| quote_spanned!(last_span(path)=> let () = <#path as ::chalice::__private::core::conflict::Checked<__A, __NTH>>::OK;));
    quote! {
        impl<__A: ::chalice::__private::core::conflict::Conflicting, const __NTH: usize>
            ::chalice::__private::core::conflict::Checked<__A, __NTH> for #ident
        {
            const OK: () = { #(#checks)* };
        }
    }
}

/// Names the types and fields that the user wrote, so that editors can resolve
/// them and their imports count as used.
fn for_editors(group: &Group) -> TokenStream {
    let Group {
        ty,
        struct_path,
        keys,
        ..
    } = group;
    quote! {
        const _: fn(#ty) = |group| {
            let _: &#struct_path = &group;
            #(let _ = group.#keys;)*
        };
    }
}
