//! Rust types as people write them, for the manifest.

use proc_macro2::{Delimiter, Spacing, TokenStream, TokenTree};
use quote::ToTokens;

/// The tokens without the spaces that a token stream prints: `Result<Json<User>>`.
pub(crate) fn token_text(tokens: impl ToTokens) -> String {
    let mut text = String::new();
    write(tokens.to_token_stream(), &mut text);
    text
}

fn write(tokens: TokenStream, text: &mut String) {
    for token in tokens {
        match token {
            TokenTree::Group(group) => {
                let (open, close) = match group.delimiter() {
                    Delimiter::Parenthesis => ("(", ")"),
                    Delimiter::Bracket => ("[", "]"),
                    Delimiter::Brace => ("{", "}"),
                    Delimiter::None => ("", ""),
                };
                if !open.is_empty() {
                    separate(text, open);
                }
                text.push_str(open);
                write(group.stream(), text);
                text.push_str(close);
            }
            TokenTree::Punct(punct) => match punct.as_char() {
                ',' | ';' => {
                    text.push(punct.as_char());
                    text.push(' ');
                }
                '+' | '=' => text.push_str(&format!(" {} ", punct.as_char())),
                '-' if punct.spacing() == Spacing::Joint => text.push_str(" -"),
                '>' if text.ends_with(" -") => text.push_str("> "),
                other => {
                    separate(text, other.encode_utf8(&mut [0; 4]));
                    text.push(other);
                }
            },
            word => {
                if !last_word(text).is_empty() || text.ends_with(['>', ')', ']']) {
                    text.push(' ');
                }
                text.push_str(&word.to_string());
            }
        }
    }
}

/// Puts a space between a word and the `next` token, where people write one:
/// `&'static [u8]`, `&mut (A, B)`, but `Fn(A)` and `Vec<A>`.
fn separate(text: &mut String, next: &str) {
    let word = last_word(text);
    let is_lifetime = text[..text.len() - word.len()].ends_with('\'') && !word.is_empty();
    let has_space = match next {
        "[" => !word.is_empty(),
        "(" | "<" | "&" | "*" | "\'" => {
            is_lifetime || matches!(word, "mut" | "const" | "dyn" | "impl" | "as")
        }
        _ => false,
    };
    if has_space {
        text.push(' ');
    }
}

/// The word that the text ends with; empty if it ends with something else.
fn last_word(text: &str) -> &str {
    let start = text
        .trim_end_matches(|c: char| c.is_alphanumeric() || c == '_')
        .len();
    &text[start..]
}

#[cfg(test)]
mod tests {
    use super::*;
    use quote::quote;

    #[test]
    fn types() {
        assert_eq!(
            token_text(quote!(Result<Json<Vec<User>>, my::Error>)),
            "Result<Json<Vec<User>>, my::Error>"
        );
        assert_eq!(token_text(quote!(&'static [u8; 4])), "&'static [u8; 4]");
        assert_eq!(
            token_text(quote!(Box<dyn Fn(u8) -> bool + Send>)),
            "Box<dyn Fn(u8) -> bool + Send>"
        );
        assert_eq!(token_text(quote!(&'a mut [u8])), "&'a mut [u8]");
        assert_eq!(token_text(quote!(&'a (A, &mut &B))), "&'a (A, &mut &B)");
        assert_eq!(
            token_text(quote!(for<'a> fn(&'a str) -> Cow<'a, str>)),
            "for<'a> fn(&'a str) -> Cow<'a, str>"
        );
        assert_eq!(
            token_text(quote!(<T as Trait<'static>>::Output)),
            "<T as Trait<'static>>::Output"
        );
        assert_eq!(
            token_text(quote!(<[Vec<u8>] as Trait>::Output)),
            "<[Vec<u8>] as Trait>::Output"
        );
        assert_eq!(token_text(quote!(*const u8)), "*const u8");
        assert_eq!(
            token_text(quote!(dyn Error + 'static)),
            "dyn Error + 'static"
        );
        assert_eq!(token_text(quote!(())), "()");
        assert_eq!(
            token_text(quote!((StatusCode, Json<T>))),
            "(StatusCode, Json<T>)"
        );
    }
}
