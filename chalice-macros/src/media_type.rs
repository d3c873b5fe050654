//! Lists of content types.

use syn::LitStr;

use crate::{
    errors::Errors,
    settings::{self, Setting},
};

/// The content types that a setting lists, each with its literal; wrong and
/// repeated ones are reported and left out.
pub(crate) fn list(setting: &Setting, example: &str, errors: &mut Errors) -> Vec<(String, LitStr)> {
    let mut found: Vec<(String, LitStr)> = Vec::new();
    for literal in settings::texts(setting, example, errors) {
        let value = literal.value();
        if !is_media_type(&value) {
            errors.at(
                literal.span(),
                format!(
                    "{value:?} is not a content type: write `type/subtype` without parameters, as in \
                     {example}"
                ),
            );
        } else if found
            .iter()
            .any(|(known, _)| known.eq_ignore_ascii_case(&value))
        {
            errors.at(
                literal.span(),
                format!("{value:?} is listed twice: keep one of them"),
            );
        } else {
            found.push((value, literal));
        }
    }
    found
}

/// `type/subtype`, each a token (RFC 9110, 8.3.1).
fn is_media_type(value: &str) -> bool {
    let is_token = |part: &str| {
        !part.is_empty()
            && part
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(c))
    };
    value
        .split_once('/')
        .is_some_and(|(kind, subtype)| is_token(kind) && is_token(subtype))
}
