//! The comma-separated settings of an attribute: `flag`, `key = value`, `key(..)`.

use std::fmt::Display;

use chalice_core::suggest;
use proc_macro2::{Span, TokenStream};
use syn::{
    Expr, ExprLit, Ident, Lit, LitStr, Token,
    ext::IdentExt,
    parse::{ParseStream, Parser},
    token,
};

use crate::errors::Errors;

/// One setting.
pub(crate) struct Setting {
    pub(crate) key: Ident,
    pub(crate) value: Value,
}

/// What a setting was given.
pub(crate) enum Value {
    /// `key`
    Flag,
    /// `key = value`
    Assigned(Box<Expr>),
    /// `key(..)`
    List(TokenStream, Span),
}

impl Value {}

/// Parses settings up to the end of the input. After a mistake it goes on
/// behind the next comma.
pub(crate) fn parse(input: ParseStream<'_>, errors: &mut Errors) -> Vec<Setting> {
    let mut settings = Vec::new();
    while !input.is_empty() {
        match parse_one(input) {
            Ok(setting) => {
                settings.push(setting);
                if !input.is_empty() && !input.peek(Token![,]) {
                    errors.at(input.span(), "expected `,` between two settings");
                }
            }
            Err(error) => errors.push(error),
        }
        skip_to_comma(input);
        let _: Option<Token![,]> = input.parse().ok();
    }
    settings
}

/// [`parse`], from tokens.
pub(crate) fn parse_tokens(tokens: TokenStream, errors: &mut Errors) -> Vec<Setting> {
    let parser = |input: ParseStream<'_>| Ok(parse(input, errors));
    match parser.parse2(tokens) {
        Ok(settings) => settings,
        Err(error) => {
            errors.push(error);
            Vec::new()
        }
    }
}

fn parse_one(input: ParseStream<'_>) -> syn::Result<Setting> {
    if input.peek(syn::Lit) {
        return Err(input.error("expected a setting: `key = value`, or a flag"));
    }
    let key = Ident::parse_any(input)?;
    let value = if input.peek(Token![=]) {
        input.parse::<Token![=]>()?;
        if input.is_empty() || input.peek(Token![,]) {
            return Err(syn::Error::new(
                key.span(),
                format!("`{key}` has no value behind its `=`"),
            ));
        }
        Value::Assigned(Box::new(input.parse()?))
    } else if input.peek(Token![:]) {
        return Err(input.error(format!("a setting is written with `=`: `{key} = ..`")));
    } else if input.peek(token::Paren) {
        let content;
        let parentheses = syn::parenthesized!(content in input);
        Value::List(content.parse()?, parentheses.span.join())
    } else {
        Value::Flag
    };
    Ok(Setting { key, value })
}

/// Goes to the next comma, or to the end.
pub(crate) fn skip_to_comma(input: ParseStream<'_>) {
    while !input.is_empty() && !input.peek(Token![,]) {
        if input.parse::<proc_macro2::TokenTree>().is_err() {
            return;
        }
    }
}

/// Reports a key that is not among `known`; `whose` names the attribute.
pub(crate) fn unknown_key(key: &Ident, whose: &str, known: &[&str], errors: &mut Errors) {
    let name = key.to_string();
    errors.at(
        key.span(),
        format!(
            "`{whose}` has no setting `{name}`{}\nsettings: {}",
            match suggest::nearest(&name, known.iter().copied()) {
                Some(word) => format!("; did you mean `{word}`?"),
                None => String::new(),
            },
            suggest::list(known.iter().copied()),
        ),
    );
}

/// Reports every key that is given twice, at its second occurrence.
pub(crate) fn repeated_keys(settings: &[Setting], errors: &mut Errors) {
    for (at, setting) in settings.iter().enumerate() {
        if settings[..at]
            .iter()
            .any(|earlier| earlier.key == setting.key)
        {
            errors.at(
                setting.key.span(),
                format!("`{}` is set twice: keep one of them", setting.key),
            );
        }
    }
}

/// A flag: `key`, or `key = true` or `key = false`.
pub(crate) fn flag(setting: &Setting, errors: &mut Errors) -> bool {
    match &setting.value {
        Value::Flag => true,
        Value::Assigned(value) => match &**value {
            Expr::Lit(ExprLit {
                lit: Lit::Bool(value),
                ..
            }) => value.value,
            other => {
                errors.on(
                    other,
                    format!(
                        "`{}` is a flag: write it alone, or `= true` or `= false`",
                        setting.key
                    ),
                );
                false
            }
        },
        Value::List(_, span) => {
            errors.at(
                *span,
                format!("`{}` is a flag: it takes no list", setting.key),
            );
            false
        }
    }
}

/// A string literal.
pub(crate) fn text(setting: &Setting, example: &str, errors: &mut Errors) -> Option<LitStr> {
    match &setting.value {
        Value::Assigned(value) => string_literal(value),
        _ => None,
    }
    .or_else(|| {
        wrong_value(
            setting,
            format!(
                "`{0}` takes a string literal: `{0} = {example}`",
                setting.key
            ),
            errors,
        );
        None
    })
}

/// A list of string literals.
pub(crate) fn texts(setting: &Setting, example: &str, errors: &mut Errors) -> Vec<LitStr> {
    let usage = format!(
        "`{0}` takes a list of string literals: `{0} = [{example}]`",
        setting.key
    );
    let Some(elements) = elements(setting) else {
        wrong_value(setting, usage, errors);
        return Vec::new();
    };
    elements
        .iter()
        .filter_map(|element| {
            let literal = string_literal(element);
            if literal.is_none() {
                errors.on(element, &usage);
            }
            literal
        })
        .collect()
}

/// The elements of `key = [..]`.
pub(crate) fn elements(setting: &Setting) -> Option<Vec<Expr>> {
    match &setting.value {
        Value::Assigned(value) => match &**value {
            Expr::Array(array) => Some(array.elems.iter().cloned().collect()),
            _ => None,
        },
        _ => None,
    }
}

/// Reports that a setting has a value of the wrong kind: at the value, or at
/// the key if it has none.
pub(crate) fn wrong_value(setting: &Setting, message: impl Display, errors: &mut Errors) {
    match &setting.value {
        Value::Flag => errors.at(setting.key.span(), message),
        Value::Assigned(value) => errors.on(value, message),
        Value::List(_, span) => errors.at(*span, message),
    }
}

/// The string literal that an expression is, if it is one.
pub(crate) fn string_literal(value: &Expr) -> Option<LitStr> {
    match value {
        Expr::Lit(ExprLit {
            lit: Lit::Str(text),
            ..
        }) => Some(text.clone()),
        // A literal that a `macro_rules!` passed on comes in an invisible group.
        Expr::Group(group) => string_literal(&group.expr),
        _ => None,
    }
}

/// The identifier that an expression is, if it is one.
pub(crate) fn identifier(value: &Expr) -> Option<&Ident> {
    match value {
        Expr::Path(path) if path.qself.is_none() => path.path.get_ident(),
        Expr::Group(group) => identifier(&group.expr),
        _ => None,
    }
}
