//! Cross-origin resource sharing: the settings of a route, and of all routes of an app.

use crate::method::Method;

/// What a route says about CORS.
#[derive(Clone, Copy, Debug)]
pub enum CorsSetting {
    /// Nothing: the app's settings are the route's.
    Inherit,
    /// No CORS, whatever the app's settings are: `cors = false`.
    Off,
    /// Settings of its own: `cors` or `cors(..)`.
    Own(&'static CorsDef),
}

impl CorsSetting {
    /// The flag `cors`, without settings.
    pub const DEFAULT: CorsSetting = CorsSetting::Own(&CorsDef {
        allow_origin: AllowOrigin::One("*"),
        allow_headers: "Authorization,Content-Type,X-Amz-Date,X-Amz-Security-Token,X-Api-Key",
        expose_headers: "",
        max_age: None,
        allow_credentials: false,
    });

    /// The settings that hold for a route of an app whose own settings are `app`.
    pub const fn effective<'a>(&'a self, app: &'a Option<CorsDef>) -> Option<&'a CorsDef> {
        match self {
            CorsSetting::Inherit => app.as_ref(),
            CorsSetting::Off => None,
            CorsSetting::Own(cors) => Some(cors),
        }
    }
}

/// The CORS settings of a route or an app, as `cors` or `cors(..)` gave them.
///
/// The header names and semantics are those of the Fetch standard's CORS protocol.
#[derive(Clone, Copy, Debug)]
pub struct CorsDef {
    /// `Access-Control-Allow-Origin`
    pub allow_origin: AllowOrigin,
    /// `Access-Control-Allow-Headers`: [`DEFAULT_ALLOW_HEADERS`] and those of
    /// the route, sorted, joined by commas.
    pub allow_headers: &'static str,
    /// `Access-Control-Expose-Headers`, joined by commas; empty for none.
    pub expose_headers: &'static str,
    /// `Access-Control-Max-Age`, in seconds.
    pub max_age: Option<u32>,
    /// `Access-Control-Allow-Credentials`
    pub allow_credentials: bool,
}

/// Which origins may read responses.
#[derive(Clone, Copy, Debug)]
pub enum AllowOrigin {
    /// `*`, or one origin: the same header in every response.
    One(&'static str),
    /// At least two origins: the response names the request's own if it is
    /// among them, and varies by `Origin`. The Fetch standard's
    /// `Access-Control-Allow-Origin` cannot list several.
    Several(&'static [&'static str]),
}

impl AllowOrigin {
    const fn same_as(&self, other: &AllowOrigin) -> bool {
        use crate::bytes::equal;
        match (self, other) {
            (AllowOrigin::One(a), AllowOrigin::One(b)) => equal(a.as_bytes(), b.as_bytes()),
            (AllowOrigin::Several(a), AllowOrigin::Several(b)) => {
                if a.len() != b.len() {
                    return false;
                }
                let mut at = 0;
                while at < a.len() {
                    if !equal(a[at].as_bytes(), b[at].as_bytes()) {
                        return false;
                    }
                    at += 1;
                }
                true
            }
            _ => false,
        }
    }
}

/// The request headers that every route with CORS allows: what AWS's own
/// clients send.
pub const DEFAULT_ALLOW_HEADERS: [&str; 5] = [
    "Authorization",
    "Content-Type",
    "X-Amz-Date",
    "X-Amz-Security-Token",
    "X-Api-Key",
];

/// [`DEFAULT_ALLOW_HEADERS`] and `extra`, without repetition, sorted by bytes.
///
/// ```
/// let headers = chalice_core::cors::allow_headers(&["X-Special".to_owned()]);
/// assert_eq!(headers.last().unwrap(), "X-Special");
/// ```
pub fn allow_headers(extra: &[String]) -> Vec<String> {
    let mut headers: Vec<String> = DEFAULT_ALLOW_HEADERS
        .iter()
        .map(|&name| name.to_owned())
        .collect();
    for name in extra {
        if !headers.iter().any(|known| known.eq_ignore_ascii_case(name)) {
            headers.push(name.clone());
        }
    }
    headers.sort();
    headers
}

/// `Access-Control-Allow-Methods` of a path: its methods with CORS in the order
/// of declaration, then `OPTIONS`, joined by commas. Browsers do not know
/// `ANY`, so it stands for the methods that it answers.
///
/// ```
/// use chalice_core::{cors::allow_methods, method::Method};
/// assert_eq!(allow_methods([Method::Put, Method::Get]), "PUT,GET,OPTIONS");
/// ```
pub fn allow_methods(methods: impl IntoIterator<Item = Method>) -> String {
    let mut names: Vec<&str> = Vec::new();
    for method in methods {
        let stands_for: &[Method] = match &method {
            Method::Any => &Method::ALL,
            method => std::slice::from_ref(method),
        };
        for method in stands_for {
            if !matches!(method, Method::Any | Method::Options) && !names.contains(&method.name()) {
                names.push(method.name());
            }
        }
    }
    names.push(Method::Options.name());
    names.join(",")
}

impl CorsDef {
    /// Whether both settings make the same headers.
    pub const fn same_as(&self, other: &CorsDef) -> bool {
        use crate::bytes::equal;
        self.allow_origin.same_as(&other.allow_origin)
            && equal(
                self.allow_headers.as_bytes(),
                other.allow_headers.as_bytes(),
            )
            && equal(
                self.expose_headers.as_bytes(),
                other.expose_headers.as_bytes(),
            )
            && self.allow_credentials == other.allow_credentials
            && match (self.max_age, other.max_age) {
                (None, None) => true,
                (Some(a), Some(b)) => a == b,
                _ => false,
            }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const EVERY: CorsDef = CorsDef {
        allow_origin: AllowOrigin::One("*"),
        allow_headers: "Authorization",
        expose_headers: "",
        max_age: None,
        allow_credentials: false,
    };

    fn of(allow_origin: AllowOrigin) -> CorsDef {
        CorsDef {
            allow_origin,
            ..EVERY
        }
    }

    #[test]
    fn a_route_without_settings_takes_those_of_the_app() {
        let own = of(AllowOrigin::One("https://a.example.com"));
        let own = CorsSetting::Own(Box::leak(Box::new(own)));
        let origin = |setting: &CorsSetting, app: Option<CorsDef>| {
            setting.effective(&app).map(|cors| match cors.allow_origin {
                AllowOrigin::One(origin) => origin,
                AllowOrigin::Several(_) => "several",
            })
        };
        for app in [None, Some(EVERY)] {
            assert_eq!(origin(&CorsSetting::Off, app), None);
            assert_eq!(origin(&own, app), Some("https://a.example.com"));
        }
        assert_eq!(origin(&CorsSetting::Inherit, None), None);
        assert_eq!(origin(&CorsSetting::Inherit, Some(EVERY)), Some("*"));
    }

    #[test]
    fn settings_are_compared_as_wholes() {
        let several = |origins: &'static [&'static str]| of(AllowOrigin::Several(origins));
        assert!(EVERY.same_as(&EVERY));
        assert!(
            several(&["https://a", "https://b"]).same_as(&several(&["https://a", "https://b"]))
        );
        for (one, other) in [
            (EVERY, of(AllowOrigin::One("https://a"))),
            (EVERY, several(&["https://a", "https://b"])),
            (
                several(&["https://a", "https://b"]),
                several(&["https://a", "https://c"]),
            ),
            (
                several(&["https://a", "https://b"]),
                several(&["https://a", "https://b", "https://c"]),
            ),
        ] {
            assert!(!one.same_as(&other), "{one:?} {other:?}");
            assert!(!other.same_as(&one), "{one:?} {other:?}");
        }
    }

    #[test]
    fn methods_of_a_preflight() {
        assert_eq!(
            allow_methods([Method::Any]),
            "GET,POST,PUT,PATCH,DELETE,HEAD,OPTIONS"
        );
        assert_eq!(
            allow_methods([Method::Delete, Method::Options, Method::Any]),
            "DELETE,GET,POST,PUT,PATCH,HEAD,OPTIONS"
        );
        assert_eq!(allow_methods([]), "OPTIONS");
    }
}
