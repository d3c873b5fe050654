//! `#[derive(AppState)]`: one `Provide` per field.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::{Data, DeriveInput, Field, Fields, Ident, Member, spanned::Spanned};

use crate::{errors::Errors, token_text::token_text};

pub(crate) fn expand(item: TokenStream) -> TokenStream {
    let input: DeriveInput = match syn::parse2(item) {
        Ok(input) => input,
        Err(error) => return error.to_compile_error(),
    };
    let mut errors = Errors::new();
    let Data::Struct(data) = &input.data else {
        errors.on(
            &input.ident,
            "`AppState` is derived for structs: each field is something that handlers can ask for",
        );
        return errors.into_tokens();
    };
    let provided = provided(&data.fields, &mut errors);
    let ident = &input.ident;
    let (impl_generics, type_generics, where_clause) = input.generics.split_for_impl();
    let fields = provided.iter().map(|(member, field)| {
        let ty = &field.ty;
        quote_spanned! {ty.span()=>
            impl #impl_generics ::chalice::Provide<#ty> for #ident #type_generics #where_clause {
                fn provide(&self) -> &#ty {
                    &self.#member
                }
            }
        }
    });
    let errors = errors.into_tokens();
    quote! {
        #errors
        #(#fields)*
        impl #impl_generics ::chalice::Provide<#ident #type_generics> for #ident #type_generics #where_clause {
            fn provide(&self) -> &Self {
                self
            }
        }
    }
}

fn provided<'f>(fields: &'f Fields, errors: &mut Errors) -> Vec<(Member, &'f Field)> {
    let mut provided: Vec<(Member, &Field)> = Vec::new();
    for (member, field) in fields.members().zip(fields) {
        if skipped(field, errors) {
            continue;
        }
        let ty = token_text(&field.ty);
        if provided
            .iter()
            .any(|(_, known)| token_text(&known.ty) == ty)
        {
            errors.on(
                &field.ty,
                format!(
                    "two fields have the type `{ty}`, so `State<{ty}>` could mean either\nhelp: give one of them a \
                     type of its own, or mark it `#[state(skip)]`"
                ),
            );
            continue;
        }
        provided.push((member, field));
    }
    provided
}

/// Whether the field is marked `#[state(skip)]`.
fn skipped(field: &Field, errors: &mut Errors) -> bool {
    let mut skip = false;
    for attribute in field
        .attrs
        .iter()
        .filter(|attribute| attribute.path().is_ident("state"))
    {
        let parsed = attribute.parse_args::<Ident>();
        if parsed.is_ok_and(|word| word == "skip") {
            skip = true;
        } else {
            errors.on(
                attribute,
                "a field is marked `#[state(skip)]`, when handlers cannot ask for it, or not at all",
            );
        }
    }
    skip
}
