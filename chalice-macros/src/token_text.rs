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
                other => text.push(other),
            },
            word => {
                let needs_space = text
                    .chars()
                    .next_back()
                    .is_some_and(|c| c.is_alphanumeric() || c == '_');
                if needs_space {
                    text.push(' ');
                }
                text.push_str(&word.to_string());
            }
        }
    }
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
        assert_eq!(token_text(quote!(())), "()");
        assert_eq!(
            token_text(quote!((StatusCode, Json<T>))),
            "(StatusCode, Json<T>)"
        );
    }
}
