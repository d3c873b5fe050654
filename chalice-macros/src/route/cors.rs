//! `cors` and `cors(..)`.

use chalice_core::cors::allow_headers;
use syn::{Expr, ExprLit, Lit, LitStr};

use super::model::Cors;
use crate::{
    errors::Errors,
    settings::{self, Setting, Value},
};

const KEYS: [&str; 5] = [
    "allow_origin",
    "allow_headers",
    "expose_headers",
    "max_age",
    "allow_credentials",
];

/// The settings, or `None` where CORS is switched off.
pub(crate) fn check(setting: &Setting, errors: &mut Errors) -> Option<Cors> {
    let list = match &setting.value {
        Value::List(list, _) => list.clone(),
        Value::Flag => Default::default(),
        Value::Assigned(value) => match &**value {
            Expr::Lit(ExprLit {
                lit: Lit::Bool(on), ..
            }) if on.value => Default::default(),
            Expr::Lit(ExprLit {
                lit: Lit::Bool(_), ..
            }) => return None,
            other => {
                errors.on(
                    other,
                    "`cors` is a flag or takes settings: `cors`, or `cors(allow_origin = \"https://example.com\")`",
                );
                return None;
            }
        },
    };
    let settings = settings::parse_tokens(list, errors);
    settings::repeated_keys(&settings, errors);
    let mut origin: Option<LitStr> = None;
    let mut extra_headers = Vec::new();
    let mut cors = Cors {
        allow_origin: "*".to_owned(),
        allow_headers: Vec::new(),
        expose_headers: Vec::new(),
        max_age: None,
        allow_credentials: false,
    };
    let mut credentials = None;
    for setting in &settings {
        match setting.key.to_string().as_str() {
            "allow_origin" => {
                let literal = settings::text(setting, "\"https://example.com\"", errors);
                if let Some(literal) = &literal {
                    check_origin(literal, errors);
                }
                origin = origin.or(literal);
            }
            "allow_headers" => extra_headers = header_names(setting, errors),
            "expose_headers" => cors.expose_headers = header_names(setting, errors),
            "max_age" => cors.max_age = max_age(setting, errors),
            "allow_credentials" => {
                cors.allow_credentials = settings::flag(setting, errors);
                credentials = Some(setting.key.span());
            }
            _ => settings::unknown_key(&setting.key, "cors", &KEYS, errors),
        }
    }
    if let Some(origin) = &origin {
        cors.allow_origin = origin.value();
    }
    if cors.allow_credentials && cors.allow_origin == "*" {
        let span = origin.map(|origin| origin.span()).or(credentials);
        errors.at(
            span.unwrap_or_else(|| setting.key.span()),
            "`allow_credentials` needs one origin: browsers refuse credentials where every origin (`*`, the \
             default) is allowed\nhelp: name the origin, as in `allow_origin = \"https://example.com\"`",
        );
    }
    cors.allow_headers = allow_headers(&extra_headers);
    Some(cors)
}

fn check_origin(literal: &LitStr, errors: &mut Errors) {
    let origin = literal.value();
    if let Some(problem) = origin_problem(&origin) {
        errors.at(
            literal.span(),
            format!("{origin:?} is not an origin: {problem}"),
        );
    }
}

/// What keeps browsers from ever sending that origin (RFC 6454, 6.2).
fn origin_problem(origin: &str) -> Option<String> {
    const FORM: &str = "it is `*`, or a scheme and a host, as in \"https://example.com\"";
    if origin == "*" {
        return None;
    }
    if origin.contains([',', ' ', '*']) {
        return Some(
            "browsers compare it as a whole with the page's own, so it is one origin, without a list and without \
             `*` in it\nhelp: for several origins, answer with the request's own: set the header \
             `Access-Control-Allow-Origin` in the handler"
                .to_owned(),
        );
    }
    let Some((scheme, host)) = origin.split_once("://") else {
        return Some(FORM.to_owned());
    };
    let host_end = host.find(['/', '?', '#']).unwrap_or(host.len());
    if scheme.is_empty() || host_end == 0 || host.contains('@') {
        return Some(FORM.to_owned());
    }
    if host_end < host.len() {
        return Some(format!(
            "it ends with the host or the port; write \"{scheme}://{}\"",
            &host[..host_end]
        ));
    }
    if !origin.bytes().all(|byte| byte.is_ascii_graphic()) || origin.contains(['"', '\\']) {
        return Some(
            "it consists of ASCII characters: browsers send other host names in Punycode"
                .to_owned(),
        );
    }
    if origin.bytes().any(|byte| byte.is_ascii_uppercase()) {
        return Some(format!(
            "browsers send origins in lower case; write \"{}\"",
            origin.to_ascii_lowercase()
        ));
    }
    None
}

fn header_names(setting: &Setting, errors: &mut Errors) -> Vec<String> {
    let literals = settings::texts(setting, "\"X-Special\"", errors);
    let mut names: Vec<String> = Vec::new();
    for literal in literals {
        let name = literal.value();
        let is_token = |name: &str| {
            name.bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte))
        };
        if name.is_empty() || !is_token(&name) {
            errors.at(
                literal.span(),
                format!(
                    "{name:?} is not the name of an HTTP header: write letters, digits and `-`, as in \"X-Special\" \
                     (RFC 9110, 5.1)"
                ),
            );
        } else if names.iter().any(|known| known.eq_ignore_ascii_case(&name)) {
            errors.at(
                literal.span(),
                format!("{name:?} is listed twice: keep one of them"),
            );
        } else {
            names.push(name);
        }
    }
    names
}

fn max_age(setting: &Setting, errors: &mut Errors) -> Option<u32> {
    let literal = match &setting.value {
        Value::Assigned(value) => match &**value {
            Expr::Lit(ExprLit {
                lit: Lit::Int(literal),
                ..
            }) => Some(literal),
            _ => None,
        },
        _ => None,
    };
    let seconds = literal.and_then(|literal| literal.base10_parse().ok());
    if seconds.is_none() {
        settings::wrong_value(
            setting,
            "`max_age` takes a number of seconds that fits into 32 bits: `max_age = 600`",
            errors,
        );
    }
    seconds
}
