//! JSON that is written as such in an attribute: `pattern = { "source": ["aws.ec2"] }`.

use proc_macro2::{Delimiter, Span, TokenStream, TokenTree};
use quote::ToTokens;
use syn::{Lit, LitStr};

use crate::{
    errors::Errors,
    json,
    settings::{self, Setting, Value},
};

/// What was written in the place of a JSON value: the value itself, or a string
/// literal that is its text.
pub(crate) struct Written {
    tokens: TokenStream,
    span: Span,
}

/// The value of a setting; messages show the `example`.
pub(crate) fn of_setting(setting: &Setting, example: &str, errors: &mut Errors) -> Option<Written> {
    let written = match &setting.value {
        Value::Json(group) => Some(Written {
            span: group.span(),
            tokens: TokenTree::from(group.clone()).into(),
        }),
        Value::Assigned(value) => Some(Written {
            span: syn::spanned::Spanned::span(value),
            tokens: value.to_token_stream(),
        }),
        _ => None,
    };
    if written.is_none() {
        let key = &setting.key;
        settings::wrong_value(
            setting,
            format!("`{key}` takes a JSON object: `{key} = {example}`"),
            errors,
        );
    }
    written
}

/// The elements of a setting's list.
pub(crate) fn elements(setting: &Setting) -> Option<Vec<Written>> {
    let list = match &setting.value {
        Value::Json(group) if group.delimiter() == Delimiter::Bracket => group.stream(),
        Value::Assigned(value) => match settings::ungrouped(value) {
            syn::Expr::Array(array) => array.elems.to_token_stream(),
            _ => return None,
        },
        _ => return None,
    };
    let written = split(list).into_iter().map(|tokens| Written {
        span: tokens
            .clone()
            .into_iter()
            .next()
            .map_or_else(Span::call_site, |token| token.span()),
        tokens: tokens.into_iter().collect(),
    });
    Some(written.collect())
}

/// The parts between commas; a comma at the end ends the list.
fn split(list: TokenStream) -> Vec<Vec<TokenTree>> {
    let mut parts = vec![Vec::new()];
    for token in list {
        match &token {
            TokenTree::Punct(punct) if punct.as_char() == ',' => parts.push(Vec::new()),
            _ => {
                if let Some(part) = parts.last_mut() {
                    part.push(token);
                }
            }
        }
    }
    if parts.last().is_some_and(Vec::is_empty) {
        parts.pop();
    }
    parts
}

impl Written {
    /// Where it stands.
    pub(crate) fn span(&self) -> Span {
        self.span
    }

    /// The JSON text. Of a string literal, what it says, whether that is JSON or not.
    pub(crate) fn json(self, errors: &mut Errors) -> Option<String> {
        if let Ok(literal) = syn::parse2::<LitStr>(self.tokens.clone()) {
            return Some(literal.value());
        }
        match value(self.tokens.into_iter().collect(), self.span) {
            Ok(text) => Some(text),
            Err((span, message)) => {
                errors.at(span, message);
                None
            }
        }
    }
}

type Problem = (Span, String);

fn value(tokens: Vec<TokenTree>, place: Span) -> Result<String, Problem> {
    let expected = |span: Span, found: &str| {
        (
            span,
            format!(
                "expected a JSON value: an object, a list, a string, a number, `true`, `false` or `null`{found}"
            ),
        )
    };
    match tokens.as_slice() {
        [] => Err(expected(place, "")),
        [TokenTree::Group(group)] => match group.delimiter() {
            Delimiter::Brace => object(group.stream()),
            Delimiter::Bracket => {
                let elements: Result<Vec<String>, Problem> =
                    parts_of(group.stream(), group.span())?
                        .into_iter()
                        .map(|part| value(part, group.span()))
                        .collect();
                Ok(json::array(elements?))
            }
            Delimiter::None => value(group.stream().into_iter().collect(), group.span()),
            Delimiter::Parenthesis => Err(expected(group.span(), "")),
        },
        [TokenTree::Ident(word)] => match word.to_string().as_str() {
            known @ ("true" | "false" | "null") => Ok(known.to_owned()),
            other => Err(expected(
                word.span(),
                &format!(", not `{other}`\nhelp: text stands in quotation marks"),
            )),
        },
        [TokenTree::Literal(literal)] => scalar(literal.clone(), ""),
        [TokenTree::Punct(minus), TokenTree::Literal(literal)] if minus.as_char() == '-' => {
            scalar(literal.clone(), "-")
        }
        [_, second, ..] => Err((
            second.span(),
            "expected `,` or the end of the list or object".to_owned(),
        )),
        [other] => Err(expected(other.span(), "")),
    }
}

fn scalar(literal: proc_macro2::Literal, sign: &str) -> Result<String, Problem> {
    let span = literal.span();
    match Lit::new(literal) {
        Lit::Str(text) if sign.is_empty() => Ok(json::string(&text.value())),
        Lit::Int(number) if number.suffix().is_empty() => {
            Ok(format!("{sign}{}", number.base10_digits()))
        }
        Lit::Float(number) if number.suffix().is_empty() => {
            let digits = number.base10_digits();
            let end = if digits.ends_with('.') { "0" } else { "" };
            Ok(format!("{sign}{digits}{end}"))
        }
        _ => Err((
            span,
            "JSON has no such literal: write a string, or a number without a suffix".to_owned(),
        )),
    }
}

/// The parts of a list or an object; an empty one between two commas is a mistake.
fn parts_of(list: TokenStream, place: Span) -> Result<Vec<Vec<TokenTree>>, Problem> {
    let parts = split(list);
    if parts.iter().any(Vec::is_empty) {
        return Err((place, "there is a `,` too many".to_owned()));
    }
    Ok(parts)
}

fn object(members: TokenStream) -> Result<String, Problem> {
    let mut text = Vec::new();
    let mut keys: Vec<String> = Vec::new();
    for part in parts_of(members, Span::call_site())? {
        let mut tokens = part.into_iter();
        let (key, colon) = (tokens.next(), tokens.next());
        let place = key.as_ref().map_or_else(Span::call_site, TokenTree::span);
        let literal: Option<LitStr> = key.and_then(|key| syn::parse2(key.into()).ok());
        let Some(literal) = literal else {
            return Err((
                place,
                "a member of a JSON object starts with its key in quotation marks: `\"source\": [..]`".to_owned(),
            ));
        };
        match colon {
            Some(TokenTree::Punct(colon)) if colon.as_char() == ':' => {}
            other => {
                return Err((
                    other.map_or(place, |token| token.span()),
                    "expected `:` behind the key of a JSON object's member".to_owned(),
                ));
            }
        }
        let key = literal.value();
        if keys.contains(&key) {
            return Err((
                place,
                format!("the object has the key {key:?} twice: keep one of them"),
            ));
        }
        text.push(format!(
            "{}:{}",
            json::string(&key),
            value(tokens.collect(), place)?
        ));
        keys.push(key);
    }
    Ok(format!("{{{}}}", text.join(",")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use quote::quote;

    fn read(tokens: TokenStream) -> Result<String, String> {
        value(tokens.into_iter().collect(), Span::call_site()).map_err(|(_, message)| message)
    }

    #[test]
    fn json_in_rust_tokens() {
        let text = read(quote!({
            "source": ["aws.ec2", r#"a"b"#],
            "detail": { "count": [{ "numeric": [">", -1.5, "<=", 10] }], "on": [true, false, null], },
            "empty": {},
        }))
        .unwrap();
        let value: syn::Result<LitStr> = syn::parse_str(&format!("{text:?}"));
        assert!(value.is_ok());
        assert_eq!(
            text,
            r#"{"source":["aws.ec2","a\"b"],"detail":{"count":[{"numeric":[">",-1.5,"<=",10]}],"on":[true,false,null]},"empty":{}}"#
        );
    }

    #[test]
    fn mistakes() {
        for (tokens, part) in [
            (quote!({ source: ["x"] }), "its key in quotation marks"),
            (quote!({ "source" = ["x"] }), "expected `:`"),
            (quote!({ "source": [x] }), "not `x`"),
            (quote!({ "source": [1u8] }), "without a suffix"),
            (quote!({ "source": ["a" "b"] }), "expected `,`"),
            (quote!({ "source": ["a",,"b"] }), "`,` too many"),
            (quote!({ "a": 1, "a": 2 }), "twice"),
            (quote!({ "a": }), "expected a JSON value"),
            (quote!(("a")), "expected a JSON value"),
            (quote!({ "a": 'x' }), "no such literal"),
        ] {
            let message = read(tokens.clone()).unwrap_err();
            assert!(message.contains(part), "{tokens}: {message}");
        }
    }
}
