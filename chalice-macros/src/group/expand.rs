//! The code that replaces the `static` of an app or a blueprint.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote, quote_spanned};
use syn::ItemStatic;

use super::{
    Kind, application,
    check::{Group, MountedBlueprint, last_span},
    dispatch,
};
use crate::grants;

pub(crate) fn expand(group: &Group) -> TokenStream {
    let unit = unit_struct(group);
    let definition = definition(group);
    let dispatch = dispatch::dispatch(group);
    let editor = for_editors(group);
    let own = match group.kind {
        Kind::App => application::expand(group),
        // Evaluated where it stands, whether an app mounts the blueprint or not.
        Kind::Blueprint => {
            let ident = &group.ident;
            quote!(const _: usize = <#ident as ::chalice::Group>::DEF.get().items.len();)
        }
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
                fn dispatch<'__r>(_: usize, _: &'__r ::chalice::Event, _: &'static ()) -> ::chalice::__private::Called<'__r> {
                    ::core::unreachable!()
                }
            }
            impl ::chalice::Application for #ident {
                type State = ();
                const NAME: &'static str = "";
                const API: &'static ::chalice::__private::core::definition::ApiDef =
                    &::chalice::__private::core::definition::ApiDef::DEFAULT;
                fn router() -> ::chalice::__private::core::router::Router {
                    ::core::unreachable!()
                }
                fn functions() -> &'static [::chalice::__private::core::function_table::LambdaFunction] {
                    &[]
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
                fn dispatch<'__r>(_: usize, _: &'__r ::chalice::Event, _: &'static __S) -> ::chalice::__private::Called<'__r> {
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
                const DEF: ::chalice::__private::core::opaque::Opaque<&'static ::chalice::__private::core::definition::GroupDef> =
                    ::chalice::__private::core::opaque::Opaque { value: &::chalice::__private::core::definition::GroupDef { items: &[] } };
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
    let (list, grants) = grants(group);
    let handlers = group.handlers.iter().map(|path| {
        quote_spanned! {last_span(path)=>
            ::chalice::__private::core::definition::Item::Handler(<#path as ::chalice::Handler>::DEF)
        }
    });
    let mounts = group.mounts.iter().map(|MountedBlueprint { path, calls }| {
        // An error in a call is reported from the expression's start to its end:
        // both have to be the user's, or the whole attribute is underlined.
        let span = calls
            .first()
            .map_or(last_span(path), |call| call.method.span());
        let group = quote_spanned!(last_span(path)=> <#path as ::chalice::Group>::DEF.get());
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
        #list
        impl ::chalice::Group for #ident {
            const DEF: ::chalice::__private::core::opaque::Opaque<&'static ::chalice::__private::core::definition::GroupDef> =
                ::chalice::__private::core::opaque::Opaque { value: &::chalice::__private::core::definition::GroupDef { items: &[#(#handlers,)* #(#mounts,)* #grants] } };
        }
    }
}

/// The group's grants as a constant, and the entry of the group's definition that refers to it.
fn grants(group: &Group) -> (TokenStream, TokenStream) {
    if group.grants.is_empty() {
        return (TokenStream::new(), TokenStream::new());
    }
    let item = group.ident.to_string();
    let place = group.ident.span();
    let (file, line) = (place.file(), place.start().line as u32);
    let entry = quote! {
        ::chalice::__private::core::definition::Item::Grants(&::chalice::__private::core::grant::GroupGrants {
            item: #item,
            module: ::core::module_path!(),
            file: #file,
            line: #line,
            grants: __GRANTS,
        }),
    };
    (grants::list(&group.grants), entry)
}

/// Conflicts are raised by the handlers; apps and blueprints hand them down. Without
/// a conflict no handler is asked: a call and a constant of each would be work for rustc.
fn checks_passed_on(group: &Group) -> TokenStream {
    let ident = &group.ident;
    let handlers = group.handlers.iter().map(|path| {
        quote_spanned!(last_span(path)=> <#path>::not_in_any_app_or_blueprint::<__A, __NTH>();)
    });
    let blueprints = group.mounts.iter().map(|mount| {
        let path = &mount.path;
        quote_spanned!(last_span(path)=> let () = <#path as ::chalice::__private::core::conflict::Checked<__A, __NTH>>::OK;)
    });
    quote! {
        impl<__A: ::chalice::__private::core::conflict::Conflicting, const __NTH: usize>
            ::chalice::__private::core::conflict::Checked<__A, __NTH> for #ident
        {
            const OK: () = {
                if ::chalice::__private::core::conflict::is_one(__NTH) {
                    #(#handlers)*
                }
                #(#blueprints)*
            };
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
        api,
        ..
    } = group;
    let api = api.for_editors();
    quote! {
        #api
        const _: fn(#ty) = |group| {
            let _: &#struct_path = &group;
            #(let _ = group.#keys;)*
        };
    }
}
