//! From what the user wrote to what the framework allows.

use chalice_core::{
    content_type,
    method::{Method, MethodSet},
    name,
    path::PathPattern,
    suggest,
};
use proc_macro2::Span;
use syn::{Expr, LitStr, ext::IdentExt};

use super::{
    function::Function,
    model::{CorsSetting, Methods, Route},
    parse::Arguments,
    signature,
};
use crate::{
    cors::{self, Cors},
    documentation::Documentation,
    errors::Errors,
    grants, media_type,
    settings::{self, Setting, Value},
};

/// The settings that `#[route]` has.
pub(super) const KEYS: [&str; 8] = [
    "methods",
    "name",
    "cors",
    "content_types",
    "api_key_required",
    "authorizer",
    "stream",
    grants::KEY,
];

/// Checks everything, reports all mistakes, and returns the route if enough of it is left.
pub(crate) fn check<'f>(
    arguments: Arguments,
    function: &'f Function,
    errors: &mut Errors,
) -> Option<Route<'f>> {
    let pattern = arguments
        .path
        .as_ref()
        .and_then(|literal| check_path(literal, errors));
    let mut checked = Checked::default();
    settings::repeated_keys(&arguments.settings, errors);
    for setting in &arguments.settings {
        checked.take(setting, errors);
    }
    let methods = checked.methods.unwrap_or_else(|| Methods {
        names: vec![Method::Get.name()],
        set: MethodSet::EMPTY.with(Method::Get),
    });
    if let (Some(Some(_)), Some(options)) = (&checked.cors, checked.options) {
        errors.at(
            options,
            "`OPTIONS` cannot be combined with `cors`: with CORS switched on, the preflight request is answered \
             for you\nhelp: remove `OPTIONS` from `methods`, or `cors` from the route",
        );
    }
    let arguments_of_function =
        signature::check(function, arguments.path.as_ref(), pattern.as_ref(), errors);
    Some(Route {
        function,
        path_literal: arguments.path?,
        pattern: pattern?,
        methods,
        name: checked
            .name
            .unwrap_or_else(|| function.signature.ident.unraw().to_string()),
        cors: match checked.cors {
            None => CorsSetting::Inherit,
            Some(None) => CorsSetting::Off,
            Some(Some(cors)) => CorsSetting::Own(cors),
        },
        content_types: checked.content_types.unwrap_or_else(|| {
            let default = content_type::DEFAULT_CONTENT_TYPES.iter();
            default.copied().map(str::to_owned).collect()
        }),
        api_key_required: checked.api_key_required.unwrap_or(false),
        stream: checked.stream.unwrap_or(false),
        authorizer: checked.authorizer,
        grants: checked.grants.unwrap_or_default(),
        arguments: arguments_of_function,
        documentation: Documentation::of(&function.attributes),
    })
}

fn check_path(literal: &LitStr, errors: &mut Errors) -> Option<PathPattern> {
    match PathPattern::parse(&literal.value()) {
        Ok(pattern) => {
            // The words that cannot be names even as raw identifiers.
            if let Some(word) = pattern
                .placeholders()
                .find(|name| matches!(*name, "self" | "Self" | "super" | "crate"))
            {
                errors.at(
                    literal.span(),
                    format!(
                        "`{word}` cannot be the name of a placeholder: it is also the name of an argument, and no \
                         argument can be called `{word}` in Rust"
                    ),
                );
                return None;
            }
            Some(pattern)
        }
        Err(found) => {
            for error in found {
                errors.at(literal.span(), error);
            }
            None
        }
    }
}

/// The settings; of a repeated one, the first.
#[derive(Default)]
struct Checked {
    methods: Option<Methods>,
    /// Where `OPTIONS` is in `methods`.
    options: Option<Span>,
    name: Option<String>,
    cors: Option<Option<Cors>>,
    content_types: Option<Vec<String>>,
    api_key_required: Option<bool>,
    stream: Option<bool>,
    authorizer: Option<Expr>,
    grants: Option<Vec<Expr>>,
}

impl Checked {
    fn take(&mut self, setting: &Setting, errors: &mut Errors) {
        let key = setting.key.to_string();
        match key.as_str() {
            "methods" if self.methods.is_none() => {
                let (methods, options) = check_methods(setting, errors);
                self.methods = Some(methods);
                self.options = options;
            }
            "name" if self.name.is_none() => self.name = check_name(setting, errors),
            "cors" if self.cors.is_none() => self.cors = Some(cors::of_route(setting, errors)),
            "content_types" if self.content_types.is_none() => {
                self.content_types = Some(check_content_types(setting, errors));
            }
            "api_key_required" if self.api_key_required.is_none() => {
                self.api_key_required = Some(settings::flag(setting, errors));
            }
            "stream" if self.stream.is_none() => {
                self.stream = Some(settings::flag(setting, errors));
            }
            "authorizer" if self.authorizer.is_none() => {
                self.authorizer = check_authorizer(setting, errors)
            }
            grants::KEY if self.grants.is_none() => {
                self.grants = Some(grants::check(setting, errors));
            }
            known if KEYS.contains(&known) => {}
            _ => settings::unknown_key(&setting.key, "#[route]", &KEYS, errors),
        }
    }
}

fn check_methods(setting: &Setting, errors: &mut Errors) -> (Methods, Option<Span>) {
    let mut methods = Methods {
        names: Vec::new(),
        set: MethodSet::EMPTY,
    };
    let mut options = None;
    let Some(elements) = settings::elements(setting) else {
        settings::wrong_value(
            setting,
            "`methods` takes a list: `methods = [GET, POST]`",
            errors,
        );
        return (methods, None);
    };
    if elements.is_empty() {
        settings::wrong_value(
            setting,
            "a route answers at least one method: `methods = [GET]`",
            errors,
        );
    }
    for element in &elements {
        let written = match (
            settings::identifier(element),
            settings::string_literal(element),
        ) {
            (Some(identifier), _) => identifier.to_string(),
            (None, Some(literal)) => {
                errors.on(
                    element,
                    format!(
                        "methods are written without quotation marks: `methods = [{}]`",
                        literal.value().to_uppercase()
                    ),
                );
                continue;
            }
            (None, None) => {
                errors.on(element, "expected a method: `methods = [GET, POST]`");
                continue;
            }
        };
        match Method::from_name(&written) {
            Some(method) if methods.set.contains(method) => {
                errors.on(
                    element,
                    format!("`{method}` is listed twice: keep one of them"),
                );
            }
            Some(method) => {
                if method == Method::Options {
                    options = Some(syn::spanned::Spanned::span(element));
                }
                methods.set = methods.set.with(method);
                methods.names.push(method.name());
            }
            None => errors.on(
                element,
                format!(
                    "unknown method `{written}`{}\nAPI Gateway routes {}",
                    suggest::did_you_mean(&written, Method::ALL.map(Method::name)),
                    suggest::list(Method::ALL.map(Method::name)),
                ),
            ),
        }
    }
    (methods, options)
}

pub(crate) fn check_name(setting: &Setting, errors: &mut Errors) -> Option<String> {
    let literal = settings::text(setting, "\"list_users\"", errors)?;
    let value = literal.value();
    match name::problem(&value) {
        Some(problem) => {
            errors.at(
                literal.span(),
                format!("{value:?} cannot be the name of a handler: {problem}"),
            );
            None
        }
        None => Some(value),
    }
}

/// The function's own name, for a handler of `attribute` that is a Lambda function of it.
pub(crate) fn own_name(function: &Function, attribute: &str, errors: &mut Errors) -> String {
    let ident = &function.signature.ident;
    let own_name = ident.unraw().to_string();
    if let Some(problem) = name::problem(&own_name) {
        errors.at(
            ident.span(),
            format!(
                "`{own_name}` cannot be the name of a handler: {problem}\nhelp: `name = \"..\"` in `{attribute}`"
            ),
        );
    }
    own_name
}

fn check_content_types(setting: &Setting, errors: &mut Errors) -> Vec<String> {
    let accepted = media_type::list(setting, "\"application/json\"", errors);
    // API Gateway decides per content type whether a body is base64-encoded,
    // and a handler must be able to rely on one of both.
    let is_binary = |value: &str| content_type::is_binary(value);
    if let Some((first, rest)) = accepted.split_first()
        && let Some((other, literal)) = rest
            .iter()
            .find(|(value, _)| is_binary(value) != is_binary(&first.0))
    {
        let (binary, text) = if is_binary(other) {
            (other, &first.0)
        } else {
            (&first.0, other)
        };
        errors.at(
            literal.span(),
            format!(
                "a route cannot accept both binary and other content types: API Gateway passes \"{binary}\" as \
                 binary and \"{text}\" as text\nhelp: make two routes of it, with different paths or methods"
            ),
        );
    }
    accepted.into_iter().map(|(value, _)| value).collect()
}

fn check_authorizer(setting: &Setting, errors: &mut Errors) -> Option<Expr> {
    match &setting.value {
        Value::Assigned(value) if settings::string_literal(value).is_none() => {
            Some((**value).clone())
        }
        _ => {
            settings::wrong_value(
                setting,
                "`authorizer` takes an authorizer: a function with `#[authorizer]`, or a `const` of type \
                 `IamAuthorizer`, `CognitoUserPoolAuthorizer`, `JwtAuthorizer` or `CustomAuthorizer`: \
                 `authorizer = demo_auth`, `authorizer = POOL.scopes([\"profile\"])`",
                errors,
            );
            None
        }
    }
}
