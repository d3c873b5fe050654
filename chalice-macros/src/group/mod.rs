//! `#[app]` and `#[blueprint]`: the lists of what an app is made of.

mod api;
mod application;
pub(crate) mod check;
mod dispatch;
mod expand;
#[cfg(test)]
mod tests;

use proc_macro2::TokenStream;
use quote::quote;
use syn::{ItemConst, ItemStatic, StaticMutability};

use crate::{errors::Errors, grants};

/// Which of the two attributes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    App,
    Blueprint,
}

impl Kind {
    fn attribute(self) -> &'static str {
        match self {
            Kind::App => "#[app]",
            Kind::Blueprint => "#[blueprint]",
        }
    }

    fn type_name(self) -> &'static str {
        match self {
            Kind::App => "App",
            Kind::Blueprint => "Blueprint",
        }
    }

    fn keys(self) -> &'static [&'static str] {
        match self {
            Kind::App => &[
                "name",
                "handlers",
                "blueprints",
                "middleware",
                "layer",
                "state",
                "api",
                "debug",
                grants::KEY,
            ],
            Kind::Blueprint => &["handlers", "blueprints", "middleware", grants::KEY],
        }
    }

    fn example(self) -> &'static str {
        match self {
            Kind::App => "pub static APP: App = App { name: \"helloworld\", handlers: [index] };",
            Kind::Blueprint => {
                "pub static BLUEPRINT: Blueprint = Blueprint { handlers: [list, show] };"
            }
        }
    }
}

/// Expands either attribute. The `static` itself is replaced by a unit struct
/// of its name: it lists paths of types, which no value could hold.
pub(crate) fn expand(kind: Kind, arguments: TokenStream, item: TokenStream) -> TokenStream {
    let mut errors = Errors::new();
    if !arguments.is_empty() {
        errors.on(
            &arguments,
            format!(
                "`{}` takes no arguments: settings are fields of the `static`",
                kind.attribute()
            ),
        );
    }
    let parsed: syn::Result<ItemStatic> = syn::parse2(item.clone());
    let Ok(item_static) = parsed else {
        errors.at(
            item.clone()
                .into_iter()
                .next()
                .map_or_else(proc_macro2::Span::call_site, |token| token.span()),
            format!(
                "`{}` goes on a `static`: `{}`",
                kind.attribute(),
                kind.example()
            ),
        );
        let errors = errors.into_tokens();
        // A `const` could only be an error of its own: no value fits its fields.
        return match syn::parse2::<ItemConst>(item.clone()) {
            Ok(constant) => {
                let stub = expand::stub(kind, &as_static(constant));
                quote!(#errors #stub)
            }
            Err(_) => quote!(#item #errors),
        };
    };
    let group = check::check(kind, &item_static, &mut errors);
    let expansion = match group {
        Some(group) if errors.is_empty() => expand::expand(&group),
        _ => expand::stub(kind, &item_static),
    };
    let errors = errors.into_tokens();
    quote!(#errors #expansion)
}

/// The static that was meant.
fn as_static(constant: ItemConst) -> ItemStatic {
    ItemStatic {
        attrs: constant.attrs,
        vis: constant.vis,
        static_token: syn::token::Static(constant.const_token.span),
        mutability: StaticMutability::None,
        ident: constant.ident,
        colon_token: constant.colon_token,
        ty: constant.ty,
        eq_token: constant.eq_token,
        expr: constant.expr,
        semi_token: constant.semi_token,
    }
}
