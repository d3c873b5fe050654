//! The definition of a route: plain const data.

use std::fmt::{Display, Write};

use chalice_core::{
    bytes::{SEED, hash},
    content_type::DEFAULT_CONTENT_TYPES,
    method::{Method, MethodList},
    packed::{PlainCors, facts},
};
use proc_macro2::{Delimiter, Group, TokenStream};
use quote::{TokenStreamExt, quote};
use syn::ext::IdentExt;

use super::{
    authorizer,
    manifest_entry::{ManifestEntry, manifest_entry},
    model::{CorsSetting, Route},
};
use crate::grants;

/// The implementation of `Handler`.
///
/// Written as text, which rustc's lexer reads: putting so many tokens together one by one
/// takes an attribute, built without optimisation as attributes are, several times as long.
pub(super) fn definition(route: &Route<'_>) -> TokenStream {
    let mut tokens = read("impl ::chalice::__private::Handler for");
    tokens.append(route.function.signature.ident.clone());
    tokens.append(Group::new(Delimiter::Brace, constant(route)));
    tokens
}

fn constant(route: &Route<'_>) -> TokenStream {
    if let Some(text) = packed(route) {
        return read(&text);
    }
    let mut text = String::from("const DEF: &'static ::chalice::__private::HandlerDef =");
    let entry = entry(route);
    if route.authorizer.is_none() && route.grants.is_empty() {
        text += "&";
        write_definition(route, "::chalice::__private::None", &entry, &mut text);
        text += ";";
        return read(&text);
    }
    let head = read(&text);
    // The user's own tokens cannot become text: they would lose their place.
    let (authorizer, authorizer_value) = match &route.authorizer {
        Some(authorizer) => {
            let authorizer = authorizer::definition(authorizer);
            (
                quote!(let __authorizer = #authorizer;),
                "::chalice::__private::Some(__authorizer)",
            )
        }
        None => (TokenStream::new(), "::chalice::__private::None"),
    };
    let (grants, entry) = if route.grants.is_empty() {
        (TokenStream::new(), entry)
    } else {
        let entry = grants::with_grants(&read(&entry), &route.grants);
        (quote!(let __entry = #entry;), "__entry".to_owned())
    };
    let mut text = String::from("&");
    write_definition(route, authorizer_value, &entry, &mut text);
    let value = read(&text);
    quote! {
        #head {
            #authorizer
            #grants
            #value
        };
    }
}

/// The manifest entry, as an expression.
fn entry(route: &Route<'_>) -> String {
    let ManifestEntry { head, tail, .. } = manifest_entry(route);
    format!(
        "::core::concat!({}, ::core::module_path!(),{})",
        literal(&head),
        literal(&tail)
    )
}

/// The definition of a plain route, which most are, as literals.
fn packed(route: &Route<'_>) -> Option<String> {
    let cors = match &route.cors {
        CorsSetting::Inherit => PlainCors::Inherit,
        CorsSetting::Off => PlainCors::Off,
        CorsSetting::Own(cors) if cors.is_default() => PlainCors::Default,
        CorsSetting::Own(_) => return None,
    };
    if route.authorizer.is_some()
        || !route.grants.is_empty()
        || route.content_types != DEFAULT_CONTENT_TYPES
    {
        return None;
    }
    let ident = &route.function.signature.ident;
    let place = ident.span();
    let line = u32::try_from(place.start().line).ok()?;
    let path = route.pattern.to_string();
    let MethodList(declared) = declared_methods(route);
    let ManifestEntry { unchanging, .. } = manifest_entry(route);
    let mut text = format!(
        "const PACKED: ::chalice::__private::PackedRoute=(({:?},{:?}, ::core::module_path!(),{:?},{path:?},\
         {}),({},{declared},{unchanging},{}),&[",
        route.name,
        ident.unraw().to_string(),
        place.file(),
        entry(route),
        hash(SEED, path.as_bytes()),
        facts(line, route.methods.set, cors, route.stream),
    );
    write_segments(route, &mut text);
    text += "]);";
    Some(text)
}

fn write_segments(route: &Route<'_>, text: &mut String) {
    for segment in route.pattern.definitions() {
        let [hash, place] = segment.parts();
        let _ = write!(text, "[{hash},{place}],");
    }
}

fn declared_methods(route: &Route<'_>) -> MethodList {
    let names = route.methods.names.iter();
    names.filter_map(|name| Method::from_name(name)).collect()
}

fn write_definition(route: &Route<'_>, authorizer: &str, entry: &str, text: &mut String) {
    let ident = &route.function.signature.ident;
    let path = route.pattern.to_string();
    let MethodList(declared) = declared_methods(route);
    let ManifestEntry { unchanging, .. } = manifest_entry(route);
    let mut segments = String::new();
    write_segments(route, &mut segments);
    // Whole paths: an import would be one more item for rustc.
    let _ = write!(
        text,
        "::chalice::__private::HandlerDef{{\
         name:{:?},function:{:?},module: ::core::module_path!(),file:{:?},line:{},\
         kind: ::chalice::__private::HandlerKind::Route(::chalice::__private::RouteDef{{\
         path:{path:?},path_hash:{},segments:&[{segments}],\
         methods: ::chalice::__private::MethodSet({}),declared_methods: ::chalice::__private::MethodList({declared}),\
         cors: ::chalice::__private::CorsSetting::{},authorizer: {authorizer},content_types: {},stream:{}}}),\
         entry: {entry},unchanging:{unchanging}}}",
        route.name,
        ident.unraw().to_string(),
        ident.span().file(),
        ident.span().start().line,
        hash(SEED, path.as_bytes()),
        route.methods.set.bits(),
        cors_setting(&route.cors),
        content_types(&route.content_types),
        route.stream,
    );
}

fn cors_setting(cors: &CorsSetting) -> String {
    match cors {
        CorsSetting::Inherit => "Inherit".to_owned(),
        CorsSetting::Off => "Off".to_owned(),
        CorsSetting::Own(cors) if cors.is_default() => "DEFAULT".to_owned(),
        CorsSetting::Own(cors) => format!("Own(&{})", cors.definition()),
    }
}

fn content_types(types: &[String]) -> String {
    match types {
        default if default == DEFAULT_CONTENT_TYPES => {
            "::chalice::__private::DEFAULT_CONTENT_TYPES".to_owned()
        }
        own => format!("&{own:?}"),
    }
}

/// The text as a literal. Raw if it can be: a manifest entry is full of quotation marks.
fn literal(text: &str) -> String {
    match text.contains("\"##") || text.contains('\r') {
        true => format!("{text:?}"),
        false => format!("r##\"{text}\"##"),
    }
}

/// The tokens of a text that this module has put together.
fn read(text: &str) -> TokenStream {
    // `proc_macro2` would read the text by itself before it gives it to rustc.
    let tokens = match proc_macro::is_available() {
        true => text.parse().map(proc_macro::TokenStream::into),
        false => return text.parse().unwrap_or_else(|error| invalid(text, &error)),
    };
    tokens.unwrap_or_else(|error| invalid(text, &error))
}

fn invalid(text: &str, error: &dyn Display) -> TokenStream {
    unreachable!("`{text}` consists of tokens, and yet: {error}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn literals_read_back() {
        for text in [
            "",
            r#"{"name":"x"}"#,
            "a \"# b",
            "a \"## b\"##",
            "\"#",
            "\r\n",
            "\\u{7f} \u{7f} \u{202e}",
        ] {
            let read: syn::LitStr = syn::parse_str(&literal(text)).unwrap();
            assert_eq!(read.value(), text);
        }
    }
}
