//! The arguments of `#[route]`, as the user wrote them.

use proc_macro2::{Span, TokenStream};
use syn::{
    LitStr, Token,
    parse::{ParseStream, Parser},
};

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
        let path = if input.peek(LitStr) {
            let path = input.parse()?;
            if !input.is_empty() && !input.peek(Token![,]) {
                errors.at(
                    input.span(),
                    "expected `,` between the path and the settings",
                );
            }
            let _: Option<Token![,]> = input.parse().ok();
            Some(path)
        } else {
            // Settings alone can still be judged; anything else cannot.
            errors.at(input.span(), USAGE);
            None
        };
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
