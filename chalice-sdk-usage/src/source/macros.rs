//! Calls in the tokens of macros, whose grammar nobody knows.

use proc_macro2::{Delimiter, TokenStream, TokenTree};

use super::{CallForm, Names};

/// Passes on each name with its form and line.
pub(super) fn find(
    tokens: TokenStream,
    names: &Names,
    found: &mut impl FnMut(String, CallForm, usize),
) {
    let mut before: Option<char> = None;
    let mut tokens = tokens.into_iter().peekable();
    while let Some(token) = tokens.next() {
        let mut punctuation = None;
        match token {
            TokenTree::Group(group) => find(group.stream(), names, found),
            TokenTree::Punct(punct) => punctuation = Some(punct.as_char()),
            TokenTree::Ident(ident) => {
                let name = ident.to_string();
                let arguments = match tokens.peek() {
                    Some(TokenTree::Group(group))
                        if group.delimiter() == Delimiter::Parenthesis =>
                    {
                        Some(group.stream().is_empty())
                    }
                    _ => None,
                };
                let is_operation = names.operations.contains(&name);
                let form = match (before, arguments) {
                    (Some('.'), Some(true)) if is_operation => Some(CallForm::Method),
                    (Some('.'), Some(true)) if names.waiters.contains(&name) => {
                        Some(CallForm::Waiter)
                    }
                    (Some(':'), Some(_)) if is_operation => Some(CallForm::Path),
                    (Some('.' | ':'), _) | (_, Some(_)) => None,
                    (_, None) if is_operation => Some(CallForm::MacroArgument),
                    _ => None,
                };
                if let Some(form) = form {
                    found(name, form, ident.span().start().line);
                }
            }
            TokenTree::Literal(_) => {}
        }
        before = punctuation;
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn tokens() {
        let names = Names {
            operations: BTreeSet::from(["list_keys".to_owned(), "sign".to_owned()]),
            waiters: BTreeSet::from(["wait_until_a".to_owned()]),
        };
        let tokens: TokenStream = "join!(a.list_keys().send(), { b.sign(1); Client::sign(&c) }),\n\
             list_keys, list_keys(), x.sign, $c.wait_until_a(), wait_until_a"
            .parse()
            .unwrap();
        let mut found = Vec::new();
        find(tokens, &names, &mut |name, form, line| {
            found.push((name, form, line));
        });
        assert_eq!(
            found,
            [
                ("list_keys".to_owned(), CallForm::Method, 1),
                ("sign".to_owned(), CallForm::Path, 1),
                ("list_keys".to_owned(), CallForm::MacroArgument, 2),
                ("wait_until_a".to_owned(), CallForm::Waiter, 2),
            ]
        );
    }
}
