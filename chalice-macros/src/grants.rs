//! `grants = [PHOTOS.get()]`: what a handler, an app or a blueprint may do on AWS.

use proc_macro2::TokenStream;
use quote::quote;
use syn::Expr;

use crate::{
    errors::Errors,
    settings::{self, Setting},
};

/// The setting, in attributes as well as in the fields of apps and blueprints.
pub(crate) const KEY: &str = "grants";

/// The expressions of a list of grants; whether they are grants, const evaluation finds out.
pub(crate) fn check(setting: &Setting, errors: &mut Errors) -> Vec<Expr> {
    match settings::elements(setting) {
        Some(elements) => elements,
        None => {
            settings::wrong_value(
                setting,
                format!(
                    "`grants` takes a list of grants, each made of a resource that is a constant: `{}`\nhelp: \
                     `const PHOTOS: Bucket = Bucket::named(\"photos\");`",
                    setting.written("[PHOTOS.get()]"),
                ),
                errors,
            );
            Vec::new()
        }
    }
}

/// A manifest entry, an expression of a constant text, with the grants behind its other members.
pub(crate) fn with_grants(entry: &TokenStream, grants: &[Expr]) -> TokenStream {
    if grants.is_empty() {
        return entry.clone();
    }
    let list = list(grants);
    quote! {
        {
            use ::chalice::__private::core::grant as __grant;
            const __ENTRY: &str = #entry;
            #list
            const __TEXT: &[u8] = &__grant::entry::<{ __grant::entry_length(__ENTRY, __GRANTS) }>(__ENTRY, __GRANTS);
            __grant::text(__TEXT)
        }
    }
}

/// The grants as a constant: evaluated where it stands, and each expression is the user's own.
pub(crate) fn list(grants: &[Expr]) -> TokenStream {
    quote! {
        const __GRANTS: &[::chalice::__private::core::grant::Grant] = &[#(#grants),*];
    }
}
