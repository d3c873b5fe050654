//! From what the user wrote to what the framework allows.

use chalice_core::authorizer::MAX_TTL_SECONDS;
use syn::{Expr, ExprLit, Lit};

use super::{
    identity_source,
    model::{Authorizer, Identity, IdentitySource},
    signature,
};
use crate::{
    documentation::Documentation,
    errors::Errors,
    grants,
    route::{
        check::{check_name, own_name},
        function::Function,
    },
    settings::{self, Setting, Value},
};

/// The settings that `#[authorizer]` has.
const KEYS: [&str; 6] = [
    "ttl_seconds",
    "execution_role",
    "name",
    "header",
    "identity_sources",
    grants::KEY,
];

/// Checks everything, and reports all mistakes.
pub(super) fn check<'f>(
    given: &[Setting],
    function: &'f Function,
    errors: &mut Errors,
) -> Authorizer<'f> {
    settings::repeated_keys(given, errors);
    let find = |key: &str| given.iter().find(|setting| setting.key == key);
    for setting in given {
        if !KEYS.iter().any(|key| setting.key == key) {
            settings::unknown_key(&setting.key, "#[authorizer]", &KEYS, errors);
        }
    }
    let ttl_seconds = find("ttl_seconds").and_then(|setting| ttl_seconds(setting, errors));
    let execution_role = find("execution_role").and_then(|setting| role(setting, errors));
    let name = match find("name") {
        Some(setting) => check_name(setting, errors).unwrap_or_default(),
        None => own_name(function, "#[authorizer]", errors),
    };
    let grants = find(grants::KEY)
        .map(|setting| grants::check(setting, errors))
        .unwrap_or_default();
    let header = find("header").and_then(|setting| header(setting, errors));
    let sources =
        find("identity_sources").map(|setting| (setting, identity_source::check(setting, errors)));
    if let (Some(setting), Some(_)) = (find("header"), &sources) {
        errors.at(
            setting.key.span(),
            "`header` is where a token is, and `identity_sources` makes the authorizer judge the whole request\n\
             help: write the header as `header(\"..\")` in `identity_sources`",
        );
    }
    let identity = match sources {
        Some((setting, sources)) => {
            require_sources(setting, &sources, ttl_seconds, errors);
            Identity::Request(sources)
        }
        None => Identity::Token(header.unwrap_or_else(|| "Authorization".to_owned())),
    };
    Authorizer {
        function,
        name,
        identity,
        ttl_seconds,
        execution_role,
        arguments: signature::check(function, errors),
        documentation: Documentation::of(&function.attributes),
        grants,
    }
}

/// Without identity sources, one caller's decision would be every caller's.
fn require_sources(
    setting: &Setting,
    sources: &[IdentitySource],
    ttl_seconds: Option<u32>,
    errors: &mut Errors,
) {
    let is_empty_list = settings::elements(setting).is_some_and(|elements| elements.is_empty());
    if is_empty_list && sources.is_empty() && ttl_seconds != Some(0) {
        settings::wrong_value(
            setting,
            "API Gateway keeps decisions under the identity sources, and there are none\nhelp: name at least one, \
             as in `[header(\"Authorization\")]`, or switch that off by `ttl_seconds = 0`",
            errors,
        );
    }
}

fn ttl_seconds(setting: &Setting, errors: &mut Errors) -> Option<u32> {
    let number = match &setting.value {
        Value::Assigned(value) => match &**value {
            Expr::Lit(ExprLit {
                lit: Lit::Int(number),
                ..
            }) => Some(number),
            _ => None,
        },
        _ => None,
    };
    let Some(number) = number else {
        settings::wrong_value(
            setting,
            format!(
                "`ttl_seconds` takes a number from 0, which switches the cache off, to {MAX_TTL_SECONDS}: \
                 `ttl_seconds = 30`"
            ),
            errors,
        );
        return None;
    };
    match number.base10_parse::<u32>() {
        Ok(seconds) if seconds <= MAX_TTL_SECONDS => Some(seconds),
        _ => {
            errors.at(
                number.span(),
                format!(
                    "API Gateway keeps a decision for at most {MAX_TTL_SECONDS} seconds, and {} are more",
                    number.base10_digits()
                ),
            );
            None
        }
    }
}

fn role(setting: &Setting, errors: &mut Errors) -> Option<String> {
    let example = "\"arn:aws:iam::123456789012:role/invoke-authorizer\"";
    let literal = settings::text(setting, example, errors)?;
    let arn = literal.value();
    if let Some(problem) = role_problem(&arn) {
        errors.at(
            literal.span(),
            format!(
                "{arn:?} is not the ARN of a role: {problem}\nhelp: API Gateway assumes the role to invoke the \
                 authorizer: `execution_role = {example}`"
            ),
        );
        return None;
    }
    Some(arn)
}

/// What is wrong with a role's ARN (AWS, "IAM identifiers"), as a clause for a message.
fn role_problem(arn: &str) -> Option<&'static str> {
    let fields: Vec<&str> = arn.splitn(6, ':').collect();
    let [prefix, partition, service, region, account, resource] = fields.as_slice() else {
        return Some("it does not have the six parts of an ARN, with `:` between them");
    };
    if *prefix != "arn" || !partition.starts_with("aws") {
        return Some("it does not start with `arn:aws:`, or `arn:` and another partition of AWS");
    }
    if *service != "iam" || !region.is_empty() {
        return Some("roles are of the service `iam` and of no region, `arn:aws:iam::`");
    }
    if account.len() != 12 || !account.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some("its account is not a number of 12 digits");
    }
    let name = resource.strip_prefix("role/").unwrap_or_default();
    let is_name = |c: char| c.is_ascii_alphanumeric() || "+=,.@-_/".contains(c);
    if name.is_empty() || name.ends_with('/') || !name.chars().all(is_name) {
        return Some("it does not end with `role/` and the name of a role");
    }
    None
}

fn header(setting: &Setting, errors: &mut Errors) -> Option<String> {
    let literal = settings::text(setting, "\"X-Api-Token\"", errors)?;
    let name = literal.value();
    if !identity_source::is_header_name(&name) {
        errors.at(
            literal.span(),
            format!(
                "{name:?} is not the name of a header: it consists of letters, digits and `-`, as in \"X-Api-Token\""
            ),
        );
        return None;
    }
    Some(name)
}
