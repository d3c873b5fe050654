//! The field `api: Api { .. }` of an app, and `debug` beside it.

use chalice_core::definition::ApiDef;
use proc_macro2::TokenStream;
use quote::quote;
use syn::Expr;

use crate::{
    cors::{self, Cors},
    errors::Errors,
    json, media_type,
    settings::{self, Setting, Written},
};

const KEYS: [&str; 3] = ["cors", "binary_types", "compression"];

/// Settings of the whole API.
#[derive(Default)]
pub(crate) struct Api {
    cors: Option<Cors>,
    binary_types: Vec<String>,
    compression: Option<u32>,
    pub(crate) debug: bool,
    /// The structs that the user named, with their fields, for the editor's sake.
    written: Vec<Written>,
}

impl Api {
    /// Takes over what `api: ..` says.
    pub(crate) fn take(&mut self, setting: &Setting, errors: &mut Errors) {
        let settings::Value::Assigned(value) = &setting.value else {
            return;
        };
        let Expr::Struct(value) = settings::ungrouped(value) else {
            errors.on(
                value,
                "`api` takes settings: `api: Api { cors: true, binary_types: [\"application/x-protobuf\"] }`",
            );
            return;
        };
        let settings = settings::fields(value, errors);
        settings::repeated_keys(&settings, errors);
        self.written.push(settings::written(value, &settings));
        for setting in &settings {
            match setting.key.to_string().as_str() {
                "cors" => {
                    let (cors, written) = cors::of_app(setting, errors);
                    self.cors = cors;
                    self.written.extend(written);
                }
                "binary_types" => {
                    self.binary_types =
                        media_type::list(setting, "\"application/x-protobuf\"", errors)
                            .into_iter()
                            .map(|(value, _)| value)
                            .collect();
                }
                "compression" => self.compression = compression(setting, errors),
                "debug" => errors.at(
                    setting.key.span(),
                    "`debug` is a field of the app itself: `App { name: \"..\", debug: true }`",
                ),
                _ => settings::unknown_field(&setting.key, "Api", &KEYS, errors),
            }
        }
    }

    /// The settings as an `ApiDef`.
    pub(crate) fn definition(&self) -> TokenStream {
        let Api {
            cors,
            binary_types,
            compression,
            debug,
            written: _,
        } = self;
        let option = |value: Option<TokenStream>| match value {
            Some(value) => quote!(::core::option::Option::Some(#value)),
            None => quote!(::core::option::Option::None),
        };
        let cors = option(cors.as_ref().map(Cors::definition));
        let compression = option(compression.map(|bytes| quote!(#bytes)));
        quote! {
            ::chalice::__private::core::definition::ApiDef {
                cors: #cors,
                binary_types: &[#(#binary_types),*],
                compression: #compression,
                debug: #debug,
            }
        }
    }

    /// The settings as the manifest has them.
    pub(crate) fn json(&self) -> String {
        let null = || "null".to_owned();
        format!(
            "{{\"cors\":{},\"binary_types\":{},\"compression\":{},\"debug\":{}}}",
            self.cors.as_ref().map_or_else(null, Cors::json),
            json::strings(self.binary_types.iter().map(String::as_str)),
            self.compression
                .map_or_else(null, |bytes| bytes.to_string()),
            self.debug,
        )
    }

    /// Names the types and fields that the user wrote.
    pub(crate) fn for_editors(&self) -> TokenStream {
        self.written
            .iter()
            .map(|Written { path, keys }| quote!(const _: fn(#path) = |value| { #(let _ = value.#keys;)* };))
            .collect()
    }
}

fn compression(setting: &Setting, errors: &mut Errors) -> Option<u32> {
    let bytes = settings::number(setting).filter(|bytes| *bytes <= ApiDef::MAX_COMPRESSION_SIZE);
    if bytes.is_none() {
        settings::wrong_value(
            setting,
            format!(
                "`compression` takes the size in bytes from which responses are compressed, 0 to {}, as API Gateway \
                 does: `{}`",
                ApiDef::MAX_COMPRESSION_SIZE,
                setting.written("1024")
            ),
            errors,
        );
    }
    bytes
}
