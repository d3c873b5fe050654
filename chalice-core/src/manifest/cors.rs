//! CORS settings as data, and what follows from them for API Gateway.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};

use super::model::{Api, Manifest, Route};
use crate::{cors::allow_methods, method::Method};

/// Cross-origin resource sharing (the Fetch standard's CORS protocol).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cors {
    /// `Access-Control-Allow-Origin`
    pub allow_origin: AllowOrigin,
    /// `Access-Control-Allow-Headers`: complete and sorted.
    pub allow_headers: Vec<String>,
    /// `Access-Control-Expose-Headers`, in the order given.
    pub expose_headers: Vec<String>,
    /// `Access-Control-Max-Age`, in seconds.
    pub max_age: Option<u32>,
    /// `Access-Control-Allow-Credentials`
    pub allow_credentials: bool,
}

/// Which origins may read responses: in JSON a text, or a list of at least two texts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum AllowOrigin {
    /// `*`, or one origin: the same header in every response.
    One(String),
    /// Several origins: the response names the request's own if it is one of
    /// them, which only the function can do.
    Several(Vec<String>),
}

impl<'de> Deserialize<'de> for AllowOrigin {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<AllowOrigin, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged, expecting = "expected an origin, or a list of at least two")]
        enum Form {
            One(String),
            Several(Vec<String>),
        }
        match Form::deserialize(deserializer)? {
            Form::One(origin) => Ok(AllowOrigin::One(origin)),
            Form::Several(origins) if origins.len() > 1 => Ok(AllowOrigin::Several(origins)),
            Form::Several(_) => Err(D::Error::custom("a list of origins has at least two")),
        }
    }
}

/// What a route says about CORS: in JSON `null`, `false`, or settings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CorsSetting {
    /// Nothing: the app's settings are the route's. See [`Route::cors_within`].
    Inherit,
    /// No CORS, whatever the app's settings are.
    Off,
    /// Settings of its own.
    Own(Cors),
}

impl Serialize for CorsSetting {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            CorsSetting::Inherit => serializer.serialize_none(),
            CorsSetting::Off => serializer.serialize_bool(false),
            CorsSetting::Own(cors) => cors.serialize(serializer),
        }
    }
}

impl<'de> Deserialize<'de> for CorsSetting {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<CorsSetting, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged, expecting = "expected null, false or CORS settings")]
        enum Form {
            Switch(bool),
            Own(Cors),
        }
        match Option::<Form>::deserialize(deserializer)? {
            None => Ok(CorsSetting::Inherit),
            Some(Form::Switch(false)) => Ok(CorsSetting::Off),
            Some(Form::Switch(true)) => Err(D::Error::custom("`cors` is never `true`")),
            Some(Form::Own(cors)) => Ok(CorsSetting::Own(cors)),
        }
    }
}

/// Who answers the preflight requests (`OPTIONS`) for a path, and what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Preflight<'m> {
    /// The answer is always the same: API Gateway gives it by a mock
    /// integration, without an authorizer and without the function.
    Static {
        /// `Access-Control-Allow-Origin`
        origin: &'m str,
        /// `Access-Control-Allow-Methods`
        allow_methods: String,
        /// The other settings.
        cors: &'m Cors,
    },
    /// The answer depends on the request's `Origin`: API Gateway passes
    /// `OPTIONS` on to the function, without an authorizer and an API key,
    /// which browsers do not send; the framework answers it there.
    Function,
}

impl Route {
    /// The CORS settings that hold for the route in an app with these API settings.
    pub fn cors_within<'m>(&'m self, api: &'m Api) -> Option<&'m Cors> {
        match &self.cors {
            CorsSetting::Inherit => api.cors.as_ref(),
            CorsSetting::Off => None,
            CorsSetting::Own(cors) => Some(cors),
        }
    }
}

impl Manifest {
    /// Who answers the preflight requests for `path`, written as in
    /// [`Route::path`]. `None` where none of its routes has CORS, and where a
    /// route for `OPTIONS` answers them itself.
    pub fn preflight(&self, path: &str) -> Option<Preflight<'_>> {
        let routes = || self.routes.iter().filter(|route| route.path == path);
        if routes().any(|route| route.methods.iter().any(|name| name == "OPTIONS")) {
            return None;
        }
        let with_cors = || routes().filter(|route| route.cors_within(&self.app.api).is_some());
        let cors = with_cors().next()?.cors_within(&self.app.api)?;
        Some(match &cors.allow_origin {
            AllowOrigin::Several(_) => Preflight::Function,
            AllowOrigin::One(origin) => Preflight::Static {
                origin,
                allow_methods: allow_methods(
                    with_cors()
                        .flat_map(|route| &route.methods)
                        .filter_map(|name| Method::from_name(name)),
                ),
                cors,
            },
        })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn cors(allow_origin: Value) -> Value {
        json!({
            "allow_origin": allow_origin, "allow_headers": ["Authorization"], "expose_headers": [],
            "max_age": 600, "allow_credentials": false,
        })
    }

    fn route(path: &str, methods: Value, cors: &Value) -> Value {
        json!({
            "name": "r", "path": path, "methods": methods, "parameters": [], "arguments": [], "returns": "()",
            "cors": cors, "authorizer": null, "api_key_required": false, "content_types": [], "stream": false, "summary": null,
            "description": null, "source": {"module": "m", "item": "r", "file": "f", "line": 1},
        })
    }

    fn manifest(app_cors: &Value, routes: Value) -> Manifest {
        let json = json!({
            "manifest_version": 1, "framework": {"name": "chalice", "version": "0.1.0"},
            "app": {
                "name": "a", "source": {"module": "m", "item": "APP", "file": "f", "line": 1},
                "api": {"cors": app_cors, "binary_types": [], "compression": null, "debug": false},
            },
            "functions": [], "routes": routes,
        });
        Manifest::from_json(json.to_string().as_bytes()).unwrap()
    }

    #[test]
    fn settings_read_back() {
        for value in [
            json!(null),
            json!(false),
            cors(json!("*")),
            cors(json!(["https://a", "https://b"])),
        ] {
            let setting: CorsSetting = serde_json::from_value(value.clone()).unwrap();
            assert_eq!(serde_json::to_value(setting).unwrap(), value);
        }
        for value in [
            json!(true),
            json!("*"),
            cors(json!([])),
            cors(json!(["*"])),
            cors(json!(null)),
        ] {
            assert!(
                serde_json::from_value::<CorsSetting>(value.clone()).is_err(),
                "{value}"
            );
        }
    }

    #[test]
    fn the_settings_that_hold() {
        let own = cors(json!("https://a"));
        let app = cors(json!("*"));
        let origin = |manifest: &Manifest| {
            manifest.routes[0]
                .cors_within(&manifest.app.api)
                .map(|cors| cors.allow_origin.clone())
        };
        let one = |origin: &str| Some(AllowOrigin::One(origin.to_owned()));
        for (app, route_cors, expected) in [
            (&json!(null), &json!(null), None),
            (&json!(null), &own, one("https://a")),
            (&app, &json!(null), one("*")),
            (&app, &json!(false), None),
            (&app, &own, one("https://a")),
        ] {
            let manifest = manifest(app, json!([route("/", json!(["GET"]), route_cors)]));
            assert_eq!(origin(&manifest), expected);
        }
    }

    #[test]
    fn preflights() {
        let (none, off) = (json!(null), json!(false));
        let several = cors(json!(["https://a", "https://b"]));
        let manifest = manifest(
            &cors(json!("*")),
            json!([
                route("/", json!(["PUT", "GET"]), &none),
                route("/", json!(["DELETE"]), &off),
                route("/", json!(["POST"]), &none),
                route("/off", json!(["GET"]), &off),
                route("/own", json!(["GET"]), &none),
                route("/own", json!(["OPTIONS"]), &none),
                route("/several", json!(["GET"]), &several),
            ]),
        );
        match manifest.preflight("/") {
            Some(Preflight::Static {
                origin,
                allow_methods,
                cors,
            }) => {
                assert_eq!((origin, &*allow_methods), ("*", "PUT,GET,POST,OPTIONS"));
                assert_eq!(cors.max_age, Some(600));
            }
            other => panic!("{other:?}"),
        }
        assert_eq!(manifest.preflight("/several"), Some(Preflight::Function));
        for path in ["/off", "/own", "/nope"] {
            assert_eq!(manifest.preflight(path), None, "{path}");
        }
    }
}
