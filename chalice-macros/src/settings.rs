//! The comma-separated settings of an attribute: `flag`, `key = value`, `key(..)`.

use std::fmt::Display;

use chalice_core::suggest;
use proc_macro2::{Group, Span, TokenStream};
use syn::{
    Expr, ExprLit, ExprStruct, ExprUnary, Ident, Lit, LitStr, Member, Path, Token, UnOp,
    ext::IdentExt,
    parse::{ParseStream, Parser, discouraged::Speculative},
    token,
};

use crate::errors::Errors;

/// One setting.
pub(crate) struct Setting {
    pub(crate) key: Ident,
    pub(crate) value: Value,
    pub(crate) notation: Notation,
}

/// How a setting is written, which messages repeat.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Notation {
    /// In an attribute: `key = value`
    Attribute,
    /// A field of a struct expression: `key: value`
    Field,
}

impl Value {
    /// Where it starts; `None` without a value.
    pub(crate) fn span(&self) -> Option<Span> {
        match self {
            Value::Flag => None,
            Value::Assigned(value) => Some(syn::spanned::Spanned::span(&**value)),
            Value::List(_, span) => Some(*span),
            Value::Json(group) => Some(group.span()),
        }
    }
}

impl Setting {
    /// The setting with that value, as the user would write it.
    pub(crate) fn written(&self, value: &str) -> String {
        match self.notation {
            Notation::Attribute => format!("{} = {value}", self.key),
            Notation::Field => format!("{}: {value}", self.key),
        }
    }
}

/// What a setting was given.
pub(crate) enum Value {
    /// `key`
    Flag,
    /// `key = value`
    Assigned(Box<Expr>),
    /// `key(..)`
    List(TokenStream, Span),
    /// `key = {..}` or `key = [..]`, where that is no expression: JSON.
    Json(Group),
}

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
        assigned(input)?
    } else if input.peek(Token![:]) {
        return Err(input.error(format!("a setting is written with `=`: `{key} = ..`")));
    } else if input.peek(token::Paren) {
        let content;
        let parentheses = syn::parenthesized!(content in input);
        Value::List(content.parse()?, parentheses.span.join())
    } else {
        Value::Flag
    };
    Ok(Setting {
        key,
        value,
        notation: Notation::Attribute,
    })
}

/// What stands behind a `=`, or without a key: an expression, or a group that is none, up to
/// the next comma: `{ "a": 1 }`, `[{ "a": 1 }]`.
pub(crate) fn assigned(input: ParseStream<'_>) -> syn::Result<Value> {
    if input.peek(token::Bracket) {
        let fork = input.fork();
        match fork.parse() {
            Ok(expression) => {
                // Nothing is read twice: most settings of routes are lists.
                input.advance_to(&fork);
                return Ok(Value::Assigned(Box::new(expression)));
            }
            Err(_) => return input.parse().map(Value::Json),
        }
    }
    if input.peek(token::Brace) {
        return input.parse().map(Value::Json);
    }
    Ok(Value::Assigned(Box::new(input.parse()?)))
}

/// The fields of a struct expression as settings.
pub(crate) fn fields(value: &ExprStruct, errors: &mut Errors) -> Vec<Setting> {
    if let Some(rest) = &value.rest {
        errors.on(
            rest,
            "fields cannot be taken over from another value: list them here",
        );
    }
    let mut settings = Vec::new();
    for field in &value.fields {
        match &field.member {
            Member::Named(key) => settings.push(Setting {
                key: key.clone(),
                value: Value::Assigned(Box::new(field.expr.clone())),
                notation: Notation::Field,
            }),
            Member::Unnamed(index) => errors.on(index, "fields have names here"),
        }
    }
    settings
}

/// A struct expression's type and fields, for the editor's sake.
pub(crate) struct Written {
    pub(crate) path: Path,
    pub(crate) keys: Vec<Ident>,
}

/// What was written as `value`, whose fields are `settings`.
pub(crate) fn written(value: &ExprStruct, settings: &[Setting]) -> Written {
    Written {
        path: value.path.clone(),
        keys: settings.iter().map(|setting| setting.key.clone()).collect(),
    }
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
    unknown(key, whose, ("setting", "settings"), known, errors);
}

/// Reports a field that is not among `known`; `whose` names the struct.
pub(crate) fn unknown_field(key: &Ident, whose: &str, known: &[&str], errors: &mut Errors) {
    unknown(key, whose, ("field", "fields"), known, errors);
}

fn unknown(
    key: &Ident,
    whose: &str,
    (one, several): (&str, &str),
    known: &[&str],
    errors: &mut Errors,
) {
    let name = key.to_string();
    errors.at(
        key.span(),
        format!(
            "`{whose}` has no {one} `{name}`{}\n{several}: {}",
            suggest::did_you_mean(&name, known.iter().copied()),
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
        Value::Assigned(value) => match boolean(value) {
            Some(value) => value,
            None => {
                let usage = match setting.notation {
                    Notation::Attribute => "write it alone, or `= true` or `= false`",
                    Notation::Field => "it is `true` or `false`",
                };
                errors.on(value, format!("`{}` is a flag: {usage}", setting.key));
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
        Value::Json(group) => {
            errors.at(
                group.span(),
                format!("`{}` is a flag: write it alone", setting.key),
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
                "`{}` takes a string literal: `{}`",
                setting.key,
                setting.written(example)
            ),
            errors,
        );
        None
    })
}

/// A list of string literals.
pub(crate) fn texts(setting: &Setting, example: &str, errors: &mut Errors) -> Vec<LitStr> {
    let usage = format!(
        "`{}` takes a list of string literals: `{}`",
        setting.key,
        setting.written(&format!("[{example}]"))
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
        Value::Assigned(value) => match ungrouped(value) {
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
        Value::Json(group) => errors.at(group.span(), message),
    }
}

/// The expression itself: one that a `macro_rules!` passed on comes in an
/// invisible group.
pub(crate) fn ungrouped(value: &Expr) -> &Expr {
    match value {
        Expr::Group(group) => ungrouped(&group.expr),
        other => other,
    }
}

/// The string literal that an expression is, if it is one.
pub(crate) fn string_literal(value: &Expr) -> Option<LitStr> {
    match ungrouped(value) {
        Expr::Lit(ExprLit {
            lit: Lit::Str(text),
            ..
        }) => Some(text.clone()),
        _ => None,
    }
}

/// Whether an expression is `true` or `false`, if it is either.
pub(crate) fn boolean(value: &Expr) -> Option<bool> {
    match ungrouped(value) {
        Expr::Lit(ExprLit {
            lit: Lit::Bool(value),
            ..
        }) => Some(value.value),
        _ => None,
    }
}

/// The whole number that a setting has as its value, if it has one that fits
/// into 32 bits.
pub(crate) fn number(setting: &Setting) -> Option<u32> {
    match &setting.value {
        Value::Assigned(value) => match ungrouped(value) {
            Expr::Lit(ExprLit {
                lit: Lit::Int(literal),
                ..
            }) => literal.base10_parse().ok(),
            _ => None,
        },
        _ => None,
    }
}

/// The whole number that a setting has as its value, with or without a sign.
pub(crate) fn signed_number(setting: &Setting) -> Option<i64> {
    fn of(value: &Expr) -> Option<i64> {
        match ungrouped(value) {
            Expr::Lit(ExprLit {
                lit: Lit::Int(literal),
                ..
            }) => literal.base10_parse().ok(),
            Expr::Unary(ExprUnary {
                op: UnOp::Neg(_),
                expr,
                ..
            }) => of(expr).and_then(i64::checked_neg),
            _ => None,
        }
    }
    match &setting.value {
        Value::Assigned(value) => of(value),
        _ => None,
    }
}

/// The identifier that an expression is, if it is one.
pub(crate) fn identifier(value: &Expr) -> Option<&Ident> {
    match ungrouped(value) {
        Expr::Path(path) if path.qself.is_none() => path.path.get_ident(),
        _ => None,
    }
}
