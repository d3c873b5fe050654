//! The arguments of `#[route]`, as the user wrote them.

use proc_macro2::{Span, TokenStream};
use syn::{
    Expr, Ident, LitStr, Token,
    ext::IdentExt,
    parse::{ParseStream, Parser},
};

use super::check::KEYS;
use crate::{
    errors::Errors,
    settings::{self, Setting},
};

/// The arguments of `#[route]`, unchecked.
pub(crate) struct Arguments {
    pub(crate) path: Option<LitStr>,
    pub(crate) settings: Vec<Setting>,
}

const USAGE: &str =
    "`#[route]` starts with the path, as a string literal: `#[route(\"/users/<id>\")]`";

pub(crate) fn parse(arguments: TokenStream, errors: &mut Errors) -> Arguments {
    if arguments.is_empty() {
        errors.at(Span::call_site(), USAGE);
        return Arguments {
            path: None,
            settings: Vec::new(),
        };
    }
    let parser = |input: ParseStream<'_>| {
        let path = parse_path(input, errors)?;
        let settings = settings::parse(input, errors);
        Ok(Arguments { path, settings })
    };
    match parser.parse2(arguments) {
        Ok(arguments) => arguments,
        Err(error) => {
            errors.push(error);
            Arguments {
                path: None,
                settings: Vec::new(),
            }
        }
    }
}

/// The path and the comma behind it. Where the path is missing or is no
/// literal, says so, and leaves the settings to be judged.
fn parse_path(input: ParseStream<'_>, errors: &mut Errors) -> syn::Result<Option<LitStr>> {
    let is_setting = input.peek(Ident::peek_any) && {
        let name = Ident::parse_any(&input.fork())?;
        let known = KEYS.iter().any(|key| name == key);
        known || input.peek2(Token![=]) && !input.peek2(Token![==])
    };
    if is_setting {
        let fork = input.fork();
        if Ident::parse_any(&fork)? != "path" {
            errors.at(input.span(), USAGE);
            return Ok(None);
        }
        errors.at(
            input.span(),
            "the path comes first and has no key: `#[route(\"/users/<id>\")]`",
        );
        Ident::parse_any(input)?;
        input.parse::<Token![=]>()?;
    }
    let path = if input.peek(LitStr) {
        Some(input.parse()?)
    } else {
        if !is_setting {
            let span_from = input.fork();
            match span_from.parse::<Expr>() {
                Ok(expression) => errors.on(
                    expression,
                    "the path is a string literal, so that it can be checked against the arguments: \
                     `#[route(\"/users/<id>\")]`",
                ),
                Err(_) => errors.at(input.span(), USAGE),
            }
        }
        settings::skip_to_comma(input);
        None
    };
    if !input.is_empty() && !input.peek(Token![,]) {
        errors.at(
            input.span(),
            "expected `,` between the path and the settings",
        );
    }
    let _: Option<Token![,]> = input.parse().ok();
    Ok(path)
}
