//! `identity_sources = [header("Authorization"), query("token")]`

use chalice_core::suggest;
use syn::Expr;

use super::model::{IdentitySource, Place};
use crate::{
    errors::Errors,
    settings::{self, Setting},
};

const USAGE: &str = "`identity_sources` takes a list of `header(\"..\")`, `query(\"..\")`, `context(\"..\")` and \
                     `stage_variable(\"..\")`: `identity_sources = [header(\"Authorization\"), query(\"token\")]`";

/// The sources; mistakes are reported.
pub(super) fn check(setting: &Setting, errors: &mut Errors) -> Vec<IdentitySource> {
    let Some(elements) = settings::elements(setting) else {
        settings::wrong_value(setting, USAGE, errors);
        return Vec::new();
    };
    let mut sources: Vec<IdentitySource> = Vec::new();
    for element in &elements {
        let Some(source) = source(element, errors) else {
            continue;
        };
        let is_repeated = sources.iter().any(|known| {
            known.place == source.place
                && match source.place {
                    Place::Header => known.name.eq_ignore_ascii_case(&source.name),
                    _ => known.name == source.name,
                }
        });
        if is_repeated {
            errors.on(
                element,
                format!(
                    "`{}({:?})` is listed twice: keep one of them",
                    source.place.name(),
                    source.name
                ),
            );
            continue;
        }
        sources.push(source);
    }
    sources
}

fn source(element: &Expr, errors: &mut Errors) -> Option<IdentitySource> {
    let Expr::Call(call) = element else {
        errors.on(element, USAGE);
        return None;
    };
    let word = settings::identifier(&call.func).map(ToString::to_string);
    let known = word
        .as_deref()
        .and_then(|word| Place::ALL.into_iter().find(|place| place.name() == word));
    let Some(place) = known else {
        let word = word.unwrap_or_default();
        errors.on(
            &call.func,
            format!(
                "a caller cannot be identified by `{word}`{}\nidentity sources: {}",
                suggest::did_you_mean(&word, Place::ALL.map(Place::name)),
                suggest::list(Place::ALL.map(Place::name)),
            ),
        );
        return None;
    };
    let literal = match call.args.iter().collect::<Vec<_>>().as_slice() {
        [argument] => settings::string_literal(argument),
        _ => None,
    };
    let Some(literal) = literal else {
        errors.on(
            element,
            format!(
                "`{0}` takes one name, as a string literal: `{0}(\"token\")`",
                place.name()
            ),
        );
        return None;
    };
    let name = literal.value();
    if let Some(problem) = problem(place, &name) {
        errors.at(
            literal.span(),
            format!("{name:?} cannot be an identity source: {problem}"),
        );
        return None;
    }
    Some(IdentitySource { place, name })
}

/// What is wrong with a name, as a clause for a message.
fn problem(place: Place, name: &str) -> Option<&'static str> {
    let all = |allowed: fn(char) -> bool| !name.is_empty() && name.chars().all(allowed);
    match place {
        Place::Header if !is_header_name(name) => {
            Some("the name of a header consists of letters, digits and `-`, as in `X-Api-Token`")
        }
        Place::Query if !all(|c| c.is_ascii_graphic() && !"&=#?+%,".contains(c)) => {
            Some("API Gateway names a parameter of the query string as it is before it is encoded")
        }
        Place::Context if !all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '_')) => Some(
            "a member of `requestContext` is written with dots and without `$context`, as in `identity.sourceIp`",
        ),
        Place::StageVariable if !all(|c| c.is_ascii_alphanumeric() || c == '_') => {
            Some("the name of a stage variable consists of letters, digits and `_`")
        }
        _ => None,
    }
}

/// A token (RFC 9110, 5.6.2).
pub(super) fn is_header_name(name: &str) -> bool {
    !name.is_empty()
        && name
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(c))
}
