//! CORS settings: `cors` and `cors(..)` of a route, `cors: true` and
//! `cors: Cors { .. }` of an app.

use chalice_core::cors::{DEFAULT_ALLOW_HEADERS, allow_headers};
use proc_macro2::{Span, TokenStream};
use quote::quote;
use syn::{Expr, LitStr, spanned::Spanned};

use crate::{
    errors::Errors,
    json,
    settings::{self, Notation, Setting, Value, Written},
};

const KEYS: [&str; 5] = [
    "allow_origin",
    "allow_headers",
    "expose_headers",
    "max_age",
    "allow_credentials",
];

/// CORS settings, complete.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Cors {
    pub(crate) allow_origin: AllowOrigin,
    /// Sorted, the defaults included.
    pub(crate) allow_headers: Vec<String>,
    pub(crate) expose_headers: Vec<String>,
    pub(crate) max_age: Option<u32>,
    pub(crate) allow_credentials: bool,
}

/// Which origins may read responses.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum AllowOrigin {
    /// `*`, or one origin.
    One(String),
    /// At least two origins.
    Several(Vec<String>),
}

/// `cors`, `cors = false` or `cors(..)` of a route: the settings, or `None`
/// where CORS is switched off.
pub(crate) fn of_route(setting: &Setting, errors: &mut Errors) -> Option<Cors> {
    let list = match &setting.value {
        Value::List(list, _) => list.clone(),
        Value::Flag => Default::default(),
        Value::Assigned(value) if settings::boolean(value) == Some(true) => Default::default(),
        Value::Assigned(value) if settings::boolean(value) == Some(false) => return None,
        Value::Assigned(_) | Value::Json(_) => {
            settings::wrong_value(
                setting,
                "`cors` is a flag or takes settings: `cors`, or `cors(allow_origin = \"https://example.com\")`",
                errors,
            );
            return None;
        }
    };
    let settings = settings::parse_tokens(list, errors);
    Some(check(&settings, setting.key.span(), errors))
}

/// `cors: true`, `cors: false` or `cors: Cors { .. }` of an app: the settings,
/// or `None` where CORS is switched off; and what was written as a struct.
pub(crate) fn of_app(setting: &Setting, errors: &mut Errors) -> (Option<Cors>, Option<Written>) {
    let Value::Assigned(value) = &setting.value else {
        return (None, None);
    };
    match (settings::ungrouped(value), settings::boolean(value)) {
        (_, Some(true)) => (Some(check(&[], setting.key.span(), errors)), None),
        (_, Some(false)) => (None, None),
        (Expr::Struct(value), None) => {
            let settings = settings::fields(value, errors);
            let cors = check(&settings, setting.key.span(), errors);
            (Some(cors), Some(settings::written(value, &settings)))
        }
        _ => {
            errors.on(
                value,
                "`cors` is `true`, `false` or settings: `cors: Cors { allow_origin: \"https://example.com\" }`",
            );
            (None, None)
        }
    }
}

fn check(settings: &[Setting], whole: Span, errors: &mut Errors) -> Cors {
    settings::repeated_keys(settings, errors);
    let mut origins: Option<(AllowOrigin, Span)> = None;
    let mut extra_headers = Vec::new();
    let mut cors = Cors {
        allow_origin: AllowOrigin::One("*".to_owned()),
        allow_headers: Vec::new(),
        expose_headers: Vec::new(),
        max_age: None,
        allow_credentials: false,
    };
    let mut credentials = None;
    // Without the origin that was meant, nothing can be said about credentials.
    let mut mistaken = false;
    for setting in settings {
        match setting.key.to_string().as_str() {
            "allow_origin" => {
                let found = allow_origin(setting, errors);
                mistaken |= found.is_none();
                origins = origins.or(found);
            }
            "allow_headers" => extra_headers = header_names(setting, errors),
            "expose_headers" => cors.expose_headers = header_names(setting, errors),
            "max_age" => cors.max_age = max_age(setting, errors),
            "allow_credentials" => {
                cors.allow_credentials = settings::flag(setting, errors);
                credentials = Some(setting);
            }
            _ => match setting.notation {
                Notation::Attribute => {
                    settings::unknown_key(&setting.key, "cors", &KEYS, errors);
                }
                Notation::Field => settings::unknown_field(&setting.key, "Cors", &KEYS, errors),
            },
        }
    }
    let place = origins.as_ref().map(|(_, span)| *span);
    if let Some((origin, _)) = origins {
        cors.allow_origin = origin;
    }
    if cors.allow_credentials
        && !mistaken
        && matches!(&cors.allow_origin, AllowOrigin::One(origin) if origin == "*")
    {
        let assignment = match credentials.map(|setting| setting.notation) {
            Some(Notation::Field) => "allow_origin: ",
            _ => "allow_origin = ",
        };
        let place = place.or(credentials.map(|setting| setting.key.span()));
        errors.at(
            place.unwrap_or(whole),
            format!(
                "`allow_credentials` needs one origin: browsers refuse credentials where every origin (`*`, the \
                 default) is allowed\nhelp: name the origin, as in `{assignment}\"https://example.com\"`",
            ),
        );
    }
    cors.allow_headers = allow_headers(&extra_headers);
    cors
}

/// The origin or the origins, and where they are.
fn allow_origin(setting: &Setting, errors: &mut Errors) -> Option<(AllowOrigin, Span)> {
    let Some(elements) = settings::elements(setting) else {
        let literal = settings::text(setting, "\"https://example.com\"", errors)?;
        check_origin(&literal, errors);
        return Some((AllowOrigin::One(literal.value()), literal.span()));
    };
    let place = match &setting.value {
        Value::Assigned(value) => value.span(),
        _ => setting.key.span(),
    };
    if elements.is_empty() {
        settings::wrong_value(
            setting,
            format!(
                "without an origin, no page could read a response: name one, as in `{}`",
                setting.written("[\"https://example.com\"]")
            ),
            errors,
        );
        return None;
    }
    let literals = settings::texts(setting, "\"https://example.com\"", errors);
    let mut origins: Vec<String> = Vec::new();
    for literal in &literals {
        let origin = literal.value();
        if origin == "*" && elements.len() > 1 {
            errors.at(
                literal.span(),
                format!(
                    "`*` allows every origin, so it does not go with others\nhelp: remove it from the list, or write \
                     `{}`",
                    setting.written("\"*\"")
                ),
            );
        } else if origins.contains(&origin) {
            errors.at(
                literal.span(),
                format!("{origin:?} is listed twice: keep one of them"),
            );
        } else {
            check_origin(literal, errors);
            origins.push(origin);
        }
    }
    let origin = match <[String; 1]>::try_from(origins) {
        Ok([origin]) => AllowOrigin::One(origin),
        Err(origins) => AllowOrigin::Several(origins),
    };
    Some((origin, place))
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
    if origin == "null" {
        return Some(
            "every sandboxed frame and every local file sends `null`, so allowing it allows any attacker's page\nhelp: \
             name the origins that may read responses"
                .to_owned(),
        );
    }
    if origin.contains([',', ' ', '*']) {
        return Some(
            "it is compared as a whole with the page's own, so each text is one origin, without commas and without \
             `*` in it\nhelp: list several origins: `[\"https://a.example.com\", \"https://b.example.com\"]`"
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
    let default_port = match scheme {
        "http" => ":80",
        "https" => ":443",
        _ => return None,
    };
    let without = origin.strip_suffix(default_port)?;
    Some(format!(
        "browsers leave out the port that is the scheme's default; write \"{without}\""
    ))
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
    let seconds = settings::number(setting);
    if seconds.is_none() {
        settings::wrong_value(
            setting,
            format!(
                "`max_age` takes a number of seconds that fits into 32 bits: `{}`",
                setting.written("600")
            ),
            errors,
        );
    }
    seconds
}

impl Cors {
    /// Whether the settings are those of the flag `cors`, for which there is a constant.
    pub(crate) fn is_default(&self) -> bool {
        // The headers that are always allowed are among them.
        self.allow_headers.len() == DEFAULT_ALLOW_HEADERS.len()
            && matches!(&self.allow_origin, AllowOrigin::One(origin) if origin == "*")
            && self.expose_headers.is_empty()
            && self.max_age.is_none()
            && !self.allow_credentials
    }

    /// The settings as a `CorsDef`.
    pub(crate) fn definition(&self) -> TokenStream {
        let Cors {
            allow_origin,
            allow_headers,
            expose_headers,
            max_age,
            allow_credentials,
        } = self;
        let allow_origin = match allow_origin {
            AllowOrigin::One(origin) => quote!(One(#origin)),
            AllowOrigin::Several(origins) => quote!(Several(&[#(#origins),*])),
        };
        let allow_headers = allow_headers.join(",");
        let expose_headers = expose_headers.join(",");
        let max_age = match max_age {
            Some(seconds) => quote!(::core::option::Option::Some(#seconds)),
            None => quote!(::core::option::Option::None),
        };
        quote! {
            ::chalice::__private::core::cors::CorsDef {
                allow_origin: ::chalice::__private::core::cors::AllowOrigin::#allow_origin,
                allow_headers: #allow_headers,
                expose_headers: #expose_headers,
                max_age: #max_age,
                allow_credentials: #allow_credentials,
            }
        }
    }

    /// The settings as the manifest has them.
    pub(crate) fn json(&self) -> String {
        let allow_origin = match &self.allow_origin {
            AllowOrigin::One(origin) => json::string(origin),
            AllowOrigin::Several(origins) => json::strings(origins.iter().map(String::as_str)),
        };
        format!(
            "{{\"allow_origin\":{allow_origin},\"allow_headers\":{},\"expose_headers\":{},\"max_age\":{},\
             \"allow_credentials\":{}}}",
            json::strings(self.allow_headers.iter().map(String::as_str)),
            json::strings(self.expose_headers.iter().map(String::as_str)),
            self.max_age
                .map_or_else(|| "null".to_owned(), |seconds| seconds.to_string()),
            self.allow_credentials,
        )
    }
}

#[cfg(test)]
mod tests {
    use chalice_core::cors::{AllowOrigin as CoreOrigin, CorsDef, CorsSetting};

    use super::*;

    fn parsed(tokens: TokenStream) -> Cors {
        let mut errors = Errors::default();
        let settings = settings::parse_tokens(tokens, &mut errors);
        let cors = of_route(&settings[0], &mut errors).unwrap();
        assert_eq!(errors.count(), 0);
        cors
    }

    #[test]
    fn the_constant_of_the_flag_is_what_the_flag_says() {
        let CorsSetting::Own(constant) = CorsSetting::DEFAULT else {
            panic!("the flag `cors` has settings");
        };
        for tokens in [quote!(cors), quote!(cors = true), quote!(cors())] {
            let cors = parsed(tokens);
            assert!(cors.is_default());
            let AllowOrigin::One(origin) = &cors.allow_origin else {
                panic!("one origin: {cors:?}");
            };
            let written = CorsDef {
                allow_origin: CoreOrigin::One(origin.clone().leak()),
                allow_headers: cors.allow_headers.join(",").leak(),
                expose_headers: cors.expose_headers.join(",").leak(),
                max_age: cors.max_age,
                allow_credentials: cors.allow_credentials,
            };
            assert!(constant.same_as(&written), "{cors:?}");
        }
        for tokens in [
            quote!(cors(allow_origin = "https://example.com")),
            quote!(cors(
                allow_origin = ["https://a.example.com", "https://b.example.com"]
            )),
            quote!(cors(allow_headers = ["X-Special"])),
            quote!(cors(expose_headers = ["X-Special"])),
            quote!(cors(max_age = 600)),
            quote!(cors(
                allow_origin = "https://example.com",
                allow_credentials = true
            )),
        ] {
            assert!(!parsed(tokens.clone()).is_default(), "{tokens}");
        }
    }

    #[test]
    fn origins_as_browsers_send_them() {
        for origin in [
            "https://example.com",
            "https://example.com:8443",
            "https://example.com:80",
            "http://localhost:443",
            "http://[::1]:8080",
            "capacitor://localhost",
        ] {
            assert_eq!(origin_problem(origin), None, "{origin}");
        }
        for (origin, instead) in [
            ("https://example.com:443", "\"https://example.com\""),
            ("http://localhost:80", "\"http://localhost\""),
        ] {
            let problem = origin_problem(origin).unwrap();
            assert!(problem.ends_with(instead), "{problem}");
        }
    }
}
