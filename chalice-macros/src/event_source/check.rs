//! From what the user wrote to what the framework allows.

use proc_macro2::{Span, TokenStream, TokenTree};
use syn::{Token, parse::ParseStream, parse::Parser};

use super::{
    batch,
    given::Given,
    model::{Attribute, Handler},
    signature,
};
use crate::{
    documentation::Documentation,
    errors::Errors,
    grants,
    route::{
        check::{check_name, own_name},
        function::Function,
    },
    settings::{self, Notation, Setting},
};

/// The longest description that AWS takes, in characters (AWS Lambda,
/// `CreateFunction`, `Description`).
const MAX_DESCRIPTION: usize = 256;

/// Checks everything, and reports all mistakes.
pub(super) fn check<'f>(
    attribute: &Attribute,
    arguments: TokenStream,
    function: Option<&'f Function>,
    errors: &mut Errors,
) -> Option<Handler<'f>> {
    let known: Vec<&str> = attribute
        .keys
        .iter()
        .copied()
        .chain(["name", "description", grants::KEY])
        .collect();
    let before = errors.count();
    let settings = parse(attribute, arguments, errors);
    let given = Given {
        keys: &known,
        settings,
        is_complete: errors.count() == before,
    };
    settings::repeated_keys(&given.settings, errors);
    for setting in &given.settings {
        let is_known = known.iter().any(|key| setting.key == key);
        if !is_known && !batch::is_judged(&setting.key, attribute) {
            settings::unknown_key(&setting.key, attribute.name, &known, errors);
        }
    }
    let source = (attribute.source)(&given, errors);
    let name = given
        .find("name")
        .and_then(|setting| check_name(setting, errors));
    let grants = given
        .find(grants::KEY)
        .map(|setting| grants::check(setting, errors));
    let description = given.checked("description", "What it does", check_description, errors);
    let function = function?;
    let arguments = signature::check(attribute, function, errors);
    let name = match (given.find("name"), source.default_name) {
        (Some(_), _) => name.unwrap_or_default(),
        (None, Some(default)) => default.to_owned(),
        (None, None) => own_name(function, attribute.name, errors),
    };
    let documentation = Documentation::of(&function.attributes);
    Some(Handler {
        function,
        name,
        source,
        event: arguments.event,
        arguments: arguments.others,
        description: description.or_else(|| {
            let summary = documentation.summary?;
            Some(summary.chars().take(MAX_DESCRIPTION).collect())
        }),
        grants: grants.unwrap_or_default(),
    })
}

/// The settings, and before them what needs no key.
fn parse(attribute: &Attribute, arguments: TokenStream, errors: &mut Errors) -> Vec<Setting> {
    let Some(key) = attribute.positional else {
        return settings::parse_tokens(arguments, errors);
    };
    let is_setting = match arguments
        .clone()
        .into_iter()
        .take(2)
        .collect::<Vec<_>>()
        .as_slice()
    {
        [] => true,
        [TokenTree::Ident(_)] => true,
        [TokenTree::Ident(_), TokenTree::Punct(next)] => matches!(next.as_char(), '=' | ','),
        _ => false,
    };
    if is_setting {
        return settings::parse_tokens(arguments, errors);
    }
    let parser = |input: ParseStream<'_>| {
        let mut found = Vec::new();
        match settings::assigned(input) {
            Ok(value) => found.push(Setting {
                key: syn::Ident::new(key, value.span().unwrap_or_else(Span::call_site)),
                value,
                notation: Notation::Attribute,
            }),
            Err(error) => {
                errors.push(error);
                settings::skip_to_comma(input);
            }
        }
        if !input.is_empty() && !input.peek(Token![,]) {
            errors.at(input.span(), "expected `,` before the next setting");
            settings::skip_to_comma(input);
        }
        let _: Option<Token![,]> = input.parse().ok();
        found.extend(settings::parse(input, errors));
        Ok(found)
    };
    parser.parse2(arguments).unwrap_or_default()
}

fn check_description(text: &str) -> Result<(), String> {
    let count = text.chars().count();
    if count > MAX_DESCRIPTION {
        return Err(format!(
            "the description has {count} characters, and AWS Lambda takes at most {MAX_DESCRIPTION}"
        ));
    }
    Ok(())
}
