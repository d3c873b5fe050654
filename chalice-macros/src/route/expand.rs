//! The code that stands beside an annotated function.
//!
//! The function gets a companion: a type of the same name, in the type
//! namespace, that carries its definition and knows how to call it. `use
//! users::list` imports both.
//!
//! Spans decide where errors point, so most tokens get the span of what they
//! are about: an argument's type, the return type, the function's name, the path.

use proc_macro2::TokenStream;
use quote::{ToTokens, format_ident, quote, quote_spanned};
use syn::{ReturnType, Type, Visibility, ext::IdentExt, parse_quote, spanned::Spanned};

use chalice_core::{
    bytes::{SEED, hash},
    definition::SegmentDef,
    method::Method,
};

use super::{
    function::{Function, names_impl_trait},
    manifest_entry::{ManifestEntry, manifest_entry},
    model::{Argument, CorsSetting, Route, Source},
};

/// Everything beside the function.
pub(crate) fn expand(route: &Route<'_>) -> TokenStream {
    let marker = marker(route.function);
    let definition = definition(route);
    let call = call(route);
    let probes = probes(route);
    let schemas = schemas(route);
    let conditions = route.function.conditions();
    let name = &route.function.signature.ident;
    let checked = quote_spanned! {route.path_literal.span()=>
        ::chalice::__private::core::conflict::check::<__A, __NTH>(<#name as ::chalice::Handler>::DEF)
    };
    quote! {
        #marker
        #(#conditions)*
        const _: () = {
            #definition
            impl<__A: ::chalice::__private::core::conflict::Conflicting, const __NTH: usize>
                ::chalice::__private::core::conflict::Checked<__A, __NTH> for #name
            {
                const OK: () = #checked;
            }
            #call
            #probes
            #schemas
            // The companion stands for the function, which is not dead as long as it is listed.
            let _ = #name;
        };
    }
}

/// What stands beside a function whose attribute has mistakes: enough for an
/// app to list it without further errors.
pub(crate) fn stub(function: &Function) -> TokenStream {
    let marker = marker(function);
    let conditions = function.conditions();
    let name = &function.signature.ident;
    // Of a generic function, there is no value without its type arguments.
    let used = (!function.is_generic()).then(|| quote!(let _ = #name;));
    quote! {
        #marker
        #(#conditions)*
        const _: () = {
            impl ::chalice::Handler for #name {
                const DEF: &'static ::chalice::__private::core::definition::HandlerDef =
                    &::chalice::__private::core::definition::STUB;
            }
            impl<__A: ::chalice::__private::core::conflict::Conflicting, const __NTH: usize>
                ::chalice::__private::core::conflict::Checked<__A, __NTH> for #name
            {
                const OK: () = ();
            }
            impl<__S: ::core::marker::Sync + 'static> ::chalice::Call<__S> for #name {
                fn call<'__r>(_: &'__r ::chalice::Event, _: &'static __S) -> ::chalice::__private::OutcomeFuture<'__r> {
                    ::core::unreachable!()
                }
            }
            ::chalice::__schemas! { #name [] -> () }
            #used
        };
    }
}

/// The companion type, and the constant by which rustc notices that no app
/// and no blueprint lists it.
fn marker(function: &Function) -> TokenStream {
    let conditions = function.conditions();
    let name = &function.signature.ident;
    // Never wider than the crate: of what other crates might use, rustc cannot
    // say that it is unused. The tokens' span must be the user's, or the lint is silent.
    let visibility = match &function.visibility {
        Visibility::Public(public) => quote_spanned!(public.span()=> pub(crate)),
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

fn definition(route: &Route<'_>) -> TokenStream {
    let name = &route.function.signature.ident;
    let function = name.unraw().to_string();
    let handler_name = &route.name;
    let file = name.span().file();
    let line = name.span().start().line as u32;
    let path = route.pattern.to_string();
    let path_hash = hash(SEED, path.as_bytes());
    let segments = route.pattern.definitions().into_iter().map(|SegmentDef { hash, place }| {
        quote!(::chalice::__private::core::definition::SegmentDef { hash: #hash, place: #place })
    });
    let methods = route.methods.set.bits();
    let declared_methods = route
        .methods
        .names
        .iter()
        .filter_map(|name| Method::from_name(name))
        .map(|method| {
            let variant = format_ident!("{}", format!("{method:?}"));
            quote!(::chalice::__private::core::method::Method::#variant)
        });
    let cors = cors_setting(&route.cors);
    let authorizer = match &route.authorizer {
        Some(authorizer) => {
            let definition =
                quote_spanned!(authorizer.span()=> (#authorizer).authorizer_definition());
            quote!(::core::option::Option::Some(#definition))
        }
        None => quote!(::core::option::Option::None),
    };
    let content_types = &route.content_types;
    let ManifestEntry {
        head,
        tail,
        unchanging,
    } = manifest_entry(route);
    quote! {
        impl ::chalice::Handler for #name {
            const DEF: &'static ::chalice::__private::core::definition::HandlerDef =
                &::chalice::__private::core::definition::HandlerDef {
                    name: #handler_name,
                    function: #function,
                    module: ::core::module_path!(),
                    location: ::chalice::__private::core::definition::Location {
                        file: #file,
                        line: #line,
                    },
                    kind: ::chalice::__private::core::definition::HandlerKind::Route(
                        ::chalice::__private::core::definition::RouteDef {
                            path: #path,
                            path_hash: #path_hash,
                            segments: &[#(#segments),*],
                            methods: ::chalice::__private::core::method::MethodSet::from_bits(#methods),
                            declared_methods: &[#(#declared_methods),*],
                            cors: #cors,
                            authorizer: #authorizer,
                            content_types: &[#(#content_types),*],
                        },
                    ),
                    entry: ::chalice::__private::core::definition::ManifestEntry {
                        json: ::core::concat!(#head, ::core::module_path!(), #tail),
                        unchanging: #unchanging,
                    },
                };
        }
    }
}

fn cors_setting(cors: &CorsSetting) -> TokenStream {
    let setting = match cors {
        CorsSetting::Inherit => quote!(Inherit),
        CorsSetting::Off => quote!(Off),
        CorsSetting::Own(cors) => {
            let definition = cors.definition();
            quote!(Own(&#definition))
        }
    };
    quote!(::chalice::__private::core::cors::CorsSetting::#setting)
}

fn call(route: &Route<'_>) -> TokenStream {
    let signature = &route.function.signature;
    let name = &signature.ident;
    let bounds =
        extractors(route).map(|ty| quote_spanned!(ty.span()=> #ty: ::chalice::FromRequest<__S>));
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
        Some(_) => quote_spanned!(name.span()=> ::chalice::__private::run_async),
        None => quote_spanned!(name.span()=> ::chalice::__private::run),
    };
    // With the function's own span, a future that is not `Send` is reported at the function.
    let call = quote_spanned! {name.span()=>
        fn call<'__r>(__event: &'__r ::chalice::Event, __state: &'static __S) -> ::chalice::__private::OutcomeFuture<'__r>
        {
            #run(#name, #returns, (#(#arguments,)*), __event, __state)
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
        .map(|ty| quote_spanned!(ty.span()=> ::chalice::__private::Is<#ty>));
    let reads_body: Vec<TokenStream> = types
        .iter()
        .map(|ty| quote_spanned!(ty.span()=> <#ty as ::chalice::FromRequest<::chalice::__private::AnyState>>::BODY))
        .collect();
    let one_body = types.iter().enumerate().skip(1).map(|(at, ty)| {
        quote_spanned!(ty.span()=> const _: () = ::chalice::__private::one_body(&[#(#reads_body),*], #at);)
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
    quote!(::chalice::__schemas! { #name [#(#arguments),*] -> #returns })
}

fn extractors<'r>(route: &'r Route<'_>) -> impl Iterator<Item = &'r Type> {
    route
        .arguments
        .iter()
        .filter(|argument| matches!(argument.source, Source::Extractor))
        .map(|argument| &argument.ty)
}
